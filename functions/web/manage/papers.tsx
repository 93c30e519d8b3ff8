import type { Context } from 'hono';
import {
  MinutesFile,
  type MinutesView,
  openMinutes,
  viewMinutes,
} from '#functions/commands/minutes-reading.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { localeNames } from '#shared/i18n/index.ts';
import { roundIdOf } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Digest, Facts, Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';

/** The minutes of a closed round in three languages, with what each file holds. */
export const showPapers = (deps: WebDeps) => async (c: Context) => {
  const roundId = roundIdOf(c);
  if (!roundId) return refusalPage(c, { kind: 'not-found', what: 'round' });
  const found = await viewMinutes(deps, { roundId, by: requireActor(c, rolesFor('minutes.read')) });
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<PapersPage view={viewOf(c)} found={found.value} />);
};

/** Leads to the file in the storage, under an address that soon opens nothing. */
export const showPaper = (deps: WebDeps) => async (c: Context) => {
  const roundId = roundIdOf(c);
  const file = MinutesFile.safeParse(c.req.param('file'));
  if (!roundId || !file.success) return refusalPage(c, { kind: 'not-found', what: 'document' });
  const by = requireActor(c, rolesFor('minutes.read'));
  const opened = await openMinutes(deps, { roundId, by, file: file.data });
  if (!opened.ok) return refusalPage(c, opened.error);
  c.header('cache-control', 'private, no-store');
  return c.redirect(opened.value.url, 303);
};

const PapersPage = ({ view, found: { place, minutes } }: { view: View; found: MinutesView }) => {
  const { t } = view;
  const { id } = place.round.state;
  return (
    <Page
      view={view}
      title={t('minutes.title')}
      caption={textIn(t, place.file.title)}
      back={backFrom(view, place)}
      wide
    >
      {minutes ? (
        <>
          <Facts
            facts={[
              { name: t('minutes.number'), value: t.number(minutes.number) },
              { name: t('minutes.drawnAt'), value: t.moment(minutes.drawnAt, place.file.timeZone) },
              {
                name: t('minutes.data'),
                value: (
                  <>
                    <Digest value={minutes.data} />
                    <br />
                    <a href={paths.paper(t.locale, id, 'data')}>{t('minutes.dataFile')}</a>
                  </>
                ),
              },
            ]}
          />
          <p>{t('minutes.dataText')}</p>
          <Table
            caption={t('minutes.files')}
            head={[t('minutes.language'), t('minutes.size'), 'SHA-256']}
            numeric={[1]}
            rows={minutes.files.map(({ locale, bytes, sha256 }) => [
              <a href={paths.paper(t.locale, id, locale)} hreflang={locale} lang={locale}>
                {localeNames[locale]}
              </a>,
              t('minutes.kilobytes', { count: Math.ceil(bytes / 1024) }),
              <Digest value={sha256} />,
            ])}
          />
          <p>{t('minutes.logged')}</p>
        </>
      ) : (
        <Inset>{t('minutes.drawing')}</Inset>
      )}
    </Page>
  );
};

/** To where the reader came from. */
const backFrom = ({ t }: View, { by, round }: MinutesView['place']) => {
  if (by.role === 'administrator') return { href: paths.managed(t.locale, round.id) };
  return { href: by.role === 'auditor' ? paths.audit(t.locale) : paths.committee(t.locale, round.id) };
};
