import { type ApplicationCommand, ownApplication } from '#functions/commands/application-reading.ts';
import { apart, type ClosedItem } from '#functions/commands/closed-items.ts';
import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { notKeptAwayIn } from '#functions/commands/kept-away.ts';
import { roundFileOf, vacanciesOf } from '#functions/commands/pinned.ts';
import { allPlacements } from '#functions/commands/placement-list.ts';
import { typedReason } from '#functions/commands/reasons.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import {
  type CommitteeCommand,
  type Person,
  permittedRound,
  workplace,
} from '#functions/commands/workplace.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { PersonId, PlacementId, RoundId } from '#shared/domain/ids.ts';
import { acceptedOffer } from '#shared/domain/offer.ts';
import type { Action } from '#shared/domain/permission.ts';
import {
  confirmedBy,
  ItemOwner,
  type Placement,
  type PlacementEvent,
  placementAggregate,
} from '#shared/domain/placement.ts';
import { nameSchool, type Ticker, tickItem, untickItem } from '#shared/domain/placement-decisions.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { staffAggregate, staffId } from '#shared/domain/staff.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit, Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Answer = Promise<Result<Versioned<Placement>, Refusal>>;

/** A placement with what its page needs: the titles of the checklist and the school. */
export type PlacementView = { placement: Placement; round: Round; file: RoundFile; vacancy: Vacancy };

/** `roundId` where the address names a round: a placement of another one is not there. */
export type PlacementCommand = { by: Person; placementId: PlacementId; roundId?: RoundId };

/** The placement of an own application; `not-found` before an offer was accepted. */
export const ownPlacement = async (
  deps: Pick<Deps, 'records'>,
  command: ApplicationCommand,
): Promise<Result<PlacementView, Refusal>> => {
  const own = await ownApplication(deps, command);
  if (!own.ok) return own;
  const candidacy = await deps.records.find(candidacyAggregate, command.applicationId);
  const id = candidacy && acceptedOffer(candidacy.state)?.placementId;
  return id ? await viewPlacement(deps, { by: personOf(command), placementId: id }) : notFound;
};

const personOf = ({ by }: ApplicationCommand): Person => {
  const actor = actorOf(by);
  if (actor.kind !== 'person') throw new Error('An applicant is a person.');
  return actor;
};

/** A placement for somebody whom it concerns: the applicant, the named school contact, an administrator, an auditor. */
const viewPlacement = async (
  deps: Pick<Deps, 'records'>,
  command: PlacementCommand,
): Promise<Result<PlacementView, Refusal>> => {
  const found = await concerned(deps, command, 'placement.read');
  if (!found.ok) return found;
  const view = await withRegister(deps.records, found.value.round.state);
  return ok(view(found.value.placement.state));
};

/** All placements that a person confirms for a school, newest first. */
export const schoolPlacements = async (
  { records }: Pick<Deps, 'records'>,
  { id }: Person,
): Promise<PlacementView[]> => {
  const found = await everyOf(records, placementAggregate, confirmedBy(id), {
    index: 'owner',
    newestFirst: true,
  });
  // The index may lag behind a contact who was replaced.
  const own = found.filter(({ state }) => state.school === id);
  const rounds = new Map<RoundId, ViewOf>();
  for (const { state } of own) {
    if (rounds.has(state.roundId)) continue;
    const round = await records.find(roundAggregate, state.roundId);
    if (!round) throw new Error(`Placement ${state.id} belongs to no round.`);
    rounds.set(state.roundId, await withRegister(records, round.state));
  }
  return own.flatMap(({ state }) => rounds.get(state.roundId)?.(state) ?? []);
};

/** Every placement of a round, by vacancy; of those that are closed to the reader nothing but who else may decide about them. */
export const roundPlacements = async (
  deps: Pick<Deps, 'records' | 'clock'>,
  command: CommitteeCommand,
): Promise<Result<{ placements: PlacementView[]; closed: ClosedItem[] }, Refusal>> => {
  const place = await workplace(deps, command, 'placement.read');
  if (!place.ok) return place;
  const { records } = deps;
  const items = (await allPlacements(records, command.roundId)).map(({ state }) => state);
  const { open, closed } = await apart(deps, place.value, { action: 'placement.assign', items });
  const view = await withRegister(records, place.value.round.state);
  return ok({ placements: open.map(view), closed });
};

/** Ticks an item of the checklist that is the own to do. */
export const tick = (deps: Deps, command: PlacementCommand & { code: string }): Answer =>
  work(deps, command, 'placement.tick', {
    decide: (placement, now) => tickItem(placement, command.code, tickerOf(command.by), now),
  });

/** Takes an own tick back that was a mistake, with a reason that stays with the placement. */
export const untick = (deps: Deps, command: PlacementCommand & { code: string; reason: string }): Answer => {
  const { code, reason: text } = command;
  return work(deps, command, 'placement.tick', {
    text,
    decide: (placement, now, reason) =>
      untickItem(placement, { code, reason: reason?.ref }, tickerOf(command.by), now),
  });
};

/** Names the person who confirms for the school: somebody who holds that role. */
export const nameSchoolContact = (deps: Deps, command: PlacementCommand & { personId: PersonId }): Answer =>
  decideAgain(async () => {
    const staff = await deps.records.find(staffAggregate, staffId);
    if (!staff?.state.members[command.personId]?.includes('school')) {
      return refuse({ kind: 'not-found', what: 'person' });
    }
    const named = { personId: command.personId, by: command.by.id };
    return await workOnce(deps, command, 'placement.assign', {
      decide: (placement, now) => nameSchool(placement, named, now),
    });
  });

const tickerOf = ({ id, role }: Person): Ticker => ({ id, owner: ItemOwner.parse(role) });

type Working = {
  decide: (
    placement: Placement,
    now: Instant,
    reason: DocumentWrite | undefined,
  ) => Result<PlacementEvent[], Refusal>;
  /** What was typed beside the decision. */
  text?: string;
};

const work = (deps: Deps, command: PlacementCommand, action: Action, working: Working): Answer =>
  decideAgain(() => workOnce(deps, command, action, working));

const workOnce = async (
  deps: Deps,
  command: PlacementCommand,
  action: Action,
  { decide, text = '' }: Working,
): Promise<Result<Versioned<Placement>, Refusal | LostRace>> => {
  const found = await concerned(deps, command, action);
  if (!found.ok) return found;
  const { placement, round, stands } = found.value;
  const reason = typedReason(deps, { roundId: round.state.id, reason: text });
  if (!reason.ok) return reason;
  const decision = decide(placement.state, deps.clock.now(), reason.value);
  if (!decision.ok) return decision;
  if (decision.value.length === 0) return ok(placement);
  const { change, after } = changed(placementAggregate, placement.id, placement, decision.value);
  const stored = await store(deps, {
    by: command.by,
    changes: [change],
    // A tick after the stage has closed must lose its race.
    requires: stands,
    documents: reason.value ? [reason.value] : [],
  });
  return stored.ok ? ok(after) : stored;
};

type Concerned = {
  placement: Versioned<Placement>;
  round: Versioned<Round>;
  /** What must stand as it was read for what is decided. */
  stands: NonNullable<Commit['requires']>;
};

/**
 * Finds a placement for somebody whom it concerns, where the round's stage allows the action. Others find nothing; whoever has a conflict of
 * interest with the application decides nothing of it.
 */
export const concerned = async (
  { records }: Pick<Deps, 'records'>,
  { by, placementId, roundId: named }: PlacementCommand,
  action: Action,
): Promise<Result<Concerned, Refusal>> => {
  const placement = await records.find(placementAggregate, placementId);
  if (!placement || !(await concerns(records, placement.state, by))) return notFound;
  const { roundId } = placement.state;
  if (named !== undefined && named !== roundId) return notFound;
  const round = await permittedRound({ records }, { role: by.role, roundId }, action);
  if (!round.ok) return round;
  const here = { aggregate: 'round', id: roundId, version: round.value.version } as const;
  if (action === 'placement.read') return ok({ placement, round: round.value, stands: [here] });
  const free = await notKeptAwayIn({ records }, { by, round: round.value }, placement.state.applicationId);
  return free.ok ? ok({ placement, round: round.value, stands: [here, ...free.value] }) : free;
};

const concerns = async (records: Records, placement: Placement, { id, role }: Person): Promise<boolean> => {
  if (role === 'school') return placement.school === id;
  if (role !== 'applicant') return true;
  const application = await records.find(applicationAggregate, placement.applicationId);
  return application?.state.personId === id;
};

const notFound = refuse({ kind: 'not-found', what: 'placement' } as const);

type ViewOf = (placement: Placement) => PlacementView;

/** Reads the round file and the register once, for every placement of a round. */
const withRegister = async (records: Records, round: Round): Promise<ViewOf> => {
  const file = await roundFileOf(records, round.plan);
  const register = round.register ? await vacanciesOf(records, round.register.sha256) : [];
  const byCode = new Map(register.map((vacancy) => [vacancy.code, vacancy]));
  return (placement) => {
    const vacancy = byCode.get(placement.vacancy);
    if (!vacancy) throw new Error(`Round ${round.id} has no vacancy ${placement.vacancy}.`);
    return { placement, round, file, vacancy };
  };
};
