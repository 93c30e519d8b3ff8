import type { CommandDeps } from '#functions/commands/deps.ts';
import { searchRow } from '#functions/commands/disclosures.ts';
import { standingBook } from '#functions/commands/engagements.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import { freeToJoin } from '#functions/commands/joining.ts';
import { asCommittee, partInRound } from '#functions/commands/part-in-round.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { unblindedOf } from '#functions/commands/unblinded.ts';
import { calledRows } from '#functions/commands/vote-rows.ts';
import { atGate, type CommitteeCommand, permittedRound, workplace } from '#functions/commands/workplace.ts';
import {
  type Committee,
  type CommitteeEvent,
  committeeAggregate,
  roleOfSeat,
  type SeatKind,
} from '#shared/domain/committee.ts';
import { callSubstitute, giveSeat, leaveSeat, releaseSubstitute } from '#shared/domain/committee-changes.ts';
import { evolveAll, type Versioned } from '#shared/domain/event.ts';
import type { Gate } from '#shared/domain/gate.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import { rolesOf, staffAggregate, staffId } from '#shared/domain/staff.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change, Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Answer = Promise<Result<Versioned<Committee>, Refusal>>;
type Decision = Result<CommitteeEvent[], Refusal>;

/**
 * Gives a seat to somebody who has the role for it in the region; `role-not-held` otherwise, and `takes-part` where they
 * apply in this round themselves.
 */
export const appoint = (
  deps: Deps,
  command: CommitteeCommand & { personId: PersonId; seat: SeatKind },
): Answer =>
  decideAgain(async () => {
    const round = await permittedRound(deps, { role: command.by.role, ...command }, 'committee.appoint');
    if (!round.ok) return round;
    const { roundId, personId, seat } = command;
    const staff = await deps.records.find(staffAggregate, staffId);
    const role = roleOfSeat(seat);
    if (!staff || !rolesOf(staff.state, personId).includes(role))
      return refuse({ kind: 'role-not-held', role });
    const committee = await deps.records.find(committeeAggregate, roundId);
    const part = { key: partInRound(roundId, personId), value: asCommittee };
    const standing = await deps.records.claimed(part.key);
    if (standing !== undefined && standing !== asCommittee) return refuse({ kind: 'takes-part' });
    const file = await roundFileOf(deps.records, round.value.state.plan);
    const seen = await unblindedOf(deps, { round: round.value.state, file, committee: committee?.state });
    const given = { roundId, personId, seat, unblinded: seen.people };
    const decision = giveSeat(committee?.state, given, deps.clock.now());
    const free = await freeSeats(deps, { round: round.value, file, committee, decision });
    if (!free.ok) return free;
    const claims = standing === undefined ? [part] : [];
    const requires = [
      { aggregate: 'round', id: roundId, version: round.value.version },
      { aggregate: 'staff', id: staffId, version: staff.version },
      ...seen.requires,
      ...free.value.requires,
    ] as const;
    const joining = { personId, after: committee?.version ?? 0 };
    const outbox = searchesFor(deps, { round: round.value.state, file }, joining);
    const { turn } = free.value;
    return await storeCommittee(deps, { command, committee, decision, requires, claims, outbox, turn });
  });

/** Where applications are worked on and conflicts are looked for, whoever joins is compared as well. */
const searchesFor = (
  { clock }: Pick<Deps, 'clock'>,
  { round, file }: { round: Round; file: RoundFile },
  { personId, after }: { personId: PersonId; after: number },
): OutboxMessage[] =>
  isGatedRound(round) && file.conflicts
    ? [searchRow({ roundId: round.id, cause: `${personId}#${after}`, at: clock.now() })]
    : [];

/** Ends a seat. What was scored, voted and declared from it stays (ANCHORS F13). */
export const dismiss = (deps: Deps, command: CommitteeCommand & { personId: PersonId }): Answer =>
  decideAgain(async () => {
    const round = await permittedRound(deps, { role: command.by.role, ...command }, 'committee.appoint');
    if (!round.ok) return round;
    const committee = await deps.records.find(committeeAggregate, command.roundId);
    if (!committee) return refuse({ kind: 'not-found', what: 'person' });
    const { state } = round.value;
    const gate = isGatedRound(state) ? await gateOfRound(deps.records, state) : undefined;
    const leaving = { personId: command.personId, gate: gate?.state };
    const decision = leaveSeat(committee.state, leaving, deps.clock.now());
    const requires = unmoved(round.value, gate);
    return await storeCommittee(deps, { command, committee, decision, requires });
  });

/** Calls a substitute in for a member who is away. */
export const callInSubstitute = (
  deps: Deps,
  command: CommitteeCommand & { personId: PersonId; standsInFor: PersonId },
): Answer =>
  bySecretary(deps, command, ({ committee, ...at }, now) =>
    callSubstitute(committee, { ...command, ...at }, now),
  );

/** Sends a substitute back because the member is there again. */
export const sendSubstituteBack = (deps: Deps, command: CommitteeCommand & { personId: PersonId }): Answer =>
  bySecretary(deps, command, ({ committee, ...at }, now) =>
    releaseSubstitute(committee, { ...command, ...at }, now),
  );

const bySecretary = (
  deps: Deps,
  command: CommitteeCommand,
  decide: (
    room: { committee: Committee; gate: Gate | undefined; unblinded: ReadonlySet<PersonId> },
    now: Instant,
  ) => Decision,
): Answer =>
  decideAgain(async () => {
    const place = await workplace(deps, command, 'substitute.call');
    if (!place.ok) return place;
    const { round, gate, committee, file } = place.value;
    if (!committee) return refuse({ kind: 'not-found', what: 'person' });
    const { state } = committee;
    const seen = await unblindedOf(deps, { round: round.state, file, committee: state });
    const room = { committee: state, gate: gate?.state, unblinded: seen.people };
    const now = deps.clock.now();
    const decision = decide(room, now);
    const free = await freeSeats(deps, { round, file, committee, decision });
    if (!free.ok) return free;
    const { turn, requires: unplanned } = free.value;
    const requires = [...unmoved(round, gate), ...seen.requires, ...unplanned];
    const gated = atGate(place.value);
    const outbox =
      decision.ok && gated.ok ? await calledRows(deps, gated.value, { events: decision.value, now }) : [];
    return await storeCommittee(deps, { command, committee, decision, requires, outbox, turn });
  });

type Seats = {
  round: Versioned<Round>;
  file: RoundFile;
  committee: Versioned<Committee> | undefined;
  decision: Decision;
};

/** That whoever takes a seat is engaged in no other round when this one has them sit, as long as nothing else is planned for it. */
const freeSeats = async (
  deps: Deps,
  { round, file, committee, decision }: Seats,
): Promise<Result<{ turn: Change[]; requires: NonNullable<Commit['requires']> }, Refusal>> => {
  if (!decision.ok || !isGatedRound(round.state)) return ok({ turn: [], requires: [] });
  const { stored, state: book } = await standingBook(deps, round.state);
  const seats = evolveAll(committeeAggregate, committee?.state, decision.value);
  const turn = await freeToJoin(deps, {
    round,
    file,
    before: { book, committee: committee?.state },
    after: { book, committee: seats },
    place: 'personId',
  });
  const version = stored?.version ?? 0;
  return turn.ok
    ? ok({ turn: turn.value, requires: [{ aggregate: 'panels', id: round.id, version }] })
    : turn;
};

/** Nobody has voted since, and the stage is the same: a vote moves its gate. */
const unmoved = (
  round: Versioned<Round>,
  gate: Versioned<Gate> | undefined,
): NonNullable<Commit['requires']> => [
  { aggregate: 'round', id: round.id, version: round.version },
  ...(gate ? [{ aggregate: 'gate' as const, id: gate.id, version: gate.version }] : []),
];

const storeCommittee = async (
  deps: Deps,
  change: {
    command: CommitteeCommand;
    committee: Versioned<Committee> | undefined;
    decision: Decision;
    turn?: Change[];
  } & Pick<Commit, 'requires' | 'claims' | 'outbox'>,
): Promise<Result<Versioned<Committee>, Refusal | LostRace>> => {
  const { command, committee, decision, requires = [], claims = [], outbox = [], turn = [] } = change;
  if (!decision.ok) return decision;
  if (committee && decision.value.length === 0) return ok(committee);
  const { change: stored, after } = changed(committeeAggregate, command.roundId, committee, decision.value);
  const changes = [stored, ...turn];
  const kept = await store(deps, { by: command.by, changes, requires, claims, outbox });
  return kept.ok ? ok(after) : kept;
};
