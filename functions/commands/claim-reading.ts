import * as z from 'zod';
import { everyOf } from '#functions/commands/every.ts';
import { claimAggregate, claimsOf, type ResultClaim } from '#shared/domain/claim.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
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
const Reason = z.object({ reason: z.string() });

/** What was typed; empty once it was erased. */
export const claimTexts = async (
  { document }: Pick<Records, 'document'>,
  claim: ResultClaim,
): Promise<{ text: string; reason: string }> => ({
  text: textOf(ClaimText.safeParse(await document(claim.text)).data?.text),
  reason: claim.status === 'open' ? '' : textOf(await reasonOf(document, claim.reason)),
});

const reasonOf = async (document: Records['document'], ref: DocumentRef): Promise<string | undefined> =>
  Reason.safeParse(await document(ref)).data?.reason;

const textOf = (text: string | undefined): string => text ?? '';
