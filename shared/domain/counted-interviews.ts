import type { Score } from '#shared/domain/candidacy.ts';
import { type Committee, committeeAggregate } from '#shared/domain/committee.ts';
import { fold, type StoredEvent } from '#shared/domain/event.ts';
import type { HeldRecord } from '#shared/domain/held-interview.ts';
import { countedScorecards } from '#shared/domain/interview.ts';
import type { OwedInterview } from '#shared/domain/owed-interview.ts';
import { stateAt } from '#shared/domain/replay.ts';
import { RoundEvent } from '#shared/domain/round.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Instant } from '#shared/domain/time.ts';

/** Events of a round and of its committee, oldest first. */
export type Deciding = {
  history: readonly StoredEvent[];
  committee: readonly StoredEvent[];
};

type Counted = Pick<HeldRecord, 'applicationId' | 'scorecards' | 'missedInterview'>;

/** Which scorecards count. */
export type CountedInterviews = {
  /** The committee by which cards of the stage count. */
  sitting: Committee | undefined;
  /** Those that were given in the stage. */
  inStage: (held: Counted) => readonly Score[];
  /** Those of an interview that was owed, once its total is in the results. */
  owed: (owed: OwedInterview | undefined) => readonly Score[];
};

/**
 * The scorecards that made totals, each by the committee as it stood when these were decided: a conflict of interest that was declared
 * since takes no card out of them. As long as the interviews go on, by the committee as it stands.
 */
export const countedInterviews = ({ history, committee }: Deciding): CountedInterviews => {
  const decidedAt = decidedIn(history).get('interviews');
  const sitting =
    decidedAt === undefined
      ? fold(committeeAggregate, committee)
      : stateAt(committeeAggregate, committee, decidedAt);
  return {
    sitting,
    inStage: (held) => countedBy(held, sitting),
    owed: (owed) =>
      owed?.counted ? countedBy(owed, stateAt(committeeAggregate, committee, owed.counted.at)) : [],
  };
};

/** None of somebody who was noted as not having come: they have no total, whoever gave a card by mistake. */
const countedBy = (held: Counted, sitting: Committee | undefined): Score[] =>
  sitting && !held.missedInterview ? countedScorecards(held, sitting) : [];

/** When each stage was decided that is; what was undone is not. From when its proposal was drawn up nothing moved until then. */
export const decidedIn = (history: readonly StoredEvent[]): ReadonlyMap<GatedStage, Instant> => {
  const moments = new Map<GatedStage, Instant>();
  for (const { fact } of history) {
    const event = RoundEvent.parse(fact);
    if (event.type === 'stage-advanced') moments.set(event.from, event.at);
    if (event.type === 'advance-undone') moments.delete(event.to);
  }
  return moments;
};
