import * as z from 'zod';
import type { ClaimTexts } from '#functions/commands/claim-reading.ts';
import {
  ChangedItem,
  ClaimGrounds,
  type EarlierClaim,
  Granted,
  isDecided,
  type ResultClaim,
} from '#shared/domain/claim.ts';
import { clockStart, decideClaimBy, isClaimOverdue } from '#shared/domain/claim-rule.ts';
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
  /** Of an open one; goes into the decision. */
  openSince: Instant.optional(),
  status: z.enum(['open', 'withdrawn', 'rejected', 'upheld']),
  decidedAt: Instant.optional(),
  reason: z.string().optional(),
  corrected: CorrectedAnswer.optional(),
  /** What it was before, oldest first: withdrawn, or decided and reopened. */
  earlier: z
    .array(
      z.object({
        ...said,
        status: z.enum(['withdrawn', 'rejected', 'upheld']),
        decidedAt: Instant.optional(),
        reason: z.string().optional(),
        corrected: CorrectedAnswer.optional(),
        reopened: z.object({ at: Instant, reason: z.string() }).optional(),
      }),
    )
    .optional(),
});

const asked = { at: Instant, reason: z.string() };

/** As the committee reads it: with what waits for a second person, or was refused by one. */
export const CommitteeClaimAnswer = ClaimAnswer.extend({
  reopening: z.object({ ...asked, refused: z.object(asked).optional() }).optional(),
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
  texts: ClaimTexts,
  at: { file: RoundFile; now: Instant },
): z.input<typeof CommitteeClaimAnswer> => {
  const { text, reason } = texts;
  const earlier = claim.earlier?.map((one, index) => beforeAnswer(one, texts.earlier[index]));
  const reopening = isDecided(claim) ? claim.reopening : undefined;
  return {
    ...claim,
    ...decideBy(claim, at),
    ...(claim.status === 'open' && { openSince: clockStart(claim) }),
    text,
    reason,
    earlier,
    reopening: reopening && {
      at: reopening.at,
      reason: texts.asked ?? '',
      ...(reopening.refused && { refused: { at: reopening.refused.at, reason: texts.answer ?? '' } }),
    },
  };
};

const beforeAnswer = (
  was: EarlierClaim,
  { text, reason, asked: why }: ClaimTexts['earlier'][number] = { text: '', reason: '' },
) => ({
  ...was,
  text,
  reason,
  reopened: was.status === 'withdrawn' ? undefined : { at: was.reopened.at, reason: why ?? '' },
});
