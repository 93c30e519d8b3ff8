import type { CommandDeps } from '#functions/commands/deps.ts';
import { admittedIn } from '#functions/commands/score-reach.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { Feedback, SeveritySpread, Sheet } from '#shared/analysis/feedback.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { inConflict } from '#shared/domain/committee.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { ratedCriteria } from '#shared/domain/rubric.ts';
import { countedScores } from '#shared/domain/scoring.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;

/** What the round file says of feedback. */
export type FeedbackRule = NonNullable<RoundFile['raters']['feedback']>;

/** What somebody's own scores say of them, for themselves alone. */
export const ownFeedback = async (
  deps: Reads,
  command: CommitteeCommand,
): Promise<Result<{ place: Workplace; rule: FeedbackRule; feedback: Feedback }, Refusal>> => {
  const found = await workplace(deps, command, 'feedback.read');
  if (!found.ok) return found;
  const place = found.value;
  const rule = place.file.raters.feedback;
  if (!rule) return refuse({ kind: 'not-found', what: 'page' });
  const { by, committee, file } = place;
  const all = (await admittedIn(deps.records, place.round.state)).filter(
    ({ applicationId, withdrawnAt }) =>
      withdrawnAt === undefined && !inConflict(committee?.state, by.id, applicationId),
  );
  const sheets = sheetsIn(all, file);
  // Loaded when somebody looks: the arithmetic weighs more than most pages.
  const { feedbackOn } = await import('#shared/analysis/feedback.ts');
  return ok({ place, rule, feedback: feedbackOn(by.id, sheets, rule.atLeast) });
};

/** How far severities lie apart, for the secretary where the round file says so. */
export const spreadFor = async (
  role: Workplace['by']['role'],
  candidacies: readonly Candidacy[],
  file: RoundFile,
): Promise<SeveritySpread | undefined> => {
  const rule = file.raters.feedback;
  if (role !== 'secretary' || rule?.toSecretary !== 'spread') return undefined;
  const { severitySpread } = await import('#shared/analysis/feedback.ts');
  return severitySpread(sheetsIn(candidacies, file), rule.atLeast);
};

const sheetsIn = (candidacies: readonly Candidacy[], { rubric }: RoundFile): Sheet[] => {
  const criteria = ratedCriteria(rubric.criteria).filter(
    ({ required, independent }) => required !== false && !independent,
  );
  return candidacies.flatMap((one) =>
    countedScores(one).map(({ raterId, points, total, at }) => ({
      application: one.applicationId,
      rater: raterId,
      total,
      points: criteria.every(({ code }) => points[code] !== undefined)
        ? criteria.flatMap(({ code }) => points[code] ?? [])
        : [],
      at: new Date(at).getTime(),
    })),
  );
};
