import * as z from 'zod';
import type { ClaimTexts } from '#functions/commands/claim-reading.ts';
import { ChangedItem, ClaimGrounds, Granted, type ResultClaim } from '#shared/domain/claim.ts';
import { decideClaimBy, isClaimOverdue } from '#shared/domain/claim-rule.ts';
import { ApplicationNumber, ClaimId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { Instant } from '#shared/domain/time.ts';

/** What an upheld claim grants; whose card it was stays with the committee. */
export const CorrectedAnswer = z.object({
  ...Granted.shape,
  items: z.array(ChangedItem.omit({ raterId: true })).optional(),
});

const said = {
  grounds: ClaimGrounds,
  text: z.string(),
  evidence: z.array(z.string()).optional(),
  filedAt: Instant,
  /** By its owner, who may claim again while claims are accepted. */
  withdrawnAt: Instant.optional(),
};

export const ClaimAnswer = z.object({
  id: ClaimId,
  number: ApplicationNumber,
  ...said,
  /** By when the committee decides it, where the round file says a time; and whether that was or is over. */
  decideBy: Instant.optional(),
  overdue: z.boolean().optional(),
  status: z.enum(['open', 'withdrawn', 'rejected', 'upheld']),
  decidedAt: Instant.optional(),
  reason: z.string().optional(),
  corrected: CorrectedAnswer.optional(),
  /** What it was before, oldest first. */
  earlier: z.array(z.object({ ...said, status: z.literal('withdrawn') })).optional(),
});

const decideBy = (
  claim: ResultClaim,
  { file, now }: { file: RoundFile; now: Instant },
): { decideBy?: Instant; overdue?: boolean } => {
  const by = claim.status === 'withdrawn' ? undefined : decideClaimBy(file, claim);
  return by ? { decideBy: by, overdue: isClaimOverdue(file, claim, now) } : {};
};

/** A claim with what was typed in it. */
export const claimAnswer = (
  claim: ResultClaim,
  { text, reason, earlier }: ClaimTexts,
  at: { file: RoundFile; now: Instant },
): z.input<typeof ClaimAnswer> => {
  const before = claim.earlier?.map((one, index) => ({ ...one, ...textsBefore(earlier[index]) }));
  return { ...claim, ...decideBy(claim, at), text, reason, earlier: before };
};

const textsBefore = ({ text, reason }: ClaimTexts['earlier'][number] = { text: '', reason: '' }) => ({
  text,
  ...(reason && { reason }),
});
