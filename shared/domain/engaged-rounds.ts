import * as z from 'zod';
import type { Aggregate } from '#shared/domain/event.ts';
import { RoundId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** A region has one record of them. */
export const engagedRoundsId = 'REGION';

const EngagedRound = z.object({ roundId: RoundId, from: Instant, until: Instant });
export type EngagedRound = z.infer<typeof EngagedRound>;

/**
 * Rounds of the region that have interviews planned, each from its first to its last. Whoever takes people or rooms in any of them changes this
 * record, so that of two who plan at one moment in two rounds the second sees what the first one took. What is taken, only the
 * seating books of the rounds say.
 */
const EngagedRounds = z.object({ rounds: z.array(EngagedRound) });
export type EngagedRounds = z.infer<typeof EngagedRounds>;

const EngagedRoundsEvent = z.discriminatedUnion('type', [
  /** The first: what was planned before this record was kept. */
  z.object({ type: z.literal('engagements-gathered'), at: Instant, rounds: z.array(EngagedRound) }),
  z.object({ type: z.literal('round-engaged'), at: Instant, ...EngagedRound.shape }),
]);
export type EngagedRoundsEvent = z.infer<typeof EngagedRoundsEvent>;

export const engagedRoundsAggregate: Aggregate<EngagedRounds, EngagedRoundsEvent> = {
  name: 'engaged-rounds',
  event: EngagedRoundsEvent,
  snapshot: EngagedRounds,
  evolve: (before = { rounds: [] }, event) => {
    const coming = before.rounds.filter(({ until }) => until > event.at);
    if (event.type === 'engagements-gathered') return { rounds: [...coming, ...event.rounds] };
    const { roundId, from, until } = event;
    return { rounds: [...coming.filter((one) => one.roundId !== roundId), { roundId, from, until }] };
  },
  lists: () => ({}),
};
