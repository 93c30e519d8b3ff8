import type {
  ChangedItem,
  ClaimEvent,
  ClaimGrounds,
  Correction,
  Granted,
  ResultClaim,
} from '#shared/domain/claim.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { ApplicationId, ApplicationNumber, ClaimId, PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import { acceptsClaims } from '#shared/domain/round-advance.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<ClaimEvent[], Refusal>;

export type Filing = {
  id: ClaimId;
  applicationId: ApplicationId;
  number: ApplicationNumber;
  grounds: ClaimGrounds;
  text: DocumentRef;
  evidence?: string[];
};

/**
 * Files a claim about the preliminary results, before the window closes: the deadline itself is `too-late`. An
 * application that is not among the results, or was withdrawn, is `not-in-stage`.
 */
export const fileClaim = (
  round: Round,
  filing: Filing,
  { standing, withdrawn }: { standing: Standing | undefined; withdrawn: boolean },
  now: Instant,
): Decision => {
  const open = acceptsClaims(round, now);
  if (!open.ok) return open;
  if (!standing || withdrawn) return refuse({ kind: 'not-in-stage' });
  return ok([{ type: 'claim-filed', at: now, roundId: round.id, ...filing }]);
};

/**
 * Takes the own claim back before it is decided; a second time changes nothing.
 * @param filedAt of the claim that its owner saw: one that was made again since is another one
 */
export const withdrawClaim = (
  claim: ResultClaim,
  { filedAt }: Pick<ResultClaim, 'filedAt'>,
  now: Instant,
): Decision => {
  if (claim.filedAt !== filedAt) return refuse({ kind: 'changed-meanwhile' });
  if (claim.status === 'withdrawn') return ok([]);
  if (claim.status !== 'open') return refuse({ kind: 'already-decided', decidedAt: claim.decidedAt });
  return ok([{ type: 'claim-withdrawn', at: now }]);
};

/** How a claim is decided; upheld, it corrects at least one total, or finds that an interview is owed. */
export type ClaimVerdict = { verdict: 'rejected' } | { verdict: 'upheld'; corrected: Granted };

/**
 * Decides a claim once, with a reason that the applicant reads.
 * @param decision `shown`: the digest of the effects that whoever upholds it has seen
 */
export const decideClaim = (
  claim: ResultClaim,
  decision: ClaimVerdict & { by: PersonId; reason: DocumentRef | undefined; shown?: Sha256 | undefined },
  now: Instant,
): Decision => {
  const { by, reason } = decision;
  const sound = isSound(claim, decision);
  if (!sound.ok) return sound;
  if (!reason) return refuse({ kind: 'reason-needed' });
  if (decision.verdict === 'rejected') return ok([{ type: 'claim-rejected', at: now, by, reason }]);
  const { corrected, shown } = decision;
  return ok([{ type: 'claim-upheld', at: now, by, reason, corrected, ...(shown && { shown }) }]);
};

/** Whether a claim may be decided so, before anything is counted: it is open, and there is a reason and something that is granted. */
export const isSound = (
  claim: ResultClaim,
  {
    reason,
    ...verdict
  }: ({ verdict: 'rejected' } | { verdict: 'upheld'; corrected: Grant }) & {
    reason: DocumentRef | undefined;
  },
): Result<void, Refusal> => {
  const open = isOpen(claim);
  if (!open.ok) return open;
  if (!reason) return refuse({ kind: 'reason-needed' });
  const faults = verdict.verdict === 'upheld' ? grantFaults(verdict.corrected) : [];
  return faults.length > 0 ? refuse({ kind: 'invalid', faults }) : ok(undefined);
};

/** Whether a claim waits for a decision. */
export const isOpen = (claim: ResultClaim): Result<void, Refusal> => {
  if (claim.status === 'withdrawn')
    return refuse({ kind: 'claim-withdrawn', withdrawnAt: claim.withdrawnAt });
  return claim.status === 'open'
    ? ok(undefined)
    : refuse({ kind: 'already-decided', decidedAt: claim.decidedAt });
};

type Grant = Omit<Granted, 'items'> & { items?: readonly Pick<ChangedItem, 'part'>[] | undefined };

/**
 * What is wrong with what a claim is granted. Nobody gets a total of the interview and the interview; totals that are counted from changed points are
 * what they come to.
 */
export const grantFaults = ({ interviewOwed, items = [], ...corrected }: Grant): Fault[] => {
  const counted = new Set(items.map(({ part }) => part));
  if (interviewOwed && (corrected.interview !== undefined || counted.has('interview')))
    return [{ place: 'interview', message: 'results.fault.owed' }];
  const typed = parts.filter((part) => corrected[part] !== undefined && !counted.has(part));
  const isEnough = (interviewOwed === true || items.length > 0) && typed.length === 0;
  return isEnough ? [] : correctionFaults(Object.fromEntries(typed.map((part) => [part, corrected[part]])));
};

const parts = ['scoring', 'interview'] as const;

/** Percent from 0 to 100 with at most four decimals, at least one of the two. */
export const correctionFaults = (corrected: Correction): Fault[] => {
  const given = parts.filter((part) => corrected[part] !== undefined);
  if (given.length === 0) return [{ place: 'scoring', message: 'results.fault.correction-needed' }];
  return given.flatMap((part) =>
    isPercent(corrected[part] ?? 0) ? [] : [{ place: part, message: 'results.fault.percent' }],
  );
};

const isPercent = (value: number): boolean =>
  value >= 0 && value <= 100 && Math.round(value * 10_000) / 10_000 === value;
