import {
  type ApplicationCommand,
  type Opened,
  openApplication,
} from '#functions/commands/application-reading.ts';
import { candidacyIn } from '#functions/commands/candidacies.ts';
import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { engagedSlots } from '#functions/commands/engaged-slots.ts';
import { ifInvited } from '#functions/commands/interview-reading.ts';
import { askedOf, bookStands, panelBook, unfitOf } from '#functions/commands/panel-reading.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { applicantPlace, type OpenWorkplace, standsWithEffect } from '#functions/commands/workplace.ts';
import { bookedEvent } from '#shared/domain/booking.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { SlotId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { partsOf, type Slot, slotAggregate } from '#shared/domain/slot.ts';
import { bookSlot, freeSlot } from '#shared/domain/slot-decisions.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change, Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Attempt = Promise<Result<Versioned<Candidacy>, Refusal | LostRace>>;
type Answer = Promise<Result<Versioned<Candidacy>, Refusal>>;

/**
 * Books a slot, or moves the booking to another one: the new slot, the old one and the application in one transaction. A
 * slot that somebody else has is `slot-taken`, one where a panel may not hear the application `slot-unfit`; an application that was
 * not invited is `not-in-stage`.
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
    const requires = await fitting(deps, booking.value, slot.state);
    if (!requires.ok) return requires;
    const before = await oldSlot(deps, candidacy.state);
    const freed = before ? freeSlot(before.state, opened.found.state.id, at) : ok([]);
    if (!freed.ok) return freed;
    const changes = [changed(slotAggregate, slot.id, slot, taken.value).change];
    if (before) changes.push(changed(slotAggregate, before.id, before, freed.value).change);
    return await storeBooking(deps, booking.value, {
      changes,
      requires: requires.value,
      events: [
        ...(before ? [{ type: 'interview-cancelled', at: at.now, slot: before.state.id } as const] : []),
        bookedEvent(candidacy.state, slot.state.id, at.now),
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

/** That who holds a slot may hear the application, as long as its panels and the committee stay as they are. */
const fitting = async (
  deps: Deps,
  { candidacy, opened }: Booking,
  slot: Slot,
): Promise<Result<NonNullable<Commit['requires']>, Refusal>> => {
  const { records } = deps;
  const { found, file } = opened;
  const known = await panelBook(records, found.state.roundId);
  const engaged = await engagedSlots(deps, { round: opened.round.state, file, book: known }, [slot]);
  const book = { ...known, engaged };
  const asked = await askedOf(records, candidacy.state, found.state);
  const unfit = unfitOf(book, candidacy.state, asked, file)(slot);
  if (unfit.length > 0) return refuse({ kind: 'slot-unfit' });
  // Whatever the committee becomes meanwhile, all of it holds this one.
  const isWhole = partsOf(slot).every(({ panel }) => !panel) && !file.interviews.outsiders;
  return ok(isWhole ? [] : bookStands(book, slot));
};

export type Booking = {
  by: ApplicationCommand['by'];
  opened: Opened;
  place: Pick<OpenWorkplace, 'round' | 'gate'>;
  candidacy: Versioned<Candidacy>;
};

/** What an applicant does about the interview of an application that is invited to one. */
export const bookingOf = async (
  deps: Pick<Deps, 'records' | 'clock'>,
  command: ApplicationCommand,
): Promise<Result<Booking, Refusal>> => {
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
  requires?: NonNullable<Commit['requires']>;
  events: readonly CandidacyEvent[];
  letter: {
    template: 'interview-booked' | 'interview-cancelled' | 'interview-set' | 'interview-restored';
    startsAt: Instant;
  };
};

const storeBooking = async (
  deps: Deps,
  { by, opened, place, candidacy }: Booking,
  { changes, requires = [], events, letter }: Booked,
): Attempt => {
  const now = deps.clock.now();
  const { change, after } = changed(candidacyAggregate, candidacy.id, candidacy, events);
  const effect = standsWithEffect(place, now);
  const stored = await store(deps, {
    by: actorOf(by),
    changes: [...changes, change, ...effect.changes],
    requires: [...effect.requires, ...requires],
    outbox: [bookingLetter(opened, letter, { at: now, version: after.version })],
  });
  return stored.ok ? ok(after) : stored;
};

/** Each booking and each cancelling is told once: its letter is named after the version that it made. */
export const bookingLetter = (
  { found, round }: Pick<Opened, 'found' | 'round'>,
  { template, startsAt }: Booked['letter'],
  { at, version }: { at: Instant; version: number },
): OutboxMessage => {
  const { id, number, roundId, personId } = found.state;
  const { intake, timeZone: zone } = round.state.plan;
  const facts = { applicationId: id, number, roundId, intake, zone, startsAt };
  return { id: `${template}#${id}#${version}`, at, body: { kind: 'letter', template, personId, facts } };
};
