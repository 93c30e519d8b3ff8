import type { Context } from 'hono';
import { myGuestRounds } from '#functions/commands/guest-views.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import { permit, rolesFor } from '#shared/domain/permission.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { viewOf } from '../view.ts';
import { textIn } from '../words.ts';

/** Where a guest scores, and where they practise before; nothing of a round besides. */
export const showOwnRounds = (deps: WebDeps) => async (c: Context) => {
  const view = viewOf(c);
  const { t } = view;
  const mine = await myGuestRounds(deps, requireActor(c, rolesFor('guest.read')).id);
  return c.html(
    <Page view={view} title={t('guests.mine')}>
      <p>{t('guests.mine.text')}</p>
      {mine.some(({ file }) => file.conflicts) && (
        <p>
          <a href={paths.disclosure(t.locale)}>{t('conflicts.disclosure')}</a>
        </p>
      )}
      {mine.length === 0 ? (
        <p>{t('guests.mine.none')}</p>
      ) : (
        <Table
          caption={t('guests.mine')}
          hideCaption
          head={[t('manage.intake'), t('apply.roundStage'), t('guests.until'), t('scoring.title')]}
          rows={mine.map(({ round, file, guest }) => [
            textIn(t, file.title),
            stageName(t, round.stage),
            t.moment(guest.until, file.timeZone),
            <>
              {round.stage === 'scoring' ? (
                <a href={paths.scoring(t.locale, round.id)}>{t('scoring.title')}</a>
              ) : file.practice ? (
                <a href={paths.practice(t.locale, round.id)}>{t('practice.title')}</a>
              ) : (
                t('guests.mine.notYet')
              )}
              {file.raters.match && permit('competence.tell', 'guest', round.stage).ok && (
                <>
                  {'; '}
                  <a href={paths.competences(t.locale, round.id)}>{t('competence.title')}</a>
                </>
              )}
            </>,
          ])}
        />
      )}
    </Page>,
  );
};
