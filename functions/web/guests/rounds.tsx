import type { Context } from 'hono';
import { ownGuestWork } from '#functions/commands/guest-views.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import { permit, rolesFor } from '#shared/domain/permission.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Waits } from '../committee/waits.tsx';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { viewOf } from '../view.ts';
import { textIn } from '../words.ts';

/** To the work, or where it is over to what came of the own. */
const Leading = ({ t, round: { id, stage }, file }: { t: Translator; round: Round; file: RoundFile }) => {
  if (stage === 'scoring') return <a href={paths.scoring(t.locale, id)}>{t('scoring.title')}</a>;
  if (permit('own-scores.read', 'guest', stage).ok) {
    return (
      <>
        <a href={paths.ownWork(t.locale, id, 'own-scores')}>{t('scoring.stored')}</a>
        {file.raters.feedback && (
          <>
            {'; '}
            <a href={paths.ownWork(t.locale, id, 'feedback')}>{t('practice.feedback.title')}</a>
          </>
        )}
      </>
    );
  }
  return file.practice ? (
    <a href={paths.practice(t.locale, id)}>{t('practice.title')}</a>
  ) : (
    <>{t('guests.mine.notYet')}</>
  );
};

/** Where a guest scores, and where they practise before; nothing of a round besides. */
export const showOwnRounds = (deps: WebDeps) => async (c: Context) => {
  const view = viewOf(c);
  const { t } = view;
  const mine = await ownGuestWork(deps, requireActor(c, rolesFor('guest.read')).id);
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
          head={[
            t('manage.intake'),
            t('apply.roundStage'),
            t('guests.until'),
            t('scoring.title'),
            t('committee.waits'),
          ]}
          rows={mine.map(({ round, file, guest, owed }) => [
            textIn(t, file.title),
            stageName(t, round.stage),
            t.moment(guest.until, file.timeZone),
            <>
              <Leading t={t} round={round} file={file} />
              {file.raters.match && permit('competence.tell', 'guest', round.stage).ok && (
                <>
                  {'; '}
                  <a href={paths.competences(t.locale, round.id)}>{t('competence.title')}</a>
                </>
              )}
            </>,
            <Waits t={t} round={round} work={{ owed, voteAwaited: false, ballotAwaited: false }} />,
          ])}
        />
      )}
    </Page>,
  );
};
