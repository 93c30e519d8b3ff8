import * as z from 'zod';
import { provenance } from '#shared/domain/provenance.ts';

/**
 * What follows for a vote from a conflict of interest. Where a file has no such rule, the voter leaves the application alone, the quorum
 * stays that of the whole committee, and a substitute is called where votes do not suffice.
 */
export const RecusalRule = z.strictObject({
  /** What somebody takes no part in who has a conflict of interest with an application: that one, or any of the list that is voted on. */
  leaves: z.enum(['application', 'list']),
  /** Of whom the quorum is counted there: of all who vote, or of those who take part, with so many votes at least. */
  quorum: z.discriminatedUnion('of', [
    z.strictObject({ of: z.literal('committee') }),
    z.strictObject({ of: z.literal('taking-part'), atLeast: z.int().min(2).max(51) }),
  ]),
  /** A substitute is called only where the votes of the others do not suffice, or always while one without a conflict is free. */
  substitutes: z.enum(['when-short', 'while-free']),
  ...provenance,
});
export type RecusalRule = z.infer<typeof RecusalRule>;

/** How many must have voted, as the round file says: `numerator / denominator` of the voting members, rounded up. */
export type Quorum = { numerator: number; denominator: number };

/** How votes count, as a round file says it. */
export type VotingRule = {
  quorum: Quorum;
  recusal?: Pick<RecusalRule, 'leaves' | 'quorum' | 'substitutes'> | undefined;
};

/** The quorum of so many voters. */
export const votesNeeded = (voters: number, { numerator, denominator }: Quorum): number =>
  Math.max(1, Math.ceil((voters * numerator) / denominator));

/** The quorum where so many of the voters take no part because of a conflict of interest. */
export const votesNeededWithout = (
  away: number,
  { voters, rule: { quorum, recusal } }: { voters: number; rule: VotingRule },
): number =>
  away > 0 && recusal?.quorum.of === 'taking-part'
    ? Math.max(votesNeeded(voters - away, quorum), recusal.quorum.atLeast)
    : votesNeeded(voters, quorum);
