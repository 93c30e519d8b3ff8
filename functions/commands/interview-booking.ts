import {
  type ApplicationCommand,
  type Opened,
  openApplication,
} from '#functions/commands/application-reading.ts';
import { candidacyIn } from '#functions/commands/candidacies.ts';
import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { ifInvited, placeOf, placesOf, slotsIn } from '#functions/commands/interview-reading.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { applicantPlace, type OpenWorkplace, standsWithEffect } from '#functions/commands/workplace.ts';
import type { Application } from '#shared/domain/application.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { SlotId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { type Slot, slotAggregate } from '#shared/domain/slot.ts';
import { bookSlot, freeSlot } from '#shared/domain/slot-decisions.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Attempt = Promise<Result<Versioned<Candidacy>, Refusal | LostRace>>;
type Answer = Promise<Result<Versioned<Candidacy>, Refusal>>;

/** A slot with where it takes place. */
export type PlacedSlot = { slot: Slot; where: string };

/** What an applicant's interview page shows. */
export type InterviewView = {
  application: Application;
  round: Round;
  file: RoundFile;
  /** Whether interviews are held now, and this application is to have one. */
  invited: boolean;
  missed: boolean;
  booked?: PlacedSlot;
  /** The committee could not keep the last booking; why is empty once it was erased. */
  calledOff?: { at: Instant; reason: string };
  /** In the order of time; those that have not begun. */
  free: readonly PlacedSlot[];
};

/** The own booking, and what else could be booked. */
export const viewInterview = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: ApplicationCommand,
): Promise<Result<InterviewView, Refusal>> => {
  const opened = await openApplication(deps, command);
  if (!opened.ok) return opened;
  const { found, file } = opened.value;
  const round = opened.value.round.state;
  const candidacy = await deps.records.find(candidacyAggregate, found.id);
  const view = { application: found.state, round, file, missed: candidacy?.state.missedInterview ?? false };
  const booked = await bookedSlot(deps, candidacy?.state);
  const invited =
    round.stage === 'interviews' &&
    candidacy !== undefined &&
    (await ifInvited(deps.records, round, candidacy)).ok;
  const free = invited ? await freeSlots(deps, round) : [];
  const off = invited ? candidacy?.state.calledOff : undefined;
  const calledOff = off && { at: off.at, reason: (await reasonText(deps.records, off.reason)) ?? '' };
  return ok({ ...view, invited, free, ...(booked && { booked }), ...(calledOff && { calledOff }) });
};

/** The slot of a candidacy, for its owner and for those who interview. */
export const bookedSlot = async (
  { records }: Pick<CommandDeps, 'records'>,
  candidacy: Candidacy | undefined,
): Promise<PlacedSlot | undefined> => {
  if (!candidacy?.slotId || candidacy.withdrawnAt) return undefined;
  const slot = await records.find(slotAggregate, candidacy.slotId);
  return slot && { slot: slot.state, where: await placeOf(records, slot.state.place) };
};

const freeSlots = async (
  { records, clock }: Pick<CommandDeps, 'records' | 'clock'>,
  round: Round,
): Promise<PlacedSlot[]> => {
  const now = clock.now();
  const free = (await slotsIn(records, round.id)).filter(
    ({ applicationId, startsAt }) => !applicationId && startsAt > now,
  );
  const places = await placesOf(records, free);
  return free.map((slot) => ({ slot, where: places.get(slot.place.digest) ?? '' }));
};

/**
 * Books a slot, or moves the booking to another one: the new slot, the old one and the application in one transaction. A
 * slot that somebody else has is `slot-taken`; an application that was not invited is `not-in-stage`.
 */
export const bookInterview = (deps: Deps, command: ApplicationCommand & { slotId: SlotId }): Answer =>
  decideAgain(async (): Attempt => {
    const booking = await bookingOf(deps, command);
    if (!booking.ok) return booking;
    const { candidacy, opened } = booking.value;
    const slot = await deps.records.find(slotAggregate, command.slotId);
    if (slot?.state.roundId !== opened.round.id) return refuse({ kind: 'not-found', what: 'slot' });
    const at = { now: deps.clock.now(), zone: opened.file.timeZone };
    const taken = bookSlot(slot.state, opened.found.state.id, at);
    if (!taken.ok) return taken;
    if (taken.value.length === 0) return ok(candidacy);
    const before = await oldSlot(deps, candidacy.state);
    const freed = before ? freeSlot(before.state, opened.found.state.id, at) : ok([]);
    if (!freed.ok) return freed;
    const changes = [changed(slotAggregate, slot.id, slot, taken.value).change];
    if (before) changes.push(changed(slotAggregate, before.id, before, freed.value).change);
    return await storeBooking(deps, booking.value, {
      changes,
      events: [
        ...(before ? [{ type: 'interview-cancelled', at: at.now, slot: before.state.id } as const] : []),
        { type: 'interview-booked', at: at.now, slot: slot.state.id },
      ],
      letter: { template: 'interview-booked', startsAt: slot.state.startsAt },
    });
  });

/** Gives the booked slot back, until it begins. Without a booking nothing changes. */
export const cancelInterview = (deps: Deps, command: ApplicationCommand): Answer =>
  decideAgain(async (): Attempt => {
    const booking = await bookingOf(deps, command);
    if (!booking.ok) return booking;
    const { candidacy, opened } = booking.value;
    const slot = await oldSlot(deps, candidacy.state);
    if (!slot) return ok(candidacy);
    const at = { now: deps.clock.now(), zone: opened.file.timeZone };
    const freed = freeSlot(slot.state, opened.found.state.id, at);
    if (!freed.ok) return freed;
    return await storeBooking(deps, booking.value, {
      changes: [changed(slotAggregate, slot.id, slot, freed.value).change],
      events: [{ type: 'interview-cancelled', at: at.now, slot: slot.state.id }],
      letter: { template: 'interview-cancelled', startsAt: slot.state.startsAt },
    });
  });

type Booking = {
  by: ApplicationCommand['by'];
  opened: Opened;
  place: Pick<OpenWorkplace, 'round' | 'gate'>;
  candidacy: Versioned<Candidacy>;
};

const bookingOf = async (deps: Deps, command: ApplicationCommand): Promise<Result<Booking, Refusal>> => {
  const opened = await openApplication(deps, command);
  if (!opened.ok) return opened;
  const { round, found } = opened.value;
  const place = await applicantPlace(deps, round, 'interview.book');
  if (!place.ok) return place;
  const standing = await candidacyIn(deps.records, {
    roundId: round.state.id,
    applicationId: found.state.id,
  });
  const candidacy = standing.ok ? await ifInvited(deps.records, round.state, standing.value) : standing;
  if (!candidacy.ok) return candidacy;
  return ok({ by: command.by, opened: opened.value, place: place.value, candidacy: candidacy.value });
};

/** The slot that a booking gives up. One that was missed has been used: it stays as it was. */
const oldSlot = async (
  { records }: Deps,
  { slotId, missedInterview }: Candidacy,
): Promise<Versioned<Slot> | undefined> =>
  slotId === undefined || missedInterview ? undefined : await records.find(slotAggregate, slotId);

type Booked = {
  changes: readonly Change[];
  events: readonly CandidacyEvent[];
  letter: { template: 'interview-booked' | 'interview-cancelled'; startsAt: Instant };
};

const storeBooking = async (
  deps: Deps,
  { by, opened, place, candidacy }: Booking,
  { changes, events, letter }: Booked,
): Attempt => {
  const now = deps.clock.now();
  const { change, after } = changed(candidacyAggregate, candidacy.id, candidacy, events);
  const effect = standsWithEffect(place, now);
  const stored = await store(deps, {
    by: actorOf(by),
    changes: [...changes, change, ...effect.changes],
    requires: effect.requires,
    outbox: [bookingLetter(opened, letter, { at: now, version: after.version })],
  });
  return stored.ok ? ok(after) : stored;
};

/** Each booking and each cancelling is told once: its letter is named after the version that it made. */
const bookingLetter = (
  { found, round }: Opened,
  { template, startsAt }: Booked['letter'],
  { at, version }: { at: Instant; version: number },
): OutboxMessage => {
  const { id, number, roundId, personId } = found.state;
  const { intake, timeZone: zone } = round.state.plan;
  const facts = { applicationId: id, number, roundId, intake, zone, startsAt };
  return { id: `${template}#${id}#${version}`, at, body: { kind: 'letter', template, personId, facts } };
};
