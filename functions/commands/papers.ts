import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { Minutes } from '#shared/papers/minutes.ts';
import { minutesName, type PaperName, type PaperOrder } from '#shared/papers/order.ts';
import { type Papers, paperDataKey } from '#shared/ports/papers.ts';

/**
 * Keeps the data of minutes and answers the order with which the function `Papers` draws them. Minutes of the same
 * number that were kept before stay, and are what the order then means: a step that is tried again orders what its
 * first try wrote. Other minutes of the same round have another number.
 */
export const keepMinutes = async (papers: Papers, minutes: Minutes): Promise<PaperOrder> => {
  const { roundId } = minutes;
  const name = minutesName(minutes.number);
  const key = paperDataKey(roundId, name);
  const text = canonicalJson(minutes);
  const bytes = new TextEncoder().encode(text);
  if (await papers.put({ key, bytes, mediaType: 'application/json' })) {
    return { roundId, name, sha256: sha256Of(text) };
  }
  const kept = await keptOrder(papers, roundId, name);
  if (!kept) throw new Error(`The data ${key} could neither be written nor read.`);
  return kept;
};

/** The order for data that were kept before; undefined while there are none. */
export const keptOrder = async (
  papers: Pick<Papers, 'read'>,
  roundId: RoundId,
  name: PaperName,
): Promise<PaperOrder | undefined> => {
  const kept = await papers.read(paperDataKey(roundId, name));
  return kept && { roundId, name, sha256: sha256Of(new TextDecoder().decode(kept)) };
};
