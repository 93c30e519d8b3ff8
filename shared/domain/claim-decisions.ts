import type { ClaimEvent, ClaimGrounds, Correction, Granted, ResultClaim } from '#shared/domain/claim.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { ApplicationId, ApplicationNumber, ClaimId, PersonId } from '#shared/domain/ids.ts';
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

/** How a claim is decided; upheld, it corrects at least one total, or finds that an interview is owed. */
export type ClaimVerdict = { verdict: 'rejected' } | { verdict: 'upheld'; corrected: Granted };

/** Decides a claim once, with a reason that the applicant reads. */
export const decideClaim = (
  claim: ResultClaim,
  decision: ClaimVerdict & { by: PersonId; reason: DocumentRef | undefined },
  now: Instant,
): Decision => {
  if (claim.status !== 'open') return refuse({ kind: 'already-decided', decidedAt: claim.decidedAt });
  const { by, reason } = decision;
  if (!reason) return refuse({ kind: 'reason-needed' });
  if (decision.verdict === 'rejected') return ok([{ type: 'claim-rejected', at: now, by, reason }]);
  const faults = grantFaults(decision.corrected);
  if (faults.length > 0) return refuse({ kind: 'invalid', faults });
  return ok([{ type: 'claim-upheld', at: now, by, reason, corrected: decision.corrected }]);
};

/** The same of what a claim is granted. Nobody gets a total of the interview and the interview. */
export const grantFaults = ({ interviewOwed, ...corrected }: Granted): Fault[] => {
  if (!interviewOwed) return correctionFaults(corrected);
  if (corrected.interview !== undefined) return [{ place: 'interview', message: 'results.fault.owed' }];
  return corrected.scoring === undefined ? [] : correctionFaults(corrected);
};

/** Percent from 0 to 100 with at most four decimals, at least one of the two. */
export const correctionFaults = (corrected: Correction): Fault[] => {
  const parts = (['scoring', 'interview'] as const).filter((part) => corrected[part] !== undefined);
  if (parts.length === 0) return [{ place: 'scoring', message: 'results.fault.correction-needed' }];
  return parts.flatMap((part) =>
    isPercent(corrected[part] ?? 0) ? [] : [{ place: part, message: 'results.fault.percent' }],
  );
};

const isPercent = (value: number): boolean =>
  value >= 0 && value <= 100 && Math.round(value * 10_000) / 10_000 === value;
