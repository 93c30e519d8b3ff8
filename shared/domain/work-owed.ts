import { lackingAt } from '#shared/domain/awaited-cards.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { type Committee, inConflict } from '#shared/domain/committee.ts';
import type { HeldRecord } from '#shared/domain/held-interview.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { mayBeAsked, type RaterPlan } from '#shared/domain/raters.ts';
import { scoreBy } from '#shared/domain/scoring.ts';
import { awaitsScanner, verdictOf } from '#shared/domain/screening.ts';
import type { Instant } from '#shared/domain/time.ts';

/** What waits for each person: the applications, one as often as it waits for more of them than one thing; nobody for whom none does. */
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
 * where a second person is asked. What the program proposes to admit waits for nobody, nor does what waits for the scanner alone.
 */
export const judgementsOwed = (
  screened: readonly Candidacy[],
  { committee, voters }: { committee: Committee; voters: readonly PersonId[] },
): WorkOwed =>
  byPerson(screened, (candidacy) =>
    verdictOf(candidacy) === undefined && !awaitsScanner(candidacy)
      ? voters.filter(
          (voter) =>
            (candidacy.judgement?.by !== voter || candidacy.judgement.outdated !== undefined) &&
            !inConflict(committee, voter, candidacy.applicationId),
        )
      : [],
  );

/** An interview that has a time, and who holds its stations. */
export type TimedInterview = {
  held: HeldRecord & { withdrawnAt?: Instant | undefined };
  stations: readonly (Parameters<typeof lackingAt>[2] & { endsAt: Instant | undefined })[];
};

/**
 * The scorecards of interviews that took place, one of each station that is over and still lacks some: of whoever sits on its panel, has given none there
 * and has no conflict of interest. Of an interview to which nobody came none is owed.
 */
export const scorecardsOwed = (
  interviews: readonly TimedInterview[],
  { committee, now }: { committee: Committee; now: Instant },
): WorkOwed =>
  byPerson(
    interviews.map(({ held, stations }) => ({ ...held, stations })),
    ({ stations, ...held }) => {
      if (held.missedInterview) return [];
      const over = stations.filter(({ endsAt }) => endsAt !== undefined && endsAt <= now);
      return over.flatMap((station) => lackingAt(held, committee, station).people);
    },
  );

type Judged = { applicationId: ApplicationId; withdrawnAt?: Instant | undefined };

const byPerson = <One extends Judged>(all: readonly One[], owing: (one: One) => PersonId[]): WorkOwed => {
  const owed = new Map<PersonId, ApplicationId[]>();
  for (const one of all) {
    if (one.withdrawnAt) continue;
    for (const person of owing(one)) {
      const before = owed.get(person);
      if (before) before.push(one.applicationId);
      else owed.set(person, [one.applicationId]);
    }
  }
  return owed;
};
