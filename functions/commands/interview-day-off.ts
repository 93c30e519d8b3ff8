import type { CommandDeps } from '#functions/commands/deps.ts';
import { calledOffLetter } from '#functions/commands/interview-calling-off.ts';
import { type DayCommand, type DayTime, leaving, viewDay } from '#functions/commands/interview-days.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import { seatingRisen } from '#functions/commands/seating-book.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { atWork, type OpenWorkplace, stands, workplace } from '#functions/commands/workplace.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import { callOffInterview as decideCallOff } from '#shared/domain/interview.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { type Slot, slotAggregate } from '#shared/domain/slot.ts';
import { callOffSlot } from '#shared/domain/slot-decisions.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;

/**
 * A transaction holds 100 items: each time that somebody has is six of them (three of the slot, two of the application, the letter), what must
 * still stand, the reason and the record of the panels seven, and each panel that is free then one more.
 */
const timesAtOnce = 12;

/** How many times left the plan, and how many of these somebody had. */
export type DayOff = { times: number; told: number };

/**
 * Calls off what one holder has of a day: the times leave the plan, also those that nobody has, and everybody who had one gets a letter, reads the reason
 * and may book another time or is given one by the timetable. Each transaction holds whole; whoever booked or moved since the list was seen is left as they are,
 * and `changed-meanwhile` asks to look again. Called off again, nothing is left to do.
 */
export const callOffDay = async (
  deps: Deps,
  command: DayCommand & { reason: string; digest: Sha256 },
): Promise<Result<DayOff, Refusal>> => {
  const view = await viewDay(deps, command);
  if (!view.ok) return view;
  const times = leaving(view.value.times);
  if (times.length === 0) return ok({ times: 0, told: 0 });
  if (view.value.digest !== command.digest) return refuse({ kind: 'changed-meanwhile' });
  const done = { times: 0, told: 0 };
  for (let start = 0; start < times.length; start += timesAtOnce) {
    const some = times.slice(start, start + timesAtOnce);
    const stored = await decideAgain(() => callOffSome(deps, command, some));
    if (!stored.ok) return stored;
    done.times += stored.value.times;
    done.told += stored.value.told;
  }
  return done.times < times.length ? refuse({ kind: 'changed-meanwhile' }) : ok(done);
};

const callOffSome = async (
  deps: Deps,
  command: DayCommand & { reason: string },
  times: readonly DayTime[],
): Promise<Result<DayOff, Refusal | LostRace>> => {
  const found = await workplace(deps, command, 'interview.plan');
  const place = found.ok ? atWork(found.value) : found;
  if (!place.ok) return place;
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  const now = deps.clock.now();
  const offs = await Promise.all(
    times.map((time) => callOffOne(deps, time, { place: place.value, reason: reason.value.ref, now })),
  );
  const made = offs.flatMap((one) => one ?? []);
  if (made.length === 0) return ok({ times: 0, told: 0 });
  const letters = made.flatMap(({ letter }) => letter ?? []);
  const slots = made.map(({ slot }) => slot);
  const risen = await seatingRisen(deps, command.roundId, slots);
  const stored = await store(deps, {
    by: place.value.by,
    changes: [...made.flatMap(({ changes }) => changes), ...risen],
    documents: [reason.value],
    requires: stands(place.value),
    outbox: letters,
  });
  return stored.ok ? ok({ times: made.length, told: letters.length }) : stored;
};

type Off = { slot: Slot; changes: Change[]; letter?: OutboxMessage };
type Calling = { place: OpenWorkplace; reason: DocumentRef; now: Instant };

/** Nothing where somebody else has the time by now, or it left the plan. */
const callOffOne = async (
  { records }: Deps,
  { slot: { id }, applicationId }: DayTime,
  { place, reason, now }: Calling,
): Promise<Off | undefined> => {
  const slot = await records.find(slotAggregate, id);
  if (!slot || slot.state.removedAt || slot.state.applicationId !== applicationId) return undefined;
  const freed = changed(slotAggregate, slot.id, slot, callOffSlot(slot.state, now));
  if (!applicationId) return { slot: slot.state, changes: [freed.change] };
  const [candidacy, application] = await Promise.all([
    records.find(candidacyAggregate, applicationId),
    records.find(applicationAggregate, applicationId),
  ]);
  if (!candidacy || !application) throw new Error(`Slot ${id} is of no application.`);
  const at = { now, zone: place.file.timeZone };
  const decision = decideCallOff(candidacy.state, { slot: slot.state, reason }, at);
  if (!decision.ok) return undefined;
  const ended = changed(candidacyAggregate, candidacy.id, candidacy, decision.value);
  const told = { slot: slot.state, version: ended.after.version, at: now };
  return {
    slot: slot.state,
    changes: [freed.change, ended.change],
    letter: calledOffLetter(application.state, place, told),
  };
};
