import type { Context } from 'hono';
import { newestAnchors, numberOfAnchor, openAnchor } from '#functions/commands/anchors.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Digest, Table } from '../parts.tsx';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { checkPaths } from './paths.ts';

/** The newest anchors, for anyone to keep. */
export const showAnchors = (deps: WebDeps) => async (c: Context) => {
  const view = viewOf(c);
  const { t } = view;
  const anchors = await newestAnchors(deps);
  return c.html(
    <Page view={view} title={t('checks.anchors.title')} wide>
      <p>{t('checks.anchors.text')}</p>
      {anchors.length === 0 ? (
        <p>{t('checks.anchors.none')}</p>
      ) : (
        <Table
          caption={t('checks.anchors.title')}
          hideCaption
          head={[t('checks.anchors.number'), t('checks.anchors.made'), t('checks.anchors.sha256')]}
          rows={anchors.map(({ number, madeAt, sha256 }) => [
            <a href={checkPaths.anchor(t.locale, number)}>{t('checks.anchors.file', { number })}</a>,
            t.moment(madeAt),
            <Digest value={sha256} />,
          ])}
        />
      )}
    </Page>,
  );
};

export const downloadAnchor = (deps: WebDeps) => async (c: Context) => {
  const opened = await openAnchor(deps, numberOfAnchor(c.req.param('number')));
  return opened.ok ? c.redirect(opened.value.url, 303) : refusalPage(c, opened.error);
};
