import { type CommandDeps, workflow } from '#functions/commands/deps.ts';
import { beginningRows } from '#functions/commands/judge-rows.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { Versioned } from '#shared/domain/event.ts';
import {
  type Gate,
  type GateOutcome,
  gateAggregate,
  gateClaim,
  gatePlace,
  issueGate,
  noGate,
} from '#shared/domain/gate.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { GateId, type RoundId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { GatedRound } from '#shared/domain/round.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Claim, Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** The gate at which a round waits now; undefined while the machine has not come to it, or never will. */
export const gateOfRound = async (
  records: Pick<Records, 'find' | 'claimed'>,
  round: GatedRound,
): Promise<Versioned<Gate> | undefined> => {
  const id = await records.claimed(gateClaim(gatePlace(round)));
  return id === undefined || id === noGate ? undefined : await records.find(gateAggregate, id);
};

/**
 * The open gate that must be let go when a round leaves its stage without a decision, or the claim that keeps one from
 * opening where the machine has not come to it.
 */
export const gateToLetGo = async (
  records: Pick<Records, 'find' | 'claimed'>,
  round: GatedRound,
): Promise<{ claim?: Claim; gate?: Versioned<Gate> }> => {
  const key = gateClaim(gatePlace(round));
  if ((await records.claimed(key)) === undefined) return { claim: { key, value: noGate } };
  const gate = await gateOfRound(records, round);
  return gate?.state.status === 'open' ? { gate } : {};
};

/** Lets the machine go on, which then reads the round; once for each token that the gate was given. */
export const signalGate = (
  { id, state }: Versioned<Gate>,
  outcome: GateOutcome,
  at: Instant,
): OutboxMessage => ({
  id: `signal#${id}#${state.issues}`,
  at,
  body: { kind: 'resume-task', awaited: { kind: 'gate', id }, output: { outcome } },
});

/**
 * Stores the task token with which a round's machine waits for people, before anyone is told. A round that has
 * moved on refuses with `wrong-stage`: the step then fails by a name that the machine catches, and it re-reads the round.
 */
export const openGate = (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>,
  { roundId, token }: { roundId: RoundId; token: string },
): Promise<Result<Versioned<Gate>, Refusal>> =>
  decideAgain(async (): Promise<Result<Versioned<Gate>, Refusal | LostRace>> => {
    const round = await deps.records.find(roundAggregate, roundId);
    if (!round) return refuse({ kind: 'not-found', what: 'round' });
    const { stage } = round.state;
    if (!isGatedRound(round.state)) return refuse({ kind: 'wrong-stage', stage });

    const at = gatePlace(round.state);
    const gate = await gateOfRound(deps.records, round.state);
    if (gate?.state.status === 'decided') return refuse({ kind: 'wrong-stage', stage });
    const id = gate?.state.id ?? GateId.parse(deps.chance.id());
    const events = issueGate(gate?.state, { id, ...at }, sha256Of(token), deps.clock.now());
    if (gate && events.length === 0) return ok(gate);

    const { change, after } = changed(gateAggregate, id, gate, events);
    const stored = await store(deps, {
      by: workflow,
      changes: [change],
      // A cancellation that comes between must not leave a gate behind that nobody will decide.
      requires: [{ aggregate: 'round', id: roundId, version: round.version }],
      ...(!gate && { claims: [{ key: gateClaim(at), value: id }] }),
      taskTokens: [{ awaited: { kind: 'gate', id }, token }],
      ...(!gate && { outbox: beginningRows(at.stage, { roundId, gate: id }, deps.clock.now()) }),
    });
    return stored.ok ? ok(after) : stored;
  });
