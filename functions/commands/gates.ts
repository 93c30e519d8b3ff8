import type { CommandDeps } from '#functions/commands/deps.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { type Gate, gateAggregate, gateClaim, gatePlace, isGated, issueGate } from '#shared/domain/gate.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { GateId, type RoundId } from '#shared/domain/ids.ts';
import { roundAggregate } from '#shared/domain/round.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

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
    if (!isGated(stage)) return refuse({ kind: 'wrong-stage', stage });

    const at = gatePlace(round.state);
    const standing = await deps.records.claimed(gateClaim(at));
    const gate = standing === undefined ? undefined : await deps.records.find(gateAggregate, standing);
    if (gate?.state.status === 'decided') return refuse({ kind: 'wrong-stage', stage });
    const id = gate?.state.id ?? GateId.parse(deps.chance.id());
    const events = issueGate(gate?.state, { id, ...at }, sha256Of(token), deps.clock.now());
    if (gate && events.length === 0) return ok(gate);

    const { change, after } = changed(gateAggregate, id, gate, events);
    const stored = await store(deps, {
      by: { kind: 'system', name: 'workflow' },
      changes: [change],
      // A cancellation that comes between must not leave a gate behind that nobody will decide.
      requires: [{ aggregate: 'round', id: roundId, version: round.version }],
      ...(!gate && { claims: [{ key: gateClaim(at), value: id }] }),
      gateTokens: [{ gateId: id, token }],
    });
    return stored.ok ? ok(after) : stored;
  });
