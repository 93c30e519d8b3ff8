import { type CandidacyCommand, candidacyPlace } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type PlacedPart, placedSlots } from '#functions/commands/interview-stations.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import { seatingRisen } from '#functions/commands/seating-book.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import {
  atWork,
  type CommitteeCommand,
  type OpenWorkplace,
  stands,
  workplace,
} from '#functions/commands/workplace.ts';
import type { Application } from '#shared/domain/application.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationNumber, SlotId } from '#shared/domain/ids.ts';
import { callOffInterview as decideCallOff } from '#shared/domain/interview.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { panelsAggregate } from '#shared/domain/panel.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { type Slot, slotAggregate } from '#shared/domain/slot.ts';
import { callOffSlot } from '#shared/domain/slot-decisions.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;
type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;

export type SlotCommand = CommitteeCommand & { slotId: SlotId };

/** A booked time as the secretary sees it before calling it off: every part goes with it. `isHeld`: a scorecard was given, so at least a part has been held; `hasBegun`: it may have been, and `isWritten`: somebody has written of it. */
export type BookedTime = {
  slot: Slot;
  parts: readonly PlacedPart[];
  number: ApplicationNumber;
  file: RoundFile;
  isHeld: boolean;
  hasBegun: boolean;
  isWritten: boolean;
};

export const bookedTime = async (deps: Reads, command: SlotCommand): Promise<Result<BookedTime, Refusal>> => {
  const found = await bookedPlace(deps, command);
  if (!found.ok) return found;
  const { slot, place, candidacy } = found.value;
  if (!candidacy) return refuse({ kind: 'changed-meanwhile' });
  const { file } = place;
  const panels = await deps.records.find(panelsAggregate, command.roundId);
  const [placed] = await placedSlots(deps.records, [slot.state], { panels, interviews: file.interviews });
  const { number, scorecards, scorecardDrafts = [], notes = [] } = candidacy.state;
  return ok({
    slot: slot.state,
    parts: placed?.parts ?? [],
    number,
    file,
    isHeld: scorecards.length > 0,
    hasBegun: deps.clock.now() >= slot.state.startsAt,
    isWritten: scorecardDrafts.length + notes.length > 0,
  });
};

/**
 * Calls an interview off that cannot be held when it was booked: the time leaves the plan, the applicant has none again,
 * gets a letter, reads the reason on the page of the interview, and may book another time. Once somebody has given a
 * scorecard it has been held; from its beginning on it is said that it was not. A second press changes nothing.
 */
export const callInterviewOff = (
  deps: Deps,
  command: SlotCommand & { reason: string; notHeld?: boolean | undefined },
): Promise<Result<Versioned<Slot>, Refusal>> =>
  decideAgain(async (): Promise<Result<Versioned<Slot>, Refusal | LostRace>> => {
    const found = await bookedPlace(deps, command);
    if (!found.ok) return found;
    const { slot, place, candidacy } = found.value;
    if (slot.state.removedAt) return ok(slot);
    if (!candidacy) return refuse({ kind: 'changed-meanwhile' });
    const reason = neededReason(deps, command);
    if (!reason.ok) return reason;
    const now = deps.clock.now();
    const at = { now, zone: place.file.timeZone };
    const off = { slot: slot.state, reason: reason.value.ref, notHeld: command.notHeld };
    const decision = decideCallOff(candidacy.state, off, at);
    if (!decision.ok) return decision;
    const freed = changed(slotAggregate, slot.id, slot, callOffSlot(slot.state, now));
    const ended = changed(candidacyAggregate, candidacy.id, candidacy, decision.value);
    const application = await deps.records.find(applicationAggregate, candidacy.id);
    if (!application) throw new Error(`Candidacy ${candidacy.id} is of no application.`);
    const risen = await seatingRisen(deps, command.roundId, [slot.state]);
    const told = { slot: slot.state, version: ended.after.version, at: now };
    const stored = await store(deps, {
      by: place.by,
      changes: [freed.change, ended.change, ...risen],
      documents: [reason.value],
      requires: stands(place),
      outbox: [calledOffLetter(application.state, place, told)],
    });
    return stored.ok ? ok(freed.after) : stored;
  });

type BookedPlace = {
  place: OpenWorkplace;
  slot: Versioned<Slot>;
  /** Whose it is; nobody's when the applicant gave it back. */
  candidacy: Versioned<Candidacy> | undefined;
};

const bookedPlace = async (deps: Reads, command: SlotCommand): Promise<Result<BookedPlace, Refusal>> => {
  const found = await workplace(deps, command, 'interview.plan');
  const place = found.ok ? atWork(found.value) : found;
  if (!place.ok) return place;
  const slot = await deps.records.find(slotAggregate, command.slotId);
  if (slot?.state.roundId !== command.roundId) return refuse({ kind: 'not-found', what: 'slot' });
  const { applicationId } = slot.state;
  if (!applicationId) return ok({ place: place.value, slot, candidacy: undefined });
  const about: CandidacyCommand = { by: command.by, roundId: command.roundId, applicationId };
  const booked = await candidacyPlace(deps, about, 'interview.plan');
  return booked.ok ? ok({ place: place.value, slot, candidacy: booked.value.candidacy }) : booked;
};

/** Told once: the letter is named after the version that the calling off made. */
export const calledOffLetter = (
  { id, number, roundId, personId }: Application,
  { round }: OpenWorkplace,
  { slot, version, at }: { slot: Slot; version: number; at: Instant },
): OutboxMessage => {
  const { intake, timeZone: zone } = round.state.plan;
  const facts = { applicationId: id, number, roundId, intake, zone, startsAt: slot.startsAt };
  const body = { kind: 'letter', template: 'interview-called-off', personId, facts } as const;
  return { id: `interview-called-off#${id}#${version}`, at, body };
};
