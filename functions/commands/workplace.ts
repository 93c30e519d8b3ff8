import type { CommandDeps } from '#functions/commands/deps.ts';
import { disclosureGate } from '#functions/commands/disclosure-gate.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { practiceGate } from '#functions/commands/practice-gate.ts';
import { changed } from '#functions/commands/storing.ts';
import {
  type Committee,
  committeeAggregate,
  roleOfSeat,
  seatOf,
  votersOf,
} from '#shared/domain/committee.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import type { Gate } from '#shared/domain/gate.ts';
import { acceptsWork } from '#shared/domain/gate-decisions.ts';
import { guestOf } from '#shared/domain/guest.ts';
import type { RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { Passport } from '#shared/domain/passport.ts';
import { type Action, permit, rolesFor } from '#shared/domain/permission.ts';
import type { Role } from '#shared/domain/role.ts';
import type { GatedRound, Round } from '#shared/domain/round.ts';
import { takeEffect } from '#shared/domain/round-advance.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import type { Stage } from '#shared/domain/stage.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit, Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** The person who acts, in one role. */
export type Person = Extract<Actor, { kind: 'person' }>;

/** What a committee command is about. */
export type CommitteeCommand = { by: Person; roundId: RoundId };

/** Where somebody acts: the round in the stage in which they may, what it was opened with, its gate and its committee. */
export type Workplace = {
  /** Who acts, in the role of their seat. */
  by: Person;
  round: Versioned<Round>;
  file: RoundFile;
  committee: Versioned<Committee> | undefined;
  gate: Versioned<Gate> | undefined;
  /** Where the round asks for practice and this is for those who passed it: the record that says they did. */
  passport?: Versioned<Passport> | undefined;
};

type Reads = Pick<CommandDeps, 'records' | 'clock'>;

/** Seats, not roles in the region, say who acts on a round. */
const seatRoles: ReadonlySet<Role> = new Set<Role>(['chair', 'secretary', 'member', 'guest']);

/** Whether somebody who acts in it needs a seat on the committee of the round. */
export const isSeatRole = (role: Role): boolean => seatRoles.has(role);

/**
 * Finds the round and says whether this person may do this there now. Who has no seat on its committee is told that there
 * is no such round; the stage is compared with the table of permissions, and who has not practised where the round asks for it
 * comes to no application while it is scored.
 */
export const workplace = async (
  { records, clock }: Reads,
  { by, roundId }: CommitteeCommand,
  action: Action,
): Promise<Result<Workplace, Refusal>> => {
  const round = await records.find(roundAggregate, roundId);
  if (!round) return refuse({ kind: 'not-found', what: 'round' });
  const committee = await records.find(committeeAggregate, roundId);
  const guest = asGuest({ by, round: round.state, committee: committee?.state, now: clock.now() }, action);
  const actor = guest ?? seated(committee?.state, by, action);
  if (!actor) return refuse({ kind: 'not-found', what: 'round' });
  const permitted = permit(action, actor.role, round.state.stage);
  if (!permitted.ok) return permitted;
  const gate = isGatedRound(round.state) ? await gateOfRound(records, round.state) : undefined;
  const file = await roundFileOf(records, round.state.plan);
  const entering = { by: actor, round: round.state, committee: committee?.state, file };
  const disclosed = disclosureGate(entering, action);
  if (!disclosed.ok) return disclosed;
  const passed = await practiceGate({ records, clock }, entering, action);
  return passed.ok ? ok({ by: actor, round, committee, gate, file, passport: passed.value }) : passed;
};

/**
 * Somebody may hold several roles in a region, and one seat on a committee: there they act from the seat where the action
 * admits it, and not at all in a role of the committee without one.
 */
const seated = (committee: Committee | undefined, by: Person, action: Action): Person | undefined => {
  const seat = seatOf(committee, by.id);
  const role = seat && roleOfSeat(seat.seat);
  if (!role) return seatRoles.has(by.role) ? undefined : by;
  return rolesFor(action).includes(role) || seatRoles.has(by.role) ? { ...by, role } : by;
};

/** A rater of another region comes in while scoring goes on and the invitation stands; afterwards to what is their own alone. */
const asGuest = (
  entering: { by: Person; round: Round; committee: Committee | undefined; now: Instant },
  action: Action,
): Person | undefined => {
  const { by, round, committee, now } = entering;
  const comes = by.role === 'guest' && (guestStages.has(round.stage) || ownAfterwards.has(action));
  return comes && guestOf(committee, by.id, now) ? by : undefined;
};

/** Before scoring, a guest practises on synthetic applications. */
const guestStages: ReadonlySet<Stage> = new Set<Stage>(['screening', 'scoring']);

/** What of a round is a guest's own, until the invitation ends. */
const ownAfterwards: ReadonlySet<Action> = new Set<Action>([
  'feedback.read',
  'own-scores.read',
  'own-scores.report',
]);

/** A workplace at an open gate with a committee. */
export type OpenWorkplace = Omit<Workplace, 'round' | 'committee' | 'gate'> & {
  round: Versioned<GatedRound>;
  committee: Versioned<Committee>;
  gate: Versioned<Gate>;
};

/** The same where a gate stands and a committee sits. */
export const atGate = (place: Workplace): Result<OpenWorkplace, Refusal> => {
  const { by, round, committee, gate, file, passport } = place;
  const { state } = round;
  if (!isGatedRound(state)) return refuse({ kind: 'wrong-stage', stage: state.stage });
  if (!gate) return refuse({ kind: 'gate-not-open' });
  if (!committee) return refuse({ kind: 'committee-incomplete', lacks: [] });
  return ok({ by, round: { ...round, state }, committee, gate, file, passport });
};

/** What somebody acts on as they saw it: a gate of the round, whichever it is at where they do not say. */
export type SeenAt = { gate?: string | undefined };

/** The same for who acts at a gate that a page showed: what was meant for one stage is not done at the next. */
export const atSeenGate = (place: Workplace, { gate: seen }: SeenAt): Result<OpenWorkplace, Refusal> => {
  const open = atGate(place);
  if (!open.ok || seen === undefined || open.value.gate.id === seen) return open;
  return refuse({ kind: 'changed-meanwhile' });
};

/**
 * The same for who acts on a proposal that a page showed. Once it was decided the round may be anywhere: whoever comes
 * after that is told so, and not that the next stage is being prepared.
 */
export const atGateWith = (place: Workplace, proposal: Sha256): Result<OpenWorkplace, Refusal> => {
  const { state } = place.round;
  const decided = isGatedRound(state) && Object.values(state.decisions).includes(proposal);
  if (decided && place.gate?.state.proposal !== proposal) {
    return refuse({ kind: 'already-decided', decidedAt: state.enteredAt });
  }
  return atGate(place);
};

/** The same, where work on the stage goes on: nothing lies on the table and nothing is decided. */
export const atWork = (place: Workplace): Result<OpenWorkplace, Refusal> => {
  const open = atGate(place);
  if (!open.ok) return open;
  const accepted = acceptsWork(open.value.gate.state);
  return accepted.ok ? open : accepted;
};

/** Whether this person votes and judges now, or scores as a guest; a member for whom a substitute stands in does not. */
export const mayJudge = ({ by, committee }: OpenWorkplace): boolean =>
  by.role === 'guest' || votersOf(committee.state).includes(by.id);

/**
 * What a commit adds so that its work counts only in the stage, at the gate and with the committee that it was decided
 * for: a late score or a vote after the decision loses its race and is refused on the next read.
 */
export const stands = ({ round, gate, committee, passport }: Standing): NonNullable<Commit['requires']> => [
  { aggregate: 'round', id: round.id, version: round.version },
  { aggregate: 'gate', id: gate.id, version: gate.version },
  ...(passport ? [{ aggregate: 'passport' as const, id: passport.id, version: passport.version }] : []),
  ...(committee ? [{ aggregate: 'committee' as const, id: committee.id, version: committee.version }] : []),
];

/** An applicant's work hangs on no seat. */
type Standing = Pick<OpenWorkplace, 'round' | 'gate'> &
  Partial<Pick<OpenWorkplace, 'committee' | 'passport'>>;

/**
 * The same for work that is noticed outside the committee (a score, a booking, an offer): the first of a stage also marks
 * the round, so that its advance can no longer be undone. Spread both into the commit.
 */
export const standsWithEffect = (
  place: Standing,
  now: Instant,
): { changes: Commit['changes']; requires: NonNullable<Commit['requires']> } => {
  const effect = takeEffect(place.round.state, now);
  const requires = stands(place);
  if (effect.length === 0) return { changes: [], requires };
  const { round } = place;
  return {
    changes: [changed(roundAggregate, round.id, round, effect).change],
    requires: requires.filter(({ aggregate }) => aggregate !== 'round'),
  };
};

/** The gate of a stage in which an applicant may do this, while work on it goes on. No seat is asked for. */
export const applicantPlace = async (
  { records }: Reads,
  round: Versioned<Round>,
  action: Action,
): Promise<Result<Pick<OpenWorkplace, 'round' | 'gate'>, Refusal>> => {
  const { state } = round;
  const permitted = permit(action, 'applicant', state.stage);
  if (!permitted.ok) return permitted;
  if (!isGatedRound(state)) return refuse({ kind: 'wrong-stage', stage: state.stage });
  const gate = await gateOfRound(records, state);
  const accepted = acceptsWork(gate?.state);
  if (!accepted.ok) return accepted;
  return gate ? ok({ round: { ...round, state }, gate }) : refuse({ kind: 'gate-not-open' });
};

/** The round of a command that needs no committee, in a stage in which the role may do this. */
export const permittedRound = async (
  { records }: { records: Pick<Records, 'find'> },
  { role, roundId }: { role: Role; roundId: RoundId },
  action: Action,
): Promise<Result<Versioned<Round>, Refusal>> => {
  const round = await records.find(roundAggregate, roundId);
  if (!round) return refuse({ kind: 'not-found', what: 'round' });
  const permitted = permit(action, role, round.state.stage);
  return permitted.ok ? ok(round) : permitted;
};
