import * as z from 'zod';
import { everyOf } from '#functions/commands/every.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import {
  claimAggregate,
  claimsOf,
  type EarlierClaim,
  onlyClaim,
  type Reopening,
  type ResultClaim,
} from '#shared/domain/claim.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import type { RecordReads, Records } from '#shared/ports/records.ts';

/** Every claim of a round in the order of filing, each as it stands now: the list alone may lag behind. */
export const claimsIn = async (
  records: Pick<Records, 'list' | 'find'>,
  roundId: RoundId,
): Promise<Versioned<ResultClaim>[]> => {
  const listed = await everyOf(records, claimAggregate, claimsOf(roundId));
  const found = await Promise.all(listed.map(({ id }) => records.find(claimAggregate, id)));
  return found.flatMap((claim) => claim ?? []);
};

/** The claim of an application; undefined where it has none. */
export const ownClaim = async (
  records: Pick<RecordReads, 'claimed' | 'find'>,
  applicationId: ApplicationId,
): Promise<Versioned<ResultClaim> | undefined> => {
  const id = await records.claimed(onlyClaim(applicationId));
  return id === undefined ? undefined : await records.find(claimAggregate, id);
};

const ClaimText = z.object({ text: z.string() });

/** What was typed; empty once it was erased. `earlier`: of what the claim was before, in the same order. */
export type ClaimTexts = SaidTexts & { earlier: readonly SaidTexts[] };
/** `asked`: why it was reopened, or is to be; `answer`: why it is not to be. */
type SaidTexts = { text: string; reason: string; asked?: string; answer?: string };

export const claimTexts = async (
  records: Pick<Records, 'document'>,
  claim: ResultClaim,
): Promise<ClaimTexts> => ({
  ...(await textsOf(records, claim)),
  earlier: await Promise.all((claim.earlier ?? []).map((one) => textsOf(records, one))),
});

const textsOf = async (
  records: Pick<Records, 'document'>,
  said: ResultClaim | EarlierClaim,
): Promise<SaidTexts> => {
  const reopening = reopeningOf(said);
  const [asked, answer] = await Promise.all(
    [reopening?.reason, reopening?.refused?.reason].map((ref) => reasonText(records, ref)),
  );
  return {
    text: ClaimText.safeParse(await records.document(said.text)).data?.text ?? '',
    reason: (await reasonText(records, 'reason' in said ? said.reason : undefined)) ?? '',
    ...(asked && { asked }),
    ...(answer && { answer }),
  };
};

const reopeningOf = (said: ResultClaim | EarlierClaim): Reopening | undefined => {
  if ('reopened' in said) return said.reopened.asked;
  return 'reopening' in said ? said.reopening : undefined;
};
