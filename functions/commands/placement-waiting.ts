import { type CommandDeps, workflow } from '#functions/commands/deps.ts';
import { letterAbout, postFacts, startPlacement } from '#functions/commands/offer-messages.ts';
import { vacancyOf } from '#functions/commands/offer-place.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { PersonId, PlacementId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { type ItemOwner, type Placement, placementAggregate } from '#shared/domain/placement.ts';
import {
  remindOwners as decideReminder,
  restartPlacement as decideRestart,
  nextReminder,
  openItems,
} from '#shared/domain/placement-decisions.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/** What the machine of a placement should do next. */
export type PlacementTurn = { next: 'wait'; until: Instant } | { next: 'done' };

type Place = { placement: Versioned<Placement>; round: Round; file: RoundFile };

export const readPlacement = async (
  deps: Pick<Deps, 'records'>,
  id: PlacementId,
): Promise<Result<PlacementTurn, Refusal>> => {
  const place = await placeOf(deps, id);
  return place.ok ? ok(turnOf(place.value)) : place;
};

/**
 * Writes to everyone who has something to do: the applicant, the school's contact, the administrator who named the contact.
 * Before it is time, and once everything is done, nothing happens.
 */
export const remindOwners = (deps: Deps, id: PlacementId): Promise<Result<PlacementTurn, Refusal>> =>
  decideAgain(async (): Promise<Result<PlacementTurn, Refusal | LostRace>> => {
    const found = await placeOf(deps, id);
    if (!found.ok) return found;
    const place = found.value;
    const now = deps.clock.now();
    const events = isOver(place) ? [] : decideReminder(place.placement.state, place.file, now);
    if (events.length === 0) return ok(turnOf(place));
    const owners = events.flatMap((event) => event.owners);
    const { change, after } = changed(placementAggregate, id, place.placement, events);
    const stored = await store(deps, {
      by: workflow,
      changes: [change],
      outbox: await letters(deps, { ...place, placement: after }, owners, now),
    });
    return stored.ok ? ok(turnOf({ ...place, placement: after })) : stored;
  });

/** Asks for another execution of an open placement whose attempt `ended` is gone. */
export const restartPlacement = (
  deps: Deps,
  { id, ended }: { id: PlacementId; ended: number },
): Promise<Result<boolean, Refusal>> =>
  decideAgain(async (): Promise<Result<boolean, Refusal | LostRace>> => {
    const found = await placeOf(deps, id);
    if (!found.ok) return found;
    const { placement, round } = found.value;
    const now = deps.clock.now();
    const events = decideRestart(placement.state, ended, now);
    if (events.length === 0) return ok(false);
    const { change, after } = changed(placementAggregate, id, placement, events);
    const stored = await store(deps, {
      by: { kind: 'system', name: 'sweep' },
      changes: [change],
      outbox: [startPlacement(round, after.state, now)],
    });
    return stored.ok ? ok(true) : stored;
  });

const placeOf = async (
  { records }: Pick<Deps, 'records'>,
  id: PlacementId,
): Promise<Result<Place, Refusal>> => {
  const placement = await records.find(placementAggregate, id);
  if (!placement) return refuse({ kind: 'not-found', what: 'placement' });
  const round = await records.find(roundAggregate, placement.state.roundId);
  if (!round) throw new Error(`Placement ${id} belongs to no round.`);
  return ok({ placement, round: round.state, file: await roundFileOf(records, round.state.plan) });
};

/** Nobody is reminded of a round that has ended. */
const isOver = ({ placement, round }: Place): boolean =>
  placement.state.status !== 'open' || round.stage === 'closed' || round.stage === 'cancelled';

const turnOf = (place: Place): PlacementTurn =>
  isOver(place) ? { next: 'done' } : { next: 'wait', until: nextReminder(place.placement.state, place.file) };

const letters = async (
  { records }: Deps,
  { placement, round }: Place,
  owners: readonly ItemOwner[],
  now: Instant,
): Promise<OutboxMessage[]> => {
  const { state, version } = placement;
  const application = await records.find(applicationAggregate, state.applicationId);
  const people: Record<ItemOwner, PersonId | undefined> = {
    applicant: application?.state.personId,
    school: state.school,
    administrator: state.administrator,
  };
  const post = postFacts(await vacancyOf(records, round, state.vacancy));
  return owners.flatMap((owner) => {
    const to = people[owner];
    const items = openItems(state).filter((item) => item.owner === owner);
    const dueAt = items.map((item) => item.dueAt).toSorted()[0];
    if (!to || !dueAt) return [];
    const facts = { number: state.number, ...post, count: items.length, dueAt };
    const cause = `${state.id}#${version}#${owner}`;
    return [letterAbout({ template: 'onboarding-reminder', cause, to }, round, facts, now)];
  });
};
