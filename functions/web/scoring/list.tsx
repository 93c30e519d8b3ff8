import type { Context } from 'hono';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { type ScoringView, scoringView } from '#functions/commands/scoring-views.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { permit } from '#shared/domain/permission.ts';
import { regionName } from '#shared/domain/region.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, LinkButton } from '../fields.tsx';
import { Page } from '../layout.tsx';
import { ListLinks } from '../lists/links.tsx';
import { Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { tenth } from './feedback.tsx';

export const showScoring = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'scoring.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await scoringView(deps, command.value);
  if (!found.ok) {
    return found.error.kind === 'practice-needed'
      ? c.redirect(paths.practice(viewOf(c).t.locale, command.value.roundId), 303)
      : refusalPage(c, found.error);
  }
  // Only a secretary or a chair is told how far colleagues are.
  const { progress = [] } = found.value;
  const names = await namesOf(
    deps,
    progress.map(({ personId }) => personId),
  );
  const props = { view: viewOf(c), scoring: found.value, names };
  return c.html(<ScoringPage {...props} />);
};

/** One press hands what members owe who cannot score any more to others. */
export const postReassign = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'raters.reassign');
  if (!command.ok) return refusalPage(c, command.error);
  const handed = await reassignOpen(deps, command.value);
  if (!handed.ok) return refusalPage(c, handed.error);
  const { t } = viewOf(c);
  return c.redirect(`${paths.scoring(t.locale, command.value.roundId)}?done=scoring.done.reassigned`, 303);
};

type ScoringPageProps = {
  view: View;
  scoring: ScoringView;
  names: ReadonlyMap<PersonId, string>;
};

const ScoringPage = ({ view, scoring, names }: ScoringPageProps) => {
  const { t } = view;
  const { round, file, own } = scoring;
  const given = own.filter(({ total }) => total !== undefined).length;
  const next = own.find(({ total }) => total === undefined);
  return (
    <Page
      view={view}
      title={t('scoring.title')}
      caption={textIn(t, file.title)}
      back={{
        href: scoring.role === 'guest' ? paths.ownGuestRounds(t.locale) : paths.committee(t.locale, round.id),
      }}
      wide
    >
      {own.length > 0 && (
        <>
          <p>{t('scoring.progress', { given, all: own.length })}</p>
          <progress value={given} max={own.length}>
            {t('scoring.progress', { given, all: own.length })}
          </progress>
          {next && (
            <p>
              <LinkButton href={paths.scorecard(t.locale, round.id, next.applicationId)}>
                {t('scoring.continue')}
              </LinkButton>
            </p>
          )}
          <Table
            caption={t('scoring.mine')}
            head={[t('screening.number'), t('scoring.total')]}
            numeric={[1]}
            rows={own.map(({ applicationId, number, total, drafted }) => [
              <a href={paths.scorecard(t.locale, round.id, applicationId)}>{number}</a>,
              ownState(t, total, drafted),
            ])}
          />
        </>
      )}
      {own.length === 0 && <p>{t(scoring.role === 'guest' ? 'guests.none.asked' : 'scoring.mine.none')}</p>}
      {given > 0 && scoring.feedback && (
        <p>
          <a href={paths.feedback(t.locale, round.id)}>{t('practice.feedback.title')}</a>
        </p>
      )}
      <Progress view={view} scoring={scoring} names={names} />
    </Page>
  );
};

const ownState = (t: Translator, total: number | undefined, drafted: boolean): string => {
  if (drafted) return t('scoring.drafted');
  return total === undefined ? t('scoring.none') : t('scoring.percent', { total: t.number(total) });
};

const Progress = ({ view, scoring, names }: ScoringPageProps) => {
  const { t } = view;
  const { role, round, file, progress, apart, open, spread } = scoring;
  if (!progress) return null;
  return (
    <section>
      <Table
        caption={t('scoring.raters')}
        head={[t('scoring.rater'), t('scoring.given'), t('scoring.asked')]}
        numeric={[1, 2]}
        rows={progress.map(({ personId, given, asked, sits, guest, practice }) => [
          [
            sits
              ? (names.get(personId) ?? personId)
              : t('scoring.left', { name: names.get(personId) ?? personId }),
            ...(guest ? [t('guests.from', { region: regionName(guest)[t.locale] })] : []),
            ...(practice && practice !== 'certified' ? [t(`practice.standing.${practice}`)] : []),
          ].join(', '),
          t.number(given),
          t.number(asked),
        ])}
      />
      {apart !== undefined && <ListLinks view={view} roundId={round.id} name="scores" text="lists.scores" />}
      {apart !== undefined && apart > 0 && (
        <p>{t('scoring.apart', { count: apart, percent: file.raters.adjustmentGate.apartPercent })}</p>
      )}
      {spread && (
        <p>
          {t('practice.feedback.spread', {
            count: spread.raters,
            deviation: t.number(tenth(spread.deviation)),
          })}
        </p>
      )}
      {open > 0 && <p>{t('scoring.open', { count: open })}</p>}
      {open > 0 && permit('raters.reassign', role, round.stage).ok && (
        <form method="post" action={paths.scoring(t.locale, round.id)}>
          <Button kind="secondary">{t('scoring.reassign')}</Button>
        </form>
      )}
    </section>
  );
};
