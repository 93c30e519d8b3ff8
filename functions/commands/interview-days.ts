import { calledOffSlots } from '#functions/commands/called-off.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { slotsIn } from '#functions/commands/interview-reading.ts';
import { eachOf } from '#functions/commands/selection.ts';
import {
  atWork,
  type CommitteeCommand,
  type OpenWorkplace,
  workplace,
} from '#functions/commands/workplace.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { inConflict } from '#shared/domain/committee.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { ApplicationId, ApplicationNumber, Sha256 } from '#shared/domain/ids.ts';
import { daysOf, type InterviewDay, isOnDay } from '#shared/domain/interview-day.ts';
import { type Panel, panelsAggregate } from '#shared/domain/panel.ts';
import type { Slot } from '#shared/domain/slot.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;

export type DayCommand = CommitteeCommand & InterviewDay;

/** More would only wait for each other in the client. */
const readsAtOnce = 32;

/** What stands in the plan of one day of one holder, and what was called off there. */
export type DayCounts = InterviewDay & { times: number; booked: number; calledOff: number };

/** The days of a round's interviews, each with who holds them. */
export const interviewDays = async (
  deps: Reads,
  command: CommitteeCommand,
): Promise<
  Result<{ place: OpenWorkplace; panels: readonly Panel[]; days: readonly DayCounts[] }, Refusal>
> => {
  const found = await planningPlace(deps, command);
  if (!found.ok) return found;
  const { place, panels } = found.value;
  const zone = place.file.timeZone;
  const planned = await slotsIn(deps.records, command.roundId);
  const off = await calledOffIn(deps, command);
  const days = daysOf([...planned, ...off], zone).map((one) => {
    const own = planned.filter((slot) => isOnDay(slot, one, zone));
    const booked = own.filter(({ applicationId }) => applicationId).length;
    const calledOff = off.filter((slot) => isOnDay(slot, one, zone)).length;
    return Object.assign({}, one, { times: own.length, booked, calledOff });
  });
  return ok({ place, panels, days });
};

/** One time of a day; `stays` says why it is not called off: a scorecard was given, the applicant missed it, somebody else must do it, or it has begun and may have been held. */
export type DayTime = {
  slot: Slot;
  applicationId?: ApplicationId;
  number?: ApplicationNumber;
  stays?: 'held' | 'missed' | 'conflict' | 'begun';
};

export type DayView = InterviewDay & {
  place: OpenWorkplace;
  panels: readonly Panel[];
  /** In the order of time. */
  times: readonly DayTime[];
  /** Called off before, and may be restored. */
  calledOff: readonly DayTime[];
  /** SHA-256 of what would be called off: what is confirmed is what was seen. */
  digest: Sha256;
};

/** Everything that calling off a day would take from whom, before anybody is told. */
export const viewDay = async (deps: Reads, command: DayCommand): Promise<Result<DayView, Refusal>> => {
  const found = await planningPlace(deps, command);
  if (!found.ok) return found;
  const { place, panels } = found.value;
  const isOwn = (slot: Slot): boolean => isOnDay(slot, command, place.file.timeZone);
  const planned = (await slotsIn(deps.records, command.roundId)).filter(isOwn);
  const off = (await calledOffIn(deps, command)).filter(isOwn);
  const timeOf = timeOn(deps, place);
  const times = await eachOf(planned, readsAtOnce, (slot) => timeOf(slot, slot.applicationId));
  const calledOff = await eachOf(off, readsAtOnce, (slot) => timeOf(slot, slot.calledOff?.applicationId));
  const { day, holder } = command;
  return ok({ place, panels, day, holder, times, calledOff, digest: digestOf(times) });
};

/** The times that calling off a day takes out of the plan. */
export const leaving = (times: readonly DayTime[]): DayTime[] => times.filter(({ stays }) => !stays);

const digestOf = (times: readonly DayTime[]): Sha256 =>
  sha256Of(canonicalJson(leaving(times).map(({ slot, applicationId = null }) => [slot.id, applicationId])));

const timeOn =
  ({ records, clock }: Reads, { by, committee }: OpenWorkplace) =>
  async (slot: Slot, applicationId: ApplicationId | undefined): Promise<DayTime> => {
    if (!applicationId) return { slot };
    const candidacy = (await records.find(candidacyAggregate, applicationId))?.state;
    if (!candidacy) throw new Error(`Slot ${slot.id} is of no candidacy.`);
    if (inConflict(committee.state, by.id, applicationId)) return { slot, stays: 'conflict' };
    const about = { slot, applicationId, number: candidacy.number };
    if (candidacy.scorecards.length > 0) return { ...about, stays: 'held' };
    const isMissed = candidacy.missedInterview || candidacy.withdrawnAt;
    if (isMissed) return { ...about, stays: 'missed' };
    return slot.startsAt <= clock.now() ? { ...about, stays: 'begun' } : about;
  };

/** Called off and not begun yet, in the order of time. */
const calledOffIn = async ({ records, clock }: Reads, { roundId }: CommitteeCommand): Promise<Slot[]> => {
  const now = clock.now();
  return (await calledOffSlots(records, roundId)).filter(({ startsAt }) => startsAt > now);
};

const planningPlace = async (
  deps: Reads,
  command: CommitteeCommand,
): Promise<Result<{ place: OpenWorkplace; panels: readonly Panel[] }, Refusal>> => {
  const found = await workplace(deps, command, 'interview.plan');
  const place = found.ok ? atWork(found.value) : found;
  if (!place.ok) return place;
  const panels = await deps.records.find(panelsAggregate, command.roundId);
  return ok({ place: place.value, panels: panels?.state.panels ?? [] });
};
