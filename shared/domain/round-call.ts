import * as z from 'zod';
import type { DocumentRef } from '#shared/domain/document.ts';
import { type RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { RegionCode } from '#shared/domain/region.ts';
import {
  type Plan,
  type RegisterPin,
  type Round,
  type RoundEvent,
  type RoundIn,
  wrongStage,
} from '#shared/domain/round.ts';
import { isRunning } from '#shared/domain/round-record.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

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
 * Opens the call: from here on file and register are the ones pinned. Opened before its `opensAt` it is announced: everyone
 * can read it, and applications are taken from that moment on. Refused as `changed-meanwhile` when they are
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

/** Ends the call at its deadline and the grace after it, which are compared here and not by whoever asks. Already ended changes nothing. */
export const closeRoundCall = (round: Round, now: Instant): Decision => {
  if (round.stage === 'draft') return wrongStage(round);
  if (round.stage !== 'call') return ok([]);
  const until = lastMoment(round);
  if (now < until) return refuse({ kind: 'too-early', until, zone: round.plan.timeZone });
  return ok([{ type: 'call-closed', at: now }]);
};

/** From any stage but a closed one; cancelling again changes nothing. */
export const cancel = (round: Round, reason: DocumentRef, now: Instant): Decision => {
  if (round.stage === 'closed') return wrongStage(round);
  if (round.stage === 'cancelled') return ok([]);
  return ok([{ type: 'round-cancelled', at: now, reason }]);
};

/**
 * Another execution for a round whose own is gone; one that was not opened, was cancelled, or has its minutes needs none.
 * @param ended the attempt that was found ended; when the round is past it, somebody else restarted it already
 */
export const restartExecution = (round: Round, ended: number, now: Instant): Decision => {
  if (!isRunning(round)) return wrongStage(round);
  if (round.attempt !== ended) return refuse({ kind: 'changed-meanwhile' });
  return ok([{ type: 'execution-restarted', at: now, attempt: round.attempt + 1 }]);
};

/** Announced, but applications are not taken yet. */
export const isComing = (round: Round, now: Instant): boolean =>
  round.stage === 'call' && round.plan.opensAt !== undefined && now < round.plan.opensAt;

/** Whether people may apply at this moment, and if not, why. The deadline itself is already too late. */
export const acceptsApplications = (round: Round, now: Instant): Result<RoundIn<'call'>, Refusal> => {
  if (round.stage === 'draft') return refuse({ kind: 'not-found', what: 'round' });
  if (round.stage === 'cancelled') return wrongStage(round);
  const zone = round.plan.timeZone;
  if (round.stage !== 'call' || now >= round.closesAt)
    return refuse({ kind: 'too-late', closesAt: round.closesAt, zone, of: 'applications' });
  const opensAt = round.plan.opensAt;
  if (opensAt && now < opensAt) return refuse({ kind: 'too-early', until: opensAt, zone });
  return ok(round);
};

/**
 * Whether what somebody has begun may still be changed and handed in: as long as the call takes applications, and in the grace
 * after it. Nobody begins anew in it.
 */
export const acceptsChanges = (round: Round, now: Instant): Result<RoundIn<'call'>, Refusal> => {
  const late = round.stage === 'call' && now >= round.closesAt && now < lastMoment(round);
  return late ? ok(round) : acceptsApplications(round, now);
};

/** Until when what was begun is still taken, though the deadline has passed; undefined before it, and once that is over too. */
export const graceOf = (round: Round, now: Instant): Instant | undefined => {
  if (acceptsApplications(round, now).ok) return undefined;
  const taking = acceptsChanges(round, now);
  return taking.ok ? lastMoment(taking.value) : undefined;
};

/** When a call truly ends: its deadline, and the grace that its round file gives to what was begun before. */
export const lastMoment = ({ closesAt, plan }: Pick<RoundIn<'call'>, 'closesAt' | 'plan'>): Instant =>
  plan.graceSeconds ? addSeconds(closesAt, plan.graceSeconds) : closesAt;

const secondsPerDay = 86_400;

/** No deadline may be moved further ahead than this. */
const longestExtensionDays = 365;

const latestEnd = ({ plan }: Round, now: Instant): Instant => {
  const inOneYear = addSeconds(now, longestExtensionDays * secondsPerDay);
  return plan.stageEndsAt && plan.stageEndsAt < inOneYear ? plan.stageEndsAt : inOneYear;
};
