import type { CommandDeps } from '#functions/commands/deps.ts';
import { bookingLetter } from '#functions/commands/interview-booking.ts';
import { type DayCommand, type DayTime, viewDay } from '#functions/commands/interview-days.ts';
import { placesOf } from '#functions/commands/interview-reading.ts';
import { askedOf, type PanelBook, unfitOf } from '#functions/commands/panel-reading.ts';
import { takeSeats } from '#functions/commands/seat-taking.ts';
import { type SeatingBook, seatingBook } from '#functions/commands/seating-book.ts';
import { changed, decideAgain, type LostRace, store, triesInTurn } from '#functions/commands/storing.ts';
import { atWork, type OpenWorkplace, stands, workplace } from '#functions/commands/workplace.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { bookedEvent } from '#shared/domain/booking.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { inConflict } from '#shared/domain/committee.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { panelIn } from '#shared/domain/panel-decisions.ts';
import { partsOf, type Slot, slotAggregate } from '#shared/domain/slot.ts';
import { restoreSlot } from '#shared/domain/slot-decisions.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change } from '#shared/ports/records.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/** How many times came back into the plan, how many of them to whom they were taken from, and how many could not. */
export type DayRestored = { times: number; booked: number; left: number };

/**
 * Takes back that a day was called off: each time that has not begun stands in the plan again, as long as who holds it and its room are free then, and is theirs again
 * who had it and booked no other; they get a letter. Who booked another keeps that, and the time is free. Restored again, nothing is left to do.
 */
export const restoreDay = async (deps: Deps, command: DayCommand): Promise<Result<DayRestored, Refusal>> => {
  const view = await viewDay(deps, command);
  if (!view.ok) return view;
  const done = { times: 0, booked: 0, left: 0 };
  // One by one: whether a panel is free hangs on what came back before.
  for (const time of view.value.calledOff) {
    const back = await decideAgain(() => restoreOne(deps, command, time), triesInTurn);
    if (!back.ok) return back;
    done[back.value === 'left' ? 'left' : 'times'] += 1;
    if (back.value === 'booked') done.booked += 1;
  }
  return ok(done);
};

type Back = 'free' | 'booked' | 'left';

const restoreOne = async (
  deps: Deps,
  command: DayCommand,
  { slot: { id } }: DayTime,
): Promise<Result<Back, Refusal | LostRace>> => {
  const found = await workplace(deps, command, 'interview.plan');
  const place = found.ok ? atWork(found.value) : found;
  if (!place.ok) return place;
  const slot = await deps.records.find(slotAggregate, id);
  const seating = await seatingBook(deps, command.roundId);
  const book = { panels: seating.stored, committee: place.value.committee };
  const now = deps.clock.now();
  const at = { now, zone: place.value.file.timeZone };
  const restored = slot ? restoreSlot(slot.state, at) : ok([]);
  if (!slot || !restored.ok) return ok('left');
  if (restored.value.length === 0) return ok('free');
  const seated = await seatedAgain(deps, slot.state, { seating, place: place.value });
  if (!seated) return ok('left');
  const owner = await ownerAgain(deps, slot.state, { place: place.value, book });
  const { changes, outbox } = owner ?? { changes: [], outbox: [] };
  const events = owner
    ? [...restored.value, { type: 'slot-booked' as const, at: now, applicationId: owner.id }]
    : restored.value;
  const stored = await store(deps, {
    by: place.value.by,
    changes: [changed(slotAggregate, slot.id, slot, events).change, ...changes, ...seated],
    requires: stands(place.value),
    outbox,
  });
  if (!stored.ok) return stored;
  return ok(owner ? 'booked' : 'free');
};

/** Whoever held a slot sits then again; undefined where one of them, of their members, or a room is taken by now. */
const seatedAgain = async (
  deps: Deps,
  slot: Slot,
  { seating, place }: { seating: SeatingBook; place: OpenWorkplace },
): Promise<Change[] | undefined> => {
  const seatings = [...Map.groupBy(partsOf(slot), ({ panel }) => panel)].map(([id, parts]) => ({
    panel: panelIn(seating.state, id),
    place: slot.place,
    sittings: parts.map(({ startsAt: from, endsAt: until }) => ({ from, until })),
  }));
  const typed = await placesOf(deps.records, [slot]);
  const seated = await takeSeats(deps, place, { book: seating, seatings, typed });
  return seated.ok ? seated.value : undefined;
};

type Owner = { id: ApplicationId; changes: Change[]; outbox: OutboxMessage[] };

/** Whose it was, as long as they still wait for a time and the panel may hear them. */
const ownerAgain = async (
  { records, clock }: Deps,
  slot: Slot,
  { place, book }: { place: OpenWorkplace; book: PanelBook },
): Promise<Owner | undefined> => {
  const id = slot.calledOff?.applicationId;
  if (!id || inConflict(place.committee.state, place.by.id, id)) return undefined;
  const [candidacy, application] = await Promise.all([
    records.find(candidacyAggregate, id),
    records.find(applicationAggregate, id),
  ]);
  if (!candidacy || !application) return undefined;
  const { slotId, withdrawnAt, missedInterview } = candidacy.state;
  if (slotId || withdrawnAt || missedInterview) return undefined;
  const asked = await askedOf(records, candidacy.state, application.state);
  if (unfitOf(book, candidacy.state, asked, place.file)(slot).length > 0) return undefined;
  const at = clock.now();
  const booked = changed(candidacyAggregate, candidacy.id, candidacy, [
    bookedEvent(candidacy.state, slot.id, at),
  ]);
  const told = { template: 'interview-restored', startsAt: slot.startsAt } as const;
  const letter = bookingLetter({ found: application, round: place.round }, told, {
    at,
    version: booked.after.version,
  });
  return { id, changes: [booked.change], outbox: [letter] };
};
