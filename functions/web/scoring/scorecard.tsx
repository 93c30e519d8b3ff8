import type { Context } from 'hono';
import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import type { ReleasedCopy } from '#functions/commands/released-copies.ts';
import { hasOwnAlone } from '#functions/commands/score-reach.ts';
import { declineApplication, draftApplicationScore, scoreApplication } from '#functions/commands/scoring.ts';
import { type ScorecardView, scorecardView } from '#functions/commands/scoring-views.ts';
import { permit } from '#shared/domain/permission.ts';
import { ratedCriteria } from '#shared/domain/rubric.ts';
import { candidacyCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, TextArea } from '../fields.tsx';
import { fieldErrors, one, readTyped, reasonError } from '../form.ts';
import { Page } from '../layout.tsx';
import { Details } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { ReleasedCopies, shownCopies } from '../redaction/released.tsx';
import { SampleNote } from '../sample-note.tsx';
import { BlindFactsList, ConflictForm } from '../screening/parts.tsx';
import { type View, viewOf } from '../view.ts';
import { type Again, CardForm, changedMeanwhile } from './card-form.tsx';
import { LanguageLinks } from './evaluation-sheets.tsx';
import { errorsByCriterion } from './faults.ts';
import { Others } from './others.tsx';
import { cardIn } from './points.tsx';
import { afterSaving } from './saved.ts';

export const showScorecard = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'scoring.read');
  return command.ok ? await scorecardPage(deps, c, command.value) : refusalPage(c, command.error);
};

const scorecardPage = async (
  deps: WebDeps,
  c: Context,
  command: CandidacyCommand,
  again?: Again,
): Promise<Response> => {
  const found = await scorecardView(deps, command);
  if (!found.ok) return refusalPage(c, found.error);
  const { role, round, file } = found.value;
  const copies = await shownCopies(deps, command, { role, round, file });
  const props = { view: await afterSaving(deps, c, command), card: found.value, again, copies };
  return c.html(<ScorecardPage {...props} />, again ? (again.changed ? 409 : 422) : 200);
};

/**
 * Gives the card and opens the next own application that has none, after the last one the list; or puts it aside as a draft and
 * stays. Where something was saved meanwhile, both are shown and nothing that was typed is lost.
 */
export const postScorecard = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'scoring.score');
  if (!command.ok) return refusalPage(c, command.error);
  const { t } = viewOf(c);
  const typed = await readTyped(c);
  const isDraft = one(typed, 'as') === 'draft';
  const save = isDraft ? draftApplicationScore : scoreApplication;
  const saved = await save(deps, { ...command.value, ...cardIn(typed) });
  if (!saved.ok) {
    const { error } = saved;
    if (error.kind === 'changed-meanwhile')
      return await scorecardPage(deps, c, command.value, changedMeanwhile(t, typed));
    return error.kind === 'invalid'
      ? await scorecardPage(deps, c, command.value, { typed, errors: fieldErrors(error.faults, t) })
      : refusalPage(c, error);
  }
  const { roundId, applicationId } = command.value;
  if (isDraft)
    return c.redirect(`${paths.scorecard(t.locale, roundId, applicationId)}?done=scoring.done.draft`, 303);
  const query = `&saved=${applicationId}`;
  return await toNext(deps, c, command.value, {
    next: `scoring.done.next${query}`,
    last: `scoring.done.last${query}`,
  });
};

/** Hands the application back for a reason, and opens the next one. */
export const postDecline = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'scoring.score');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const declined = await declineApplication(deps, { ...command.value, reason: one(typed, 'reason') });
  if (declined.ok) {
    const done = { next: 'scoring.done.declined', last: 'scoring.done.declined' };
    return await toNext(deps, c, command.value, done);
  }
  const error = reasonError(declined.error, viewOf(c).t);
  if (!error) return refusalPage(c, declined.error);
  return await scorecardPage(deps, c, command.value, {
    typed: { ...typed, declining: 'yes' },
    errors: [error],
  });
};

const toNext = async (
  deps: WebDeps,
  c: Context,
  command: CandidacyCommand,
  done: { next: string; last: string },
): Promise<Response> => {
  const { locale } = viewOf(c).t;
  const card = await scorecardView(deps, command);
  const next = card.ok ? card.value.next : undefined;
  const way = next ? paths.scorecard(locale, command.roundId, next) : paths.scoring(locale, command.roundId);
  return c.redirect(`${way}?done=${next ? done.next : done.last}`, 303);
};

type ScorecardPageProps = {
  view: View;
  card: ScorecardView;
  again: Again | undefined;
  copies?: readonly ReleasedCopy[] | undefined;
};

const ScorecardPage = ({ view, card, again, copies }: ScorecardPageProps) => {
  const { t } = view;
  const { role, round, file, candidate, asked, own } = card;
  const scores = asked && permit('scoring.score', role, round.stage).ok && !candidate.withdrawn;
  return (
    <Page
      view={view}
      title={candidate.number}
      caption={t('codes.stage.scoring')}
      failed={again !== undefined}
      back={{ href: paths.scoring(t.locale, round.id) }}
    >
      <ErrorSummary t={t} errors={errorsByCriterion(t, file.rubric.criteria, again?.errors)} />
      <BlindFactsList t={t} candidate={candidate} />
      <ReleasedCopies t={t} copies={copies} place={card} />
      <SampleNote t={t} of={[file.rubric]} />
      {own && <p>{t('scoring.own', { total: t.number(own.total) })}</p>}
      {own?.counts === false && <p>{t('scoring.tooLittle')}</p>}
      {scores ? (
        <Card view={view} card={card} again={again} />
      ) : (
        <p>{t(asked ? 'scoring.closed' : 'scoring.notAsked')}</p>
      )}
      <Others view={view} card={card} />
      <SheetLinks view={view} card={card} />
      <p>
        <a href={paths.scoreVersions(t.locale, round.id, candidate.applicationId)}>{t('scoring.versions')}</a>
      </p>
      {scores && !own && <Decline view={view} card={card} again={again} />}
      {permit('conflict.declare', role, round.stage).ok && (
        <ConflictForm t={t} action={paths.conflict(t.locale, round.id, candidate.applicationId)} />
      )}
    </Page>
  );
};

/** For who may have the sheet of this application now. */
const SheetLinks = ({ view: { t }, card }: { view: View; card: ScorecardView }) => {
  const { role, round, candidate, others } = card;
  const isHidden = hasOwnAlone(role, round.stage) && others === undefined;
  if (isHidden || !permit('evaluation-sheets.read', role, round.stage).ok) return null;
  return (
    <p>
      {t('scoring.sheet')}{' '}
      <LanguageLinks
        title={t('scoring.sheet')}
        at={(locale) => paths.evaluationSheet(t.locale, round.id, candidate.applicationId, locale)}
      />
    </p>
  );
};

const Card = ({ view: { t }, card, again }: ScorecardPageProps) => {
  const { round, file, candidate } = card;
  return (
    <CardForm
      t={t}
      action={paths.scorecard(t.locale, round.id, candidate.applicationId)}
      criteria={ratedCriteria(file.rubric.criteria)}
      confidence={file.rubric.confidence}
      rule={file.cards}
      own={card.card}
      again={again && isDeclining(again) ? undefined : again}
      give={t('scoring.save')}
    />
  );
};

const isDeclining = ({ typed }: Again): boolean => one(typed, 'declining') !== '';

/** Hands the application to another rater, with one press and a reason. */
const Decline = ({ view: { t }, card: { round, candidate }, again }: ScorecardPageProps) => {
  const refused = again && isDeclining(again) ? again : undefined;
  return (
    <Details summary={t('scoring.decline')} open={refused !== undefined}>
      <p>{t('scoring.decline.text')}</p>
      <form method="post" action={paths.declineScore(t.locale, round.id, candidate.applicationId)} novalidate>
        <TextArea
          t={t}
          name="reason"
          label={t('scoring.decline.reason')}
          hint={t('scoring.decline.hint', { maximum: maxReason })}
          value={refused ? one(refused.typed, 'reason') : ''}
          errors={refused?.errors}
          rows={3}
        />
        <Button kind="secondary">{t('scoring.decline.send')}</Button>
      </form>
    </Details>
  );
};
