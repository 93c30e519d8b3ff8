import * as z from 'zod';
import { everyOf } from '#functions/commands/every.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { claimAggregate, claimsOf, type ResultClaim } from '#shared/domain/claim.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { Records } from '#shared/ports/records.ts';

/** Every claim of a round in the order of filing, each as it stands now: the list alone may lag behind. */
export const claimsIn = async (
  records: Pick<Records, 'list' | 'find'>,
  roundId: RoundId,
): Promise<Versioned<ResultClaim>[]> => {
  const listed = await everyOf(records, claimAggregate, claimsOf(roundId));
  const found = await Promise.all(listed.map(({ id }) => records.find(claimAggregate, id)));
  return found.flatMap((claim) => claim ?? []);
};

const ClaimText = z.object({ text: z.string() });

/** What was typed; empty once it was erased. */
export const claimTexts = async (
  records: Pick<Records, 'document'>,
  claim: ResultClaim,
): Promise<{ text: string; reason: string }> => ({
  text: textOf(ClaimText.safeParse(await records.document(claim.text)).data?.text),
  reason: claim.status === 'open' ? '' : textOf(await reasonText(records, claim.reason)),
});

const textOf = (text: string | undefined): string => text ?? '';
