import { calledOffSlots, lastCalledOff } from '#functions/commands/called-off.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { takenTwice } from '#functions/commands/engaged-slots.ts';
import { type InterviewLine, lineOf } from '#functions/commands/interview-lines.ts';
import { slotsIn } from '#functions/commands/interview-reading.ts';
import { heldStations, type PlacedSlot, placedSlots } from '#functions/commands/interview-stations.ts';
import { owesCards } from '#functions/commands/interviews-timed.ts';
import { panelBook } from '#functions/commands/panel-reading.ts';
import { candidaciesIn, goingOn } from '#functions/commands/selection.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { inConflict } from '#shared/domain/committee.ts';
import type { ApplicationId, ApplicationNumber, SlotId } from '#shared/domain/ids.ts';
import type { Panel } from '#shared/domain/panel.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import type { Slot } from '#shared/domain/slot.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock'>;

export type InterviewsView = {
  place: Workplace;
  now: Instant;
  /** In the order of time; a time may be taken by whom a conflict of interest closes to the visitor. */
  slots: { slot: PlacedSlot; line?: InterviewLine; walled?: 'conflict' }[];
  /** Those of them that are taken twice, by this round or another one; for who plans. */
  engaged: ReadonlySet<SlotId>;
  panels: readonly Panel[];
  /** Who was invited, is open to the visitor, and has booked nothing. */
  unbooked: (InterviewLine & { calledOff?: Instant })[];
  /** Who had a letter before the interview, for who plans: that no time is chosen, or of the time that is. */
  reminded: { number: ApplicationNumber; about: 'unbooked' | 'booked'; at: Instant }[];
  /** Whether somebody can be reminded of a scorecard. */
  owing: boolean;
  /** Whether any time was called off. */
  hasCalledOff: boolean;
};

/** The plan of a round's interviews, for its committee. */
export const viewInterviews = async (
  deps: Deps,
  command: CommitteeCommand,
): Promise<Result<InterviewsView, Refusal>> => {
  const found = await workplace(deps, command, 'candidacy.read');
  if (!found.ok) return found;
  const { round } = found.value;
  const { state } = round;
  const going = isGatedRound(state) ? await goingOn(deps.records, state, 'scoring') : new Set();
  const taking = (await candidaciesIn(deps.records, state.id))
    .map((one) => one.state)
    .filter((one) => !one.withdrawnAt && going.has(one.applicationId));
  const slots = await slotsIn(deps.records, state.id);
  const book = await panelBook(deps.records, state.id);
  const { file, committee, by } = found.value;
  const isClosed = (id: ApplicationId) => inConflict(committee?.state, by.id, id);
  const byId = new Map(slots.map((slot) => [slot.id, slot]));
  const held = taking.map(
    (one) => [one, heldStations(book, file, one.slotId && byId.get(one.slotId))] as const,
  );
  const lines = new Map(
    held
      .filter(([{ applicationId }]) => !isClosed(applicationId))
      .map(([one, stations]) => [one.applicationId, lineOf(one, found.value, stations)]),
  );
  const placed = await placedSlots(deps.records, slots, { ...book, ...file });
  const off = await calledOffSlots(deps.records, state.id);
  const times = await lastCalledOff(deps.records, off, taking);
  const isPlanned = ({ endsAt }: Slot): boolean => by.role === 'secretary' && endsAt > deps.clock.now();
  const booked = new Set(slots.map(({ applicationId }) => applicationId));
  return ok({
    place: found.value,
    now: deps.clock.now(),
    slots: placed.map((slot) => {
      const { applicationId } = slot.slot;
      if (applicationId && isClosed(applicationId)) return { slot, walled: 'conflict' };
      const line = applicationId && lines.get(applicationId);
      return line ? { slot, line } : { slot };
    }),
    engaged: await takenTwice(deps, { round: state, file, book }, slots.filter(isPlanned)),
    panels: book.panels?.state.panels ?? [],
    unbooked: [...lines.values()]
      .filter(({ applicationId }) => !booked.has(applicationId))
      .map((line) => {
        const calledOff = times.get(line.applicationId);
        return Object.assign({}, line, calledOff && { calledOff });
      }),
    reminded: by.role === 'secretary' ? remindedIn(taking.filter((one) => !isClosed(one.applicationId))) : [],
    owing: owesCards(found.value, held, deps.clock.now()),
    hasCalledOff: off.length > 0,
  });
};

const remindedIn = (taking: readonly Candidacy[]): InterviewsView['reminded'] =>
  taking.flatMap(({ number, interviewReminders: { unbooked, booked } = {} }) => [
    ...(unbooked ? [{ number, about: 'unbooked', at: unbooked } as const] : []),
    ...(booked ? [{ number, about: 'booked', at: booked.at } as const] : []),
  ]);
