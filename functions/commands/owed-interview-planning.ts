import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type PlanCommand, seatedTimes, slotAt } from '#functions/commands/interview-slots.ts';
import { heldStations } from '#functions/commands/interview-stations.ts';
import { owedLetter } from '#functions/commands/owed-interview-letters.ts';
import { type OwedPlace, owedPlace } from '#functions/commands/owed-interview-reading.ts';
import { askedOf, panelBook, unfitOf } from '#functions/commands/panel-reading.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import { seatingRisen } from '#functions/commands/seating-book.ts';
import { changed, decideAgain, type LostRace, store, triesInTurn } from '#functions/commands/storing.ts';
import { standsWithEffect } from '#functions/commands/workplace.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { type OwedInterview, owedInterviewAggregate } from '#shared/domain/owed-interview.ts';
import {
  cancelOwedInterview as decideCancel,
  planOwedInterview as decidePlan,
} from '#shared/domain/owed-interview-decisions.ts';
import { isStepsUntold } from '#shared/domain/provided.ts';
import { type Slot, slotAggregate } from '#shared/domain/slot.ts';
import { bookSlot, callOffSlot, planSlot } from '#shared/domain/slot-decisions.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Answer = Promise<Result<Versioned<OwedInterview>, Refusal>>;
type Attempt = Promise<Result<Versioned<OwedInterview>, Refusal | LostRace>>;

export type PlanOwed = CandidacyCommand & Omit<PlanCommand, 'count'>;

/**
 * Gives an interview that was granted its time, outside the timetable: by panels that are composed, or before the whole committee at a place
 * that is typed, of which is said whether it is reached without steps where the applicant needs that. Refused as the planning of other interviews is, and as `slot-unfit` where a panel may not hear the application. The
 * applicant gets a letter. The same time once more changes nothing.
 */
export const planOwedInterview = (deps: Deps, command: PlanOwed): Answer =>
  decideAgain(async (): Attempt => {
    const found = await owedPlace(deps, command, 'owed-interview.plan');
    if (!found.ok) return found;
    const { owed, place, candidacy } = found.value;
    if (candidacy.state.withdrawnAt) return refuse({ kind: 'not-in-stage' });
    if (owed && (await isPlannedAt(deps.records, owed.state, command))) return ok(owed);
    const seated = await seatedTimes(deps, { ...command, count: 1 }, place);
    if (!seated.ok) return seated;
    const { times, held, changes: sits } = seated.value;
    const [time] = times;
    if (!time) throw new Error('A plan of one time has none.');
    const now = deps.clock.now();
    const slot = { ...slotAt(deps, { roundId: command.roundId, time, held }), owed: true as const };
    const decision = decidePlan(owed?.state, slot, now);
    if (!decision.ok) return decision;
    const planned = changed(slotAggregate, slot.id, undefined, planSlot(slot, now)).after.state;
    const suits = await suiting(deps, found.value, planned);
    if (!suits.ok) return suits;
    const booked = bookSlot(planned, candidacy.state.applicationId, { now, zone: place.file.timeZone });
    if (!booked.ok) return booked;
    const { change, after } = changed(owedInterviewAggregate, candidacy.id, owed, decision.value);
    const taken = changed(slotAggregate, slot.id, undefined, [...planSlot(slot, now), ...booked.value]);
    const { changes, requires } = standsWithEffect(place, now);
    const told = { template: 'owed-interview-set', startsAt: time.startsAt, at: now } as const;
    const stored = await store(deps, {
      by: place.by,
      changes: [change, taken.change, ...sits, ...changes],
      documents: held.documents,
      // What the applicant needs is what was read.
      requires: [...requires, { aggregate: 'candidacy', id: candidacy.id, version: candidacy.version }],
      outbox: [await owedLetter(deps, found.value, { ...told, version: after.version })],
    });
    return stored.ok ? ok(after) : stored;
  }, triesInTurn);

/** A second press of the same form. */
const isPlannedAt = async (
  { find }: Pick<Records, 'find'>,
  { status, slotId }: OwedInterview,
  { from }: PlanOwed,
): Promise<boolean> =>
  status === 'planned' &&
  slotId !== undefined &&
  (await find(slotAggregate, slotId))?.state.startsAt === from;

/** That the panels may hear the application. */
const suiting = async (
  { records }: Deps,
  { place, candidacy }: OwedPlace,
  slot: Slot,
): Promise<Result<void, Refusal>> => {
  const book = await panelBook(records, place.round.state.id);
  const application = await records.find(applicationAggregate, candidacy.id);
  if (!application) throw new Error(`Candidacy ${candidacy.id} is of no application.`);
  const asked = await askedOf(records, candidacy.state, application.state);
  if (unfitOf(book, candidacy.state, asked, place.file)(slot).length > 0)
    return refuse({ kind: 'slot-unfit' });
  // It is one person's time: what they need is known, so whoever sets it says this.
  if (asked.stepFree && isStepsUntold(slot, heldStations(book, place.file, slot)))
    return refuse({ kind: 'invalid', faults: [{ place: 'stepFree', message: 'interview.fault.steps' }] });
  return ok(undefined);
};

/**
 * Takes the time of an interview back, for a reason that the applicant reads: it is granted as before and gets another one. Refused as
 * `too-late` once somebody has given a card; from its beginning on it is said that it was not held. A second press changes nothing.
 */
export const cancelOwedInterview = async (
  deps: Deps,
  command: CandidacyCommand & { reason: string; notHeld?: boolean | undefined },
): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  return await decideAgain(async (): Attempt => {
    const found = await owedPlace(deps, command, 'owed-interview.plan');
    if (!found.ok) return found;
    const { owed, place, candidacy } = found.value;
    const slot = owed?.state.slotId && (await deps.records.find(slotAggregate, owed.state.slotId));
    if (!owed || !slot) return owed ? ok(owed) : refuse({ kind: 'not-found', what: 'page' });
    const now = deps.clock.now();
    const at = { now, zone: place.file.timeZone };
    const off = { slot: slot.state, reason: reason.value.ref, notHeld: command.notHeld };
    const decision = decideCancel(owed.state, off, at);
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(owed);
    const { change, after } = changed(owedInterviewAggregate, candidacy.id, owed, decision.value);
    const freed = changed(slotAggregate, slot.id, slot, callOffSlot(slot.state, now));
    const risen = await seatingRisen(deps, command.roundId, [slot.state]);
    const { changes, requires } = standsWithEffect(place, now);
    const told = { template: 'owed-interview-cancelled', startsAt: slot.state.startsAt, at: now } as const;
    const stored = await store(deps, {
      by: place.by,
      changes: [change, freed.change, ...risen, ...changes],
      documents: [reason.value],
      requires,
      outbox: [await owedLetter(deps, found.value, { ...told, version: after.version })],
    });
    return stored.ok ? ok(after) : stored;
  });
};
