import type { CommandDeps } from '#functions/commands/deps.ts';
import {
  circuitOf,
  type PanelOfStation,
  type StationedPlace,
  seatingsOf,
  slotStations,
} from '#functions/commands/interview-circuit.ts';
import { takeSeats } from '#functions/commands/seat-taking.ts';
import { roomsOf, type SeatingBook, seatingBook, seatingRisen } from '#functions/commands/seating-book.ts';
import { changed, decideAgain, type LostRace, store, triesInTurn } from '#functions/commands/storing.ts';
import {
  atWork,
  type CommitteeCommand,
  type OpenWorkplace,
  stands,
  workplace,
} from '#functions/commands/workplace.ts';
import { type Longer, lengthened, Provision } from '#shared/domain/access-need.ts';
import { cadenceOf, lengthOf } from '#shared/domain/circuit.ts';
import { type DocumentRef, type DocumentWrite, writeDocument } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { type PanelId, type RoundId, SlotId } from '#shared/domain/ids.ts';
import type { Panels } from '#shared/domain/panel.ts';
import { panelIn } from '#shared/domain/panel-decisions.ts';
import type { Action } from '#shared/domain/permission.ts';
import { type Slot, type SlotStation, slotAggregate } from '#shared/domain/slot.ts';
import { type PlannedTime, planSlot, removeSlot, slotTimes } from '#shared/domain/slot-decisions.ts';
import type { Instant } from '#shared/domain/time.ts';
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
  /** Undefined where what was typed is no time: named with whatever else is wrong. */
  from: Instant | undefined;
  count: number;
  place?: string | undefined;
  panel?: PanelId | undefined;
  stations?: readonly PanelOfStation[] | undefined;
  /** What is there at these times besides what the panels provide. */
  provides?: readonly Provision[] | undefined;
  /** Whether the place that is typed is reached without steps; a panel says it of its own. */
  stepFree?: boolean | undefined;
  /** By how many percent each is longer, for who needs more time. */
  longer?: Longer | undefined;
};

/**
 * Plans slots one after another, each as long as the round file says, or longer for who needs more time. All of them or none. The same times at
 * the same place once more are refused: a double click; so is whatever has a person or a room that is taken then.
 */
export const planSlots = (deps: Deps, command: PlanCommand): Promise<Result<readonly Slot[], Refusal>> =>
  decideAgain(async () => {
    const place = await atInterviews(deps, command, 'interview.plan');
    if (!place.ok) return place;
    const seated = await seatedTimes(deps, command, place.value);
    return seated.ok ? await storeSlots(deps, command, { place: place.value, ...seated.value }) : seated;
  }, triesInTurn);

/** The times of a plan, and who holds them where. */
export const seatedTimes = async (
  deps: Deps,
  command: PlanCommand,
  place: OpenWorkplace,
): Promise<Result<SeatedTimes, Refusal>> => {
  const book = await seatingBook(deps, command.roundId);
  const { stations, minutes } = place.file.interviews;
  if (stations) return await seatedCircuit(deps, command, { book, place: { ...place, stations } });
  const each = lengthened(minutes, command.longer);
  const plan = { from: command.from, count: command.count, minutes: each, every: each };
  const times = slotTimes(plan, deps.clock.now());
  const held = holderOf(deps, command, book.state);
  if (!times.ok || !held.ok) return allFaults(times, held);
  const [first, last] = [times.value[0], times.value.at(-1)];
  if (!first || !last) throw new Error('A plan has no times.');
  const { panel, ref, typed } = held.value;
  const sittings = [{ from: first.startsAt, until: last.endsAt }];
  const seatings = [{ panel: panelIn(book.state, panel), place: ref, sittings }];
  const seated = await takeSeats(deps, place, { book, seatings, typed });
  return seated.ok ? ok({ times: times.value, held: held.value, changes: seated.value }) : seated;
};

/** Each applicant at one station after the other, and the next applicant as soon as nobody would be in two rooms. */
const seatedCircuit = async (
  deps: Deps,
  command: PlanCommand,
  { book, place }: { book: SeatingBook; place: StationedPlace },
): Promise<Result<SeatedTimes, Refusal>> => {
  const { travel } = place.file.interviews;
  const rooms = await roomsOf(deps.records, book.state);
  const wanted = { panels: command.stations ?? [], longer: command.longer };
  const circuit = circuitOf(book.state, wanted, { ...place, rooms });
  const { from, count } = command;
  if (!circuit.ok)
    return allFaults(slotTimes({ from, count, minutes: 0, every: 0 }, deps.clock.now()), circuit);
  const minutes = lengthOf(circuit.value, travel);
  const every = cadenceOf(circuit.value, travel);
  const times = slotTimes({ from, count, minutes, every }, deps.clock.now());
  if (!times.ok) return times;
  const stationsAt = ({ startsAt }: PlannedTime): SlotStation[] =>
    slotStations(startsAt, circuit.value, travel);
  const seatings = seatingsOf(circuit.value, times.value.flatMap(stationsAt));
  const seated = await takeSeats(deps, place, { book, seatings });
  if (!seated.ok) return seated;
  const [first] = circuit.value;
  const held = { ref: first.panel.place, ...besides(command), stationsAt, documents: [] };
  return ok({ times: times.value, held, changes: seated.value });
};

/** Everything that is wrong with a plan, its times first. */
const allFaults = (...parts: readonly Result<unknown, Refusal>[]): Result<never, Refusal> => {
  const refusals = parts.flatMap((part) => (part.ok ? [] : [part.error]));
  const other = refusals.find(({ kind }) => kind !== 'invalid');
  const faults = refusals.flatMap((one) => (one.kind === 'invalid' ? one.faults : []));
  return refuse(other ?? { kind: 'invalid', faults });
};

/** Where slots take place, who holds them, and a place that was typed. */
type Held = {
  ref: DocumentRef;
  panel?: PanelId;
  provides?: Provision[];
  stepFree?: boolean;
  stationsAt?: (time: PlannedTime) => SlotStation[];
  documents: DocumentWrite[];
  /** What the documents say, by their digests. */
  typed?: ReadonlyMap<string, string>;
};

/** With what is stored so that nobody else has these people and rooms then. */
export type SeatedTimes = { times: readonly PlannedTime[]; held: Held; changes: Change[] };
type Planned = SeatedTimes & { place: OpenWorkplace };

/** A panel at its place, or the whole committee at one that is typed. */
const holderOf = ({ chance }: Deps, command: PlanCommand, panels: Panels): Result<Held, Refusal> => {
  if (command.panel) {
    const panel = panelIn(panels, command.panel);
    return panel
      ? ok({ ref: panel.place, panel: panel.id, ...besides(command), documents: [] })
      : refuse({ kind: 'not-found', what: 'panel' });
  }
  const place = command.place?.trim() ?? '';
  if (place === '' || place.length > maxPlace) {
    const fault = { place: 'place', message: 'interview.fault.place', facts: { maximum: maxPlace } };
    return refuse({ kind: 'invalid', faults: [fault] });
  }
  const owner = `round#${command.roundId}#${chance.id()}`;
  const text = writeDocument({ owner, kind: 'place', version: 1 }, { place }, chance.token(16));
  const typed = new Map([[text.ref.digest, place]]);
  const { stepFree } = command;
  const told = { ...besides(command), ...(stepFree !== undefined && { stepFree }) };
  return ok({ ref: text.ref, ...told, documents: [text], typed });
};

/** What was said of the times, if anything was. */
const besides = ({ provides }: PlanCommand): Pick<Held, 'provides'> =>
  provides ? { provides: Provision.options.filter((one) => provides.includes(one)) } : {};

const storeSlots = async (
  deps: Deps,
  { roundId }: PlanCommand,
  { place, times, held, changes }: Planned,
): Promise<Result<readonly Slot[], LostRace>> => {
  const now = deps.clock.now();
  const slots = times.map((time) => {
    const slot = slotAt(deps, { roundId, time, held });
    return changed(slotAggregate, slot.id, undefined, planSlot(slot, now));
  });
  const stored = await store(deps, {
    by: place.by,
    changes: [...slots.map(({ change }) => change), ...changes],
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
    held: { ref, documents: _typed, stationsAt, ...told },
  }: { roundId: RoundId; time: PlannedTime; held: SeatedTimes['held'] },
): Parameters<typeof planSlot>[0] => {
  const stations = stationsAt?.(time);
  const held = { ...told, ...(stations && { stations }) };
  return { id: SlotId.parse(chance.id()), roundId, place: ref, ...held, ...time };
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
    const risen = await seatingRisen(deps, command.roundId, [slot.state]);
    const stored = await store(deps, {
      by: place.value.by,
      changes: [change, ...risen],
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
