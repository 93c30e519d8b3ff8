import type { CommandDeps } from '#functions/commands/deps.ts';
import {
  circuitOf,
  type PanelOfStation,
  type StationedPlace,
  seatingsOf,
  slotStations,
} from '#functions/commands/interview-circuit.ts';
import { placesOf, slotsIn } from '#functions/commands/interview-reading.ts';
import { panelRisen } from '#functions/commands/panel-reading.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import {
  atWork,
  type CommitteeCommand,
  type OpenWorkplace,
  stands,
  workplace,
} from '#functions/commands/workplace.ts';
import { cadenceOf } from '#shared/domain/circuit.ts';
import { type DocumentRef, type DocumentWrite, writeDocument } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { type PanelId, type RoundId, SlotId } from '#shared/domain/ids.ts';
import { panelsAggregate } from '#shared/domain/panel.ts';
import { panelIn, seatPanels } from '#shared/domain/panel-decisions.ts';
import type { Action } from '#shared/domain/permission.ts';
import { type Slot, type SlotStation, slotAggregate } from '#shared/domain/slot.ts';
import { type PlannedTime, planSlot, removeSlot, slotTimes } from '#shared/domain/slot-decisions.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { TravelRule } from '#shared/domain/travel.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;

/** A room, or the address of a video call. */
export const maxPlace = 300;

/**
 * At the place of a panel that is composed, or of the whole committee at a place that is typed. Where interviews have several stations,
 * each of them has a panel.
 */
export type PlanCommand = CommitteeCommand & {
  from: Instant;
  count: number;
  place?: string | undefined;
  panel?: PanelId | undefined;
  stations?: readonly PanelOfStation[] | undefined;
};

/**
 * Plans slots one after another, each as long as the round file says. All of them or none. The same times at
 * the same place once more are refused: a double click; so is a panel that sits then, or a member of it who sits elsewhere.
 */
export const planSlots = (deps: Deps, command: PlanCommand): Promise<Result<readonly Slot[], Refusal>> =>
  decideAgain(async () => {
    const place = await atInterviews(deps, command, 'interview.plan');
    if (!place.ok) return place;
    const seated = await seatedTimes(deps, command, place.value);
    return seated.ok ? await storeSlots(deps, command, { place: place.value, ...seated.value }) : seated;
  });

/** The times of a plan, and who holds them where. */
export const seatedTimes = async (
  deps: Deps,
  command: PlanCommand,
  place: OpenWorkplace,
): Promise<Result<SeatedTimes, Refusal>> => {
  const { stations, minutes } = place.file.interviews;
  if (stations) return await seatedCircuit(deps, command, { ...place, stations });
  const plan = { from: command.from, count: command.count, minutes, every: minutes };
  const times = slotTimes(plan, deps.clock.now());
  if (!times.ok) return times;
  const held = await (command.panel
    ? heldByPanel(deps, command, { times: times.value, travel: place.file.interviews.travel })
    : heldByCommittee(deps, command, times.value));
  return held.ok ? ok({ times: times.value, held: held.value }) : held;
};

/** Each applicant at one station after the other, and the next applicant as soon as nobody would be in two rooms. */
const seatedCircuit = async (
  deps: Deps,
  command: PlanCommand,
  place: StationedPlace,
): Promise<Result<SeatedTimes, Refusal>> => {
  const panels = await deps.records.find(panelsAggregate, command.roundId);
  const circuit = circuitOf(panels?.state, command.stations ?? [], place);
  if (!panels || !circuit.ok) return circuit.ok ? refuse({ kind: 'not-found', what: 'panel' }) : circuit;
  const now = deps.clock.now();
  const { minutes, travel } = place.file.interviews;
  const every = cadenceOf(circuit.value, travel);
  const plan = { from: command.from, count: command.count, minutes, every };
  const times = slotTimes(plan, now);
  if (!times.ok) return times;
  const stationsAt = ({ startsAt }: PlannedTime): SlotStation[] =>
    slotStations(startsAt, circuit.value, travel);
  const seatings = seatingsOf(circuit.value, times.value.flatMap(stationsAt));
  const seated = seatPanels(panels.state, seatings, now, travel);
  if (!seated.ok) return seated;
  const { change } = changed(panelsAggregate, command.roundId, panels, seated.value);
  const [first] = circuit.value;
  const held = { ref: first.panel.place, stationsAt, documents: [], changes: [change] };
  return ok({ times: times.value, held });
};

/** Where slots take place, and what is stored beside them. */
type Held = {
  ref: DocumentRef;
  panel?: PanelId;
  stationsAt?: (time: PlannedTime) => SlotStation[];
  documents: DocumentWrite[];
  changes: Change[];
};

export type SeatedTimes = { times: readonly PlannedTime[]; held: Held };
type Planned = SeatedTimes & { place: OpenWorkplace };

const heldByPanel = async (
  { records, clock }: Deps,
  { roundId, panel: id }: PlanCommand,
  { times, travel }: { times: readonly PlannedTime[]; travel: TravelRule | undefined },
): Promise<Result<Held, Refusal>> => {
  const panels = await records.find(panelsAggregate, roundId);
  const panel = panelIn(panels?.state, id);
  const [first, last] = [times[0], times.at(-1)];
  if (!panels || !panel || !first || !last) return refuse({ kind: 'not-found', what: 'panel' });
  const sitting = { from: first.startsAt, until: last.endsAt };
  const events = seatPanels(panels.state, [{ panel, sittings: [sitting] }], clock.now(), travel);
  if (!events.ok) return events;
  const { change } = changed(panelsAggregate, roundId, panels, events.value);
  return ok({ ref: panel.place, panel: panel.id, documents: [], changes: [change] });
};

const heldByCommittee = async (
  deps: Deps,
  command: PlanCommand,
  times: readonly PlannedTime[],
): Promise<Result<Held, Refusal>> => {
  const place = command.place?.trim() ?? '';
  if (place === '' || place.length > maxPlace) return fault('place', 'interview.fault.place');
  if (await isPlanned(deps, command, { times, where: place })) {
    return fault('from', 'interview.fault.planned');
  }
  const owner = `round#${command.roundId}#${deps.chance.id()}`;
  const text = writeDocument({ owner, kind: 'place', version: 1 }, { place }, deps.chance.token(16));
  return ok({ ref: text.ref, documents: [text], changes: [] });
};

const storeSlots = async (
  deps: Deps,
  { roundId }: PlanCommand,
  { place, times, held }: Planned,
): Promise<Result<readonly Slot[], LostRace>> => {
  const now = deps.clock.now();
  const slots = times.map((time) => {
    const slot = slotAt(deps, { roundId, time, held });
    return changed(slotAggregate, slot.id, undefined, planSlot(slot, now));
  });
  const stored = await store(deps, {
    by: place.by,
    changes: [...slots.map(({ change }) => change), ...held.changes],
    documents: held.documents,
    requires: stands(place),
  });
  return stored.ok ? ok(slots.map(({ after }) => after.state)) : stored;
};

/** A slot at one of these times, with an id of its own. */
export const slotAt = (
  { chance }: Pick<Deps, 'chance'>,
  {
    roundId,
    time,
    held: { ref, panel, stationsAt },
  }: { roundId: RoundId; time: PlannedTime; held: SeatedTimes['held'] },
): Parameters<typeof planSlot>[0] => {
  const stations = stationsAt?.(time);
  const whose = { ...(panel && { panel }), ...(stations && { stations }) };
  return { id: SlotId.parse(chance.id()), roundId, place: ref, ...whose, ...time };
};

const isPlanned = async (
  { records }: Deps,
  { roundId }: PlanCommand,
  { times, where }: { times: readonly PlannedTime[]; where: string },
): Promise<boolean> => {
  const starts = new Set<string>(times.map(({ startsAt }) => startsAt));
  const same = (await slotsIn(records, roundId)).filter(
    ({ startsAt, panel }) => !panel && starts.has(startsAt),
  );
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
    const now = deps.clock.now();
    const decision = removeSlot(slot.state, now);
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(slot);
    const { change, after } = changed(slotAggregate, slot.id, slot, decision.value);
    const panels = await deps.records.find(panelsAggregate, command.roundId);
    const stored = await store(deps, {
      by: place.value.by,
      changes: [change, ...panelRisen({ panels }, slot.state, now)],
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
