import * as z from 'zod';
import type { Aggregate } from '#shared/domain/event.ts';
import { GateId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import { type Round, Stage } from '#shared/domain/round.ts';
import { Instant } from '#shared/domain/time.ts';

/** What a decided gate tells the machine; advancing arrives with the committee. */
export const GateOutcome = z.enum(['cancelled']);
export type GateOutcome = z.infer<typeof GateOutcome>;

const common = {
  id: GateId,
  roundId: RoundId,
  stage: Stage,
  /** How often the round has entered this stage. */
  attempt: z.int().min(1),
  openedAt: Instant,
  /** Tokens issued so far: a timed-out wait is issued again, never approved by itself. */
  issues: z.int().min(1),
  /** SHA-256 of the newest task token; the token itself lies beside the gate and in no event. */
  tokenDigest: Sha256,
};

/** Where a round waits for people: one per round, stage and attempt. */
export const Gate = z.discriminatedUnion('status', [
  z.object({ ...common, status: z.literal('open') }),
  z.object({ ...common, status: z.literal('decided'), outcome: GateOutcome, decidedAt: Instant }),
]);
export type Gate = z.infer<typeof Gate>;

export const GateEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('gate-opened'),
    at: Instant,
    id: GateId,
    roundId: RoundId,
    stage: Stage,
    attempt: z.int(),
    tokenDigest: Sha256,
  }),
  z.object({ type: z.literal('gate-reissued'), at: Instant, tokenDigest: Sha256 }),
  z.object({ type: z.literal('gate-decided'), at: Instant, outcome: GateOutcome }),
]);
export type GateEvent = z.infer<typeof GateEvent>;

/** Opens a gate, or gives the one that stands a new token. A decided gate takes no token: the caller re-reads the round. */
export const issueGate = (
  gate: Gate | undefined,
  place: GatePlace & { id: GateId },
  tokenDigest: Sha256,
  now: Instant,
): GateEvent[] => {
  if (!gate) return [{ type: 'gate-opened', at: now, ...place, tokenDigest }];
  if (gate.status === 'decided' || gate.tokenDigest === tokenDigest) return [];
  return [{ type: 'gate-reissued', at: now, tokenDigest }];
};

/** A decision is made once; the first one stands. */
export const decideGate = (gate: Gate, outcome: GateOutcome, now: Instant): GateEvent[] =>
  gate.status === 'decided' ? [] : [{ type: 'gate-decided', at: now, outcome }];

/** Stages whose end people decide, as far as the machine reaches. */
export const isGated = (stage: Stage): boolean => stage === 'screening';

type GatePlace = { roundId: RoundId; stage: Stage; attempt: number };

/** Where a round waits now. No round goes back to a stage that it has left, so each stage is entered once. */
export const gatePlace = ({ id, stage }: Pick<Round, 'id' | 'stage'>): GatePlace => ({
  roundId: id,
  stage,
  attempt: 1,
});

/**
 * The claim that makes a gate the only one of its round, stage and attempt. Its value is the gate's id, or `noGate`
 * where the round was cancelled before one opened.
 */
export const gateClaim = (place: GatePlace): string =>
  `gate-of#${place.roundId}#${place.stage}#${place.attempt}`;

export const noGate = 'cancelled';

export const gateAggregate: Aggregate<Gate, GateEvent> = {
  name: 'gate',
  event: GateEvent,
  snapshot: Gate,
  evolve: (gate, event) => {
    if (event.type === 'gate-opened') {
      const { id, roundId, stage, attempt, tokenDigest } = event;
      return { id, roundId, stage, attempt, openedAt: event.at, issues: 1, tokenDigest, status: 'open' };
    }
    if (!gate) throw new Error(`A gate cannot begin with ${event.type}.`);
    if (event.type === 'gate-reissued') {
      return { ...gate, issues: gate.issues + 1, tokenDigest: event.tokenDigest };
    }
    return { ...gate, status: 'decided', outcome: event.outcome, decidedAt: event.at };
  },
  lists: () => ({}),
};
