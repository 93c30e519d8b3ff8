import type { Candidacy } from '#shared/domain/candidacy.ts';
import { type Committee, inConflict } from '#shared/domain/committee.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { mayBeAsked, type RaterPlan } from '#shared/domain/raters.ts';
import { scoreBy } from '#shared/domain/scoring.ts';
import { verdictOf } from '#shared/domain/screening.ts';

/** What waits for each person: the applications, and nobody for whom none does. */
export type WorkOwed = ReadonlyMap<PersonId, ApplicationId[]>;

/** The scores that raters owe and can give: nobody owes one whom a conflict of interest, the practice or what they have seen keeps from it. */
export const scoresOwed = (
  scored: readonly Candidacy[],
  plan: Pick<RaterPlan, 'members' | 'guests' | 'inConflict'>,
): WorkOwed =>
  byPerson(scored, (candidacy) =>
    candidacy.raters.filter(
      (rater) => !scoreBy(candidacy, rater) && mayBeAsked(plan, rater, candidacy.applicationId),
    ),
  );

/**
 * The applications that wait for somebody's judgement at screening, and for whom: any voter without a conflict of interest, but not for whoever judged
 * where a second person is asked. What the program proposes to admit waits for nobody.
 */
export const judgementsOwed = (
  screened: readonly Candidacy[],
  { committee, voters }: { committee: Committee; voters: readonly PersonId[] },
): WorkOwed =>
  byPerson(screened, (candidacy) =>
    verdictOf(candidacy) === undefined
      ? voters.filter(
          (voter) =>
            candidacy.judgement?.by !== voter && !inConflict(committee, voter, candidacy.applicationId),
        )
      : [],
  );

const byPerson = (all: readonly Candidacy[], owing: (candidacy: Candidacy) => PersonId[]): WorkOwed => {
  const owed = new Map<PersonId, ApplicationId[]>();
  for (const candidacy of all) {
    if (candidacy.withdrawnAt) continue;
    for (const person of owing(candidacy)) {
      const before = owed.get(person);
      if (before) before.push(candidacy.applicationId);
      else owed.set(person, [candidacy.applicationId]);
    }
  }
  return owed;
};
