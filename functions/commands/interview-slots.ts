import type { CommandDeps } from '#functions/commands/deps.ts';
import { placesOf, slotsIn } from '#functions/commands/interview-reading.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import {
  atWork,
  type CommitteeCommand,
  type OpenWorkplace,
  stands,
  workplace,
} from '#functions/commands/workplace.ts';
import { writeDocument } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { SlotId } from '#shared/domain/ids.ts';
import type { Action } from '#shared/domain/permission.ts';
import { type Slot, slotAggregate } from '#shared/domain/slot.ts';
import { type PlannedTime, planSlot, removeSlot, slotTimes } from '#shared/domain/slot-decisions.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;

/** A room, or the address of a video call. */
export const maxPlace = 300;

export type PlanCommand = CommitteeCommand & { from: Instant; count: number; place: string };

/**
 * Plans slots one after another, each as long as the round file says, at one place. All of them or none. The same times at
 * the same place once more are refused: a double click.
 */
export const planSlots = (deps: Deps, command: PlanCommand): Promise<Result<readonly Slot[], Refusal>> =>
  decideAgain(async () => {
    const place = await atInterviews(deps, command, 'interview.plan');
    if (!place.ok) return place;
    const { minutes } = place.value.file.interviews;
    const now = deps.clock.now();
    const times = slotTimes({ from: command.from, count: command.count, minutes }, now);
    const where = command.place.trim();
    if (!times.ok) return times;
    if (where === '' || where.length > maxPlace) return fault('place', 'interview.fault.place');
    if (await isPlanned(deps, command, { times: times.value, where })) {
      return fault('from', 'interview.fault.planned');
    }
    return await storeSlots(deps, command, { place: place.value, times: times.value, where });
  });

type Planned = { place: OpenWorkplace; times: readonly PlannedTime[]; where: string };

const storeSlots = async (
  deps: Deps,
  { roundId }: PlanCommand,
  { place, times, where }: Planned,
): Promise<Result<readonly Slot[], LostRace>> => {
  const now = deps.clock.now();
  const owner = `round#${roundId}#${deps.chance.id()}`;
  const text = writeDocument({ owner, kind: 'place', version: 1 }, { place: where }, deps.chance.token(16));
  const slots = times.map((time) => {
    const id = SlotId.parse(deps.chance.id());
    return changed(slotAggregate, id, undefined, planSlot({ id, roundId, place: text.ref, ...time }, now));
  });
  const stored = await store(deps, {
    by: place.by,
    changes: slots.map(({ change }) => change),
    documents: [text],
    requires: stands(place),
  });
  return stored.ok ? ok(slots.map(({ after }) => after.state)) : stored;
};

const isPlanned = async (
  { records }: Deps,
  { roundId }: PlanCommand,
  { times, where }: Pick<Planned, 'times' | 'where'>,
): Promise<boolean> => {
  const starts = new Set<string>(times.map(({ startsAt }) => startsAt));
  const same = (await slotsIn(records, roundId)).filter(({ startsAt }) => starts.has(startsAt));
  const places = await placesOf(records, same);
  return same.some(({ place }) => places.get(place.digest) === where);
};

/** Takes a slot that nobody has booked out of the plan. */
export const removeFreeSlot = (
  deps: Deps,
  command: CommitteeCommand & { slotId: SlotId },
): Promise<Result<Versioned<Slot>, Refusal>> =>
  decideAgain(async (): Promise<Result<Versioned<Slot>, Refusal | LostRace>> => {
    const place = await atInterviews(deps, command, 'interview.plan');
    if (!place.ok) return place;
    const slot = await deps.records.find(slotAggregate, command.slotId);
    if (slot?.state.roundId !== command.roundId) return refuse({ kind: 'not-found', what: 'slot' });
    const decision = removeSlot(slot.state, deps.clock.now());
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(slot);
    const { change, after } = changed(slotAggregate, slot.id, slot, decision.value);
    const stored = await store(deps, {
      by: place.value.by,
      changes: [change],
      requires: stands(place.value),
    });
    return stored.ok ? ok(after) : stored;
  });

const atInterviews = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: CommitteeCommand,
  action: Action,
): Promise<Result<OpenWorkplace, Refusal>> => {
  const place = await workplace(deps, command, action);
  return place.ok ? atWork(place.value) : place;
};

const fault = (place: string, message: string): Result<never, Refusal> =>
  refuse({ kind: 'invalid', faults: [{ place, message, facts: { maximum: maxPlace } }] });
