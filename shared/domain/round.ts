import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { RoundId, Sha256 } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { addSeconds, Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** The stages of a round in their order (DESIGN 2); `cancelled` can be reached from any but `closed`. */
export const Stage = z.enum([
  'draft',
  'call',
  'screening',
  'scoring',
  'interviews',
  'preliminary',
  'claims',
  'offers',
  'onboarding',
  'closed',
  'cancelled',
]);
export type Stage = z.infer<typeof Stage>;

/** What the machine and the lists need of the round file; the rest is read from the file itself. */
const Plan = z.object({
  /** SHA-256 of the round file's exact bytes. */
  file: Sha256,
  intake: z.string(),
  opensAt: Instant.optional(),
  closesAt: Instant,
  /** The earliest end that the file names for a stage after the call: no extension may reach it. */
  stageEndsAt: Instant.optional(),
  minimumDays: z.int(),
  /** Moments are told to people as the clocks of this zone show them. */
  timeZone: z.string(),
});
export type Plan = z.infer<typeof Plan>;

const RegisterPin = z.object({ sha256: Sha256, vacancies: z.int(), posts: z.int() });
export type RegisterPin = z.infer<typeof RegisterPin>;

const common = { id: RoundId, region: RegionCode, draftedAt: Instant, plan: Plan };
/** Pinned when the call opened; `attempt` counts executions of the machine, `closesAt` follows extensions. */
const opened = {
  ...common,
  register: RegisterPin,
  openedAt: Instant,
  closesAt: Instant,
  attempt: z.int().min(1),
};

export const Round = z.discriminatedUnion('stage', [
  z.object({ ...common, stage: z.literal('draft'), register: RegisterPin.optional() }),
  z.object({ ...opened, stage: z.literal('call') }),
  z.object({ ...opened, stage: z.literal('screening'), closedAt: Instant }),
  z.object({ ...opened, stage: z.literal('scoring') }),
  z.object({ ...opened, stage: z.literal('interviews') }),
  z.object({ ...opened, stage: z.literal('preliminary') }),
  z.object({ ...opened, stage: z.literal('claims') }),
  z.object({ ...opened, stage: z.literal('offers') }),
  z.object({ ...opened, stage: z.literal('onboarding') }),
  z.object({ ...opened, stage: z.literal('closed'), endedAt: Instant }),
  z.object({
    ...common,
    stage: z.literal('cancelled'),
    /** The stage that the round was in. */
    from: Stage,
    register: RegisterPin.optional(),
    openedAt: Instant.optional(),
    closesAt: Instant.optional(),
    attempt: z.int().optional(),
    cancelledAt: Instant,
    reason: DocumentRef,
  }),
]);
export type Round = z.infer<typeof Round>;
export type RoundIn<S extends Stage> = Extract<Round, { stage: S }>;

export const RoundEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('round-drafted'), at: Instant, id: RoundId, region: RegionCode, plan: Plan }),
  z.object({ type: z.literal('round-file-replaced'), at: Instant, plan: Plan }),
  z.object({ type: z.literal('vacancies-imported'), at: Instant, register: RegisterPin }),
  z.object({
    type: z.literal('call-opened'),
    at: Instant,
    file: Sha256,
    register: RegisterPin,
    closesAt: Instant,
    attempt: z.int(),
  }),
  z.object({ type: z.literal('deadline-extended'), at: Instant, closesAt: Instant }),
  /** The execution was missing and another one was asked for. */
  z.object({ type: z.literal('execution-restarted'), at: Instant, attempt: z.int() }),
  z.object({ type: z.literal('call-closed'), at: Instant }),
  z.object({ type: z.literal('round-cancelled'), at: Instant, reason: DocumentRef }),
]);
export type RoundEvent = z.infer<typeof RoundEvent>;

type Decision = Result<RoundEvent[], Refusal>;

/** Begins a round from a round file that was read without a fault. */
export const draftRound = (id: RoundId, region: RegionCode, plan: Plan, now: Instant): RoundEvent[] => [
  { type: 'round-drafted', at: now, id, region, plan },
];

/** Only a draft's file may change; the same file again changes nothing. */
export const replaceFile = (round: Round, plan: Plan, now: Instant): Decision => {
  if (round.stage !== 'draft') return wrongStage(round);
  return ok(round.plan.file === plan.file ? [] : [{ type: 'round-file-replaced', at: now, plan }]);
};

/** Only a draft's vacancies may change; the same register again changes nothing. */
export const importRegister = (round: Round, register: RegisterPin, now: Instant): Decision => {
  if (round.stage !== 'draft') return wrongStage(round);
  const same = round.register?.sha256 === register.sha256;
  return ok(same ? [] : [{ type: 'vacancies-imported', at: now, register }]);
};

/** What somebody looked at before opening, by SHA-256: exactly this is pinned, or nothing is. */
export const Previewed = z.strictObject({ file: Sha256, register: Sha256 });
export type Previewed = z.infer<typeof Previewed>;

/**
 * Opens the call: from here on file and register are the ones pinned. Refused as `changed-meanwhile` when they are
 * not the ones that were looked at. Opening an open call changes nothing.
 */
export const openRound = (round: Round, previewed: Previewed, now: Instant): Decision => {
  if (round.stage !== 'draft' && round.stage !== 'call') return wrongStage(round);
  if (!round.register) return refuse({ kind: 'no-vacancies' });
  const { file, closesAt, minimumDays, timeZone: zone } = round.plan;
  if (file !== previewed.file || round.register.sha256 !== previewed.register) {
    return refuse({ kind: 'changed-meanwhile' });
  }
  if (round.stage === 'call') return ok([]);
  if (now >= closesAt) return refuse({ kind: 'too-late', closesAt, zone });
  if (addSeconds(now, minimumDays * secondsPerDay) > closesAt) {
    return refuse({ kind: 'call-too-short', minimumDays, closesAt, zone });
  }
  return ok([{ type: 'call-opened', at: now, file, register: round.register, closesAt, attempt: 1 }]);
};

/**
 * Only later, and only while the call is open: nobody may lose time that was promised. Less than a year ahead and
 * before any stage after the call ends: a slip in the year must not reach every applicant by letter.
 */
export const extendCall = (round: Round, closesAt: Instant, now: Instant): Decision => {
  if (round.stage !== 'call') return wrongStage(round);
  const zone = round.plan.timeZone;
  if (now >= round.closesAt) return refuse({ kind: 'too-late', closesAt: round.closesAt, zone });
  if (closesAt === round.closesAt) return ok([]);
  if (closesAt < round.closesAt) {
    return refuse({ kind: 'deadline-not-later', closesAt: round.closesAt, zone });
  }
  const before = latestEnd(round, now);
  if (closesAt >= before) return refuse({ kind: 'deadline-too-late', before, zone });
  return ok([{ type: 'deadline-extended', at: now, closesAt }]);
};

/** Ends the call at its deadline, which is compared here and not by whoever asks. Already ended changes nothing. */
export const closeRoundCall = (round: Round, now: Instant): Decision => {
  if (round.stage === 'draft') return wrongStage(round);
  if (round.stage !== 'call') return ok([]);
  if (now < round.closesAt)
    return refuse({ kind: 'too-early', until: round.closesAt, zone: round.plan.timeZone });
  return ok([{ type: 'call-closed', at: now }]);
};

/** From any stage but a closed one; cancelling again changes nothing. */
export const cancel = (round: Round, reason: DocumentRef, now: Instant): Decision => {
  if (round.stage === 'closed') return wrongStage(round);
  if (round.stage === 'cancelled') return ok([]);
  return ok([{ type: 'round-cancelled', at: now, reason }]);
};

/**
 * Another execution for a round whose own is gone; a finished or unopened round needs none.
 * @param ended the attempt that was found ended; when the round is past it, somebody else restarted it already
 */
export const restartExecution = (round: Round, ended: number, now: Instant): Decision => {
  if (round.stage === 'draft' || round.stage === 'closed' || round.stage === 'cancelled')
    return wrongStage(round);
  if (round.attempt !== ended) return refuse({ kind: 'changed-meanwhile' });
  return ok([{ type: 'execution-restarted', at: now, attempt: round.attempt + 1 }]);
};

/** Whether people may apply at this moment, and if not, why. The deadline itself is already too late. */
export const acceptsApplications = (round: Round, now: Instant): Result<RoundIn<'call'>, Refusal> => {
  if (round.stage === 'draft') return refuse({ kind: 'not-found', what: 'round' });
  if (round.stage === 'cancelled') return wrongStage(round);
  const zone = round.plan.timeZone;
  if (round.stage !== 'call' || now >= round.closesAt)
    return refuse({ kind: 'too-late', closesAt: round.closesAt, zone });
  const opensAt = round.plan.opensAt;
  if (opensAt && now < opensAt) return refuse({ kind: 'too-early', until: opensAt, zone });
  return ok(round);
};

/** `KZ-19-<roundId>-1`: one execution per attempt, the same name asked for twice starts nothing new. */
export const executionName = (round: { region: RegionCode; id: RoundId; attempt: number }): string =>
  `${round.region}-${round.id}-${round.attempt}`;

export const roundAggregate: Aggregate<Round, RoundEvent> = {
  name: 'round',
  event: RoundEvent,
  snapshot: Round,
  evolve: (round, event) => {
    if (event.type === 'round-drafted') {
      return { id: event.id, region: event.region, draftedAt: event.at, plan: event.plan, stage: 'draft' };
    }
    if (!round) throw new Error(`A round cannot begin with ${event.type}.`);
    return evolveRound(round, event);
  },
  lists: (round) => ({ list: { key: roundsOf(round.region), sort: `${round.draftedAt}#${round.id}` } }),
};

/** All rounds of a region; read in descending order for the newest first. */
export const roundsOf = (region: RegionCode): string => `ROUNDS#${region}`;

const secondsPerDay = 86_400;

/** No deadline may be moved further ahead than this. */
const longestExtensionDays = 365;

const latestEnd = ({ plan }: Round, now: Instant): Instant => {
  const inOneYear = addSeconds(now, longestExtensionDays * secondsPerDay);
  return plan.stageEndsAt && plan.stageEndsAt < inOneYear ? plan.stageEndsAt : inOneYear;
};

const wrongStage = (round: Round): Result<never, Refusal> =>
  refuse({ kind: 'wrong-stage', stage: round.stage });

const evolveRound = (round: Round, event: Exclude<RoundEvent, { type: 'round-drafted' }>): Round => {
  switch (event.type) {
    case 'round-file-replaced':
      return { ...round, plan: event.plan };
    case 'vacancies-imported':
      return { ...round, register: event.register };
    case 'call-opened': {
      const { id, region, draftedAt, plan } = round;
      const { register, closesAt, attempt } = event;
      return { id, region, draftedAt, plan, register, openedAt: event.at, closesAt, attempt, stage: 'call' };
    }
    case 'deadline-extended':
      return { ...inCall(round), closesAt: event.closesAt };
    case 'execution-restarted':
      return { ...running(round), attempt: event.attempt };
    case 'call-closed':
      return { ...inCall(round), stage: 'screening', closedAt: event.at };
    case 'round-cancelled':
      return cancelled(round, event);
    default:
      return event satisfies never;
  }
};

const inCall = (round: Round): RoundIn<'call'> => {
  if (round.stage !== 'call') throw new Error(`A round in ${round.stage} has no open call.`);
  return round;
};

type Running = Exclude<Round, { stage: 'draft' | 'closed' | 'cancelled' }>;

const running = (round: Round): Running => {
  if (round.stage === 'draft' || round.stage === 'closed' || round.stage === 'cancelled') {
    throw new Error(`A round in ${round.stage} has no execution.`);
  }
  return round;
};

const cancelled = (round: Round, event: { at: Instant; reason: DocumentRef }): Round => {
  const { id, region, draftedAt, plan, register } = round;
  const open = round.stage === 'draft' ? {} : pick(round);
  return {
    id,
    region,
    draftedAt,
    plan,
    ...open,
    ...(register && { register }),
    stage: 'cancelled',
    from: round.stage,
    cancelledAt: event.at,
    reason: event.reason,
  };
};

const pick = (round: Exclude<Round, { stage: 'draft' }>) => ({
  ...(round.openedAt && { openedAt: round.openedAt }),
  ...(round.closesAt && { closesAt: round.closesAt }),
  ...(round.attempt && { attempt: round.attempt }),
});
