import { chairs } from '#functions/commands/chairing.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { neededReason, reasonText } from '#functions/commands/reasons.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { type BeaconDue, type BeaconRule, type BeaconValue, beaconDue } from '#shared/domain/beacon.ts';
import { readBeaconValue } from '#shared/domain/beacon-reading.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { Action } from '#shared/domain/permission.ts';
import type { Round } from '#shared/domain/round.ts';
import { isAwaited, recordBeacon, waiveBeacon } from '#shared/domain/round-beacon.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;
type Reads = Pick<CommandDeps, 'records' | 'clock'>;

/** Where a round waits for the value of a beacon. */
type BeaconPlace = { place: Workplace; rule: BeaconRule; due: BeaconDue };

/** How the value that the draws of a round wait for stands, for everyone who may look at its gate. */
export type BeaconView = BeaconPlace & {
  value: BeaconValue | undefined;
  /** That the draws do without it, and what was typed about it; absent once the value is there after all. */
  waived: { at: Instant; because: string | undefined } | undefined;
};

export const beaconView = async (
  { records, clock }: Reads,
  command: CommitteeCommand,
): Promise<Result<BeaconView, Refusal>> => {
  const found = await beaconPlace({ records, clock }, command, 'gate.read');
  if (!found.ok) return found;
  const { state } = found.value.place.round;
  const { beacon: value, beaconWaived } = standingIn(state);
  const waived = beaconWaived && {
    at: beaconWaived.at,
    because: await reasonText(records, beaconWaived.reason),
  };
  return ok({ ...found.value, value, waived: value ? undefined : waived });
};

const standingIn = (round: Round): Pick<Extract<Round, { stage: 'scoring' }>, 'beacon' | 'beaconWaived'> =>
  'decisions' in round ? round : {};

/**
 * Takes the value of the beacon as somebody pasted it. Refused as `invalid` at `value` where the text is damaged, is about another round or
 * was not signed by the beacon, and as `too-early` before its time. The right one again changes nothing.
 */
export const bringBeacon = (
  deps: Deps,
  command: CommitteeCommand & { text: string },
): Promise<Result<BeaconValue, Refusal>> =>
  decideAgain(async (): Promise<Result<BeaconValue, Refusal | LostRace>> => {
    const found = await beaconPlace(deps, command, 'beacon.record');
    if (!found.ok) return found;
    const { place, due } = found.value;
    const now = deps.clock.now();
    const read = readBeaconValue(command.text);
    if (!read.ok) return invalid(read.error);
    const awaited = isAwaited(read.value, due, { now, zone: place.file.timeZone });
    if (!awaited.ok) return awaited;
    const { isFromBeacon } = await import('#shared/domain/beacon-signature.ts');
    if (!isFromBeacon(awaited.value)) return invalid({ place: 'value', message: 'beacon.fault.signature' });
    const decision = recordBeacon(place.round.state, awaited.value, now);
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return awaited;
    // A proposal that was drawn up without the value is taken back first: it would not be what the record gives any more.
    const ranks = place.round.state.stage === 'scoring';
    if (ranks && place.gate?.state.proposal) return refuse({ kind: 'proposal-on-table' });
    const { change } = changed(roundAggregate, place.round.id, place.round, decision.value);
    const stored = await store(deps, { by: place.by, changes: [change], requires: gateOf(place) });
    return stored.ok ? awaited : stored;
  });

/** The chair lets the draws do without the value, with a reason, where the round file allows it. */
export const waiveRoundBeacon = async (
  deps: Deps,
  command: CommitteeCommand & { reason: string },
): Promise<Result<Versioned<Round>, Refusal>> => {
  const reason = neededReason(deps, command);
  return await decideAgain(async (): Promise<Result<Versioned<Round>, Refusal | LostRace>> => {
    const found = await beaconPlace(deps, command, 'beacon.waive');
    if (!found.ok) return found;
    const chairing = chairs(found.value.place);
    if (!chairing.ok) return chairing;
    if (!reason.ok) return reason;
    const { place, rule } = found.value;
    const { by, round } = place;
    const decision = waiveBeacon(round.state, { rule, reason: reason.value.ref }, deps.clock.now());
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(round);
    const { change, after } = changed(roundAggregate, round.id, round, decision.value);
    const stored = await store(deps, { by, changes: [change], documents: [reason.value] });
    return stored.ok ? ok(after) : stored;
  });
};

const beaconPlace = async (
  deps: Reads,
  command: CommitteeCommand,
  action: Action,
): Promise<Result<BeaconPlace, Refusal>> => {
  const found = await workplace(deps, command, action);
  if (!found.ok) return found;
  const { file, round } = found.value;
  const rule = file.ties.beacon;
  if (!rule) return refuse({ kind: 'not-found', what: 'beacon' });
  return ok({ place: found.value, rule, due: beaconDue(rule, endOfCall(round.state)) });
};

/** As far as it is known: extensions may still move it. */
const endOfCall = (round: Round): Instant =>
  ('closesAt' in round ? round.closesAt : undefined) ?? round.plan.closesAt;

const gateOf = ({ gate }: Workplace): NonNullable<Commit['requires']> =>
  gate ? [{ aggregate: 'gate', id: gate.id, version: gate.version }] : [];

const invalid = (fault: Fault): Result<never, Refusal> => refuse({ kind: 'invalid', faults: [fault] });
