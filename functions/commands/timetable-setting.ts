import type { CommandDeps } from '#functions/commands/deps.ts';
import { engagedSlots } from '#functions/commands/engaged-slots.ts';
import { bookingLetter } from '#functions/commands/interview-booking.ts';
import { askedOf, type PanelBook, panelBook, unfitOf } from '#functions/commands/panel-reading.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { draftTimetable } from '#functions/commands/timetable.ts';
import {
  atWork,
  type CommitteeCommand,
  type OpenWorkplace,
  standsWithEffect,
  workplace,
} from '#functions/commands/workplace.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { bookedEvent } from '#shared/domain/booking.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { ApplicationId, type Sha256, SlotId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { type Slot, slotAggregate } from '#shared/domain/slot.ts';
import { bookSlot } from '#shared/domain/slot-decisions.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change, Commit, Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import type { Appointment } from '#shared/timetable/timetable.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'readLog' | 'nudge'>;

/** A transaction holds 100 items: each booking is five of them, what must still stand at most seven. */
const atOnce = 18;

/**
 * Books the timetable that was seen, and writes to everyone whom it gives a time. In several transactions, of which each holds whole:
 * who booked a time meanwhile keeps it, and what was cut short goes on where it was when the rest is drawn up. A second press finds
 * nothing to do.
 * @returns how many bookings were made; `changed-meanwhile` where the timetable would be another one now
 */
export const setTimetable = async (
  deps: Deps,
  command: CommitteeCommand & { digest: Sha256 },
): Promise<Result<{ booked: number }, Refusal>> => {
  const draft = await draftTimetable(deps, command);
  if (!draft.ok) return draft;
  const { waiting, outcome, digest } = draft.value;
  if (waiting === 0) return ok({ booked: 0 });
  if (!outcome.ok || digest !== command.digest) return refuse({ kind: 'changed-meanwhile' });
  const { appointments } = outcome.value;
  let booked = 0;
  for (let start = 0; start < appointments.length; start += atOnce) {
    const some = appointments.slice(start, start + atOnce);
    const stored = await decideAgain(() => bookSome(deps, command, some));
    if (!stored.ok) return stored;
    booked += stored.value;
  }
  return ok({ booked });
};

const bookSome = async (
  deps: Deps,
  command: CommitteeCommand,
  appointments: readonly Appointment[],
): Promise<Result<number, Refusal | LostRace>> => {
  const found = await workplace(deps, command, 'interview.plan');
  const place = found.ok ? atWork(found.value) : found;
  if (!place.ok) return place;
  const { panels } = await panelBook(deps.records, command.roundId);
  const known = { panels, committee: place.value.committee };
  const { file, round } = place.value;
  const slots = await slotsAt(deps.records, appointments);
  const book = {
    ...known,
    engaged: await engagedSlots(deps, { round: round.state, file, book: known }, slots),
  };
  const made = await Promise.all(
    appointments.map((one) => bookingOf(deps, { place: place.value, book }, one)),
  );
  const bookings = made.flatMap((one) => one ?? []);
  if (bookings.length === 0) return ok(0);
  const effect = standsWithEffect(place.value, deps.clock.now());
  const stored = await store(deps, {
    by: place.value.by,
    changes: [...bookings.flatMap(({ changes }) => changes), ...effect.changes],
    requires: [...effect.requires, ...panelsStand(book)],
    outbox: bookings.map(({ letter }) => letter),
  });
  return stored.ok ? ok(bookings.length) : stored;
};

const slotsAt = async (
  { find }: Pick<Records, 'find'>,
  appointments: readonly Appointment[],
): Promise<Slot[]> => {
  const found = await Promise.all(appointments.map(({ time }) => find(slotAggregate, time)));
  return found.flatMap((slot) => slot?.state ?? []);
};

const panelsStand = ({ panels }: PanelBook): NonNullable<Commit['requires']> =>
  panels ? [{ aggregate: 'panels', id: panels.id, version: panels.version }] : [];

/** Nothing where one of the two is not free any more, or the panel may not hear the application now. */
const bookingOf = async (
  { records, clock }: Deps,
  { place, book }: { place: OpenWorkplace; book: PanelBook },
  appointment: Appointment,
): Promise<{ changes: Change[]; letter: OutboxMessage } | undefined> => {
  const [slot, candidacy, application] = await Promise.all([
    records.find(slotAggregate, SlotId.parse(appointment.time)),
    records.find(candidacyAggregate, ApplicationId.parse(appointment.candidate)),
    records.find(applicationAggregate, appointment.candidate),
  ]);
  if (!slot || !candidacy || !application) return undefined;
  if (candidacy.state.slotId || candidacy.state.withdrawnAt) return undefined;
  const at = clock.now();
  const taken = bookSlot(slot.state, candidacy.state.applicationId, { now: at, zone: place.file.timeZone });
  if (!taken.ok) return undefined;
  const asked = await askedOf(records, candidacy.state, application.state);
  if (unfitOf(book, candidacy.state, asked, place.file)(slot.state).length > 0) return undefined;
  const booked = changed(candidacyAggregate, candidacy.id, candidacy, [
    bookedEvent(candidacy.state, slot.state.id, at),
  ]);
  const told = { template: 'interview-set', startsAt: slot.state.startsAt } as const;
  const { version } = booked.after;
  return {
    changes: [changed(slotAggregate, slot.id, slot, taken.value).change, booked.change],
    letter: bookingLetter({ found: application, round: place.round }, told, { at, version }),
  };
};
