import { commentsOf } from '#functions/commands/card-texts.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { admittedIn } from '#functions/commands/score-reach.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { Score } from '#shared/domain/candidacy.ts';
import type { Comments } from '#shared/domain/card.ts';
import { inConflict } from '#shared/domain/committee.ts';
import type { ApplicationId, ApplicationNumber } from '#shared/domain/ids.ts';
import { countedScores, scoreBy } from '#shared/domain/scoring.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

/** What is stored of one score of the reader. */
export type OwnScore = {
  applicationId: ApplicationId;
  number: ApplicationNumber;
  score: Score;
  /** Empty once they are erased. */
  comments: Comments;
  /** Whether it counts in the total of its application. */
  counts: boolean;
};

/**
 * Everything that is stored of what the reader gave, as it is stored and not as a form remembers it, while scoring goes on and afterwards
 * (ANCHORS F9): to be compared with one's own notes. Nothing that anybody else gave, and nothing of an application that a conflict closed.
 */
export const ownScores = async (
  { records, clock }: Pick<CommandDeps, 'records' | 'clock'>,
  command: CommitteeCommand,
): Promise<Result<{ place: Workplace; scores: OwnScore[] }, Refusal>> => {
  const found = await workplace({ records, clock }, command, 'own-scores.read');
  if (!found.ok) return found;
  const place = found.value;
  const { by, committee, round } = place;
  const given = (await admittedIn(records, round.state)).flatMap((candidacy) => {
    const score = scoreBy(candidacy, by.id);
    const { applicationId } = candidacy;
    return score && !inConflict(committee?.state, by.id, applicationId) ? [{ candidacy, score }] : [];
  });
  const scores = await Promise.all(
    given.map(
      async ({ candidacy, score }): Promise<OwnScore> => ({
        applicationId: candidacy.applicationId,
        number: candidacy.number,
        score,
        comments: await commentsOf(records, score),
        counts: candidacy.withdrawnAt === undefined && countedScores(candidacy).includes(score),
      }),
    ),
  );
  return ok({ place, scores: scores.toSorted((a, b) => (a.number < b.number ? -1 : 1)) });
};
