import { eachOf } from '#functions/commands/selection.ts';
import { Openings, type ResultReceipt } from '#shared/bundle/format.ts';
import { partOf, ReceiptPart, receiptParts } from '#shared/bundle/receipt-parts.ts';
import { receiptsOf } from '#shared/bundle/sealing.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import type { Publication } from '#shared/domain/round.ts';
import { openingsKey, type Papers, receiptsKey } from '#shared/ports/papers.ts';

type About = Pick<Publication, 'stage' | 'decision' | 'edition' | 'receiptParts'> & { roundId: RoundId };

const putsAtOnce = 16;

/**
 * Keeps everybody's receipt of a bundle, before anybody is told of it. They follow from the openings that were kept first, so a try that was cut, or two
 * at once, write the same.
 * @returns in how many parts they lie
 */
export const keepReceipts = async (papers: Papers, about: About): Promise<number> => {
  const { roundId, stage, decision, edition } = about;
  const parts = receiptParts(receiptsOf(await openingsOf(papers, about)));
  const files = parts.map((part, number) => ({
    key: receiptsKey(roundId, { stage, decision, edition, number, parts: parts.length }),
    bytes: new TextEncoder().encode(canonicalJson(part)),
    mediaType: 'application/json',
  }));
  await eachOf(files, putsAtOnce, async (file) => await papers.put(file));
  return parts.length;
};

/** The receipt of one application; of a bundle that was published before receipts were kept, computed from all of its leaves. */
export const receiptFrom = async (
  papers: Pick<Papers, 'read'>,
  about: About,
  id: ApplicationId,
): Promise<ResultReceipt | undefined> => {
  const receipts =
    about.receiptParts === undefined
      ? receiptsOf(await openingsOf(papers, about))
      : (await partWith(papers, { ...about, receiptParts: about.receiptParts }, id)).receipts;
  return receipts.find(({ leaf }) => leaf.applicationId === id);
};

const partWith = async (
  papers: Pick<Papers, 'read'>,
  { roundId, stage, decision, edition, receiptParts: parts }: About & { receiptParts: number },
  id: ApplicationId,
): Promise<ReceiptPart> => {
  const number = partOf(id, parts);
  const text = await keptText(papers, receiptsKey(roundId, { stage, decision, edition, number, parts }));
  if (text === undefined) throw new Error(`The bundle of ${roundId} lacks part ${number} of its receipts.`);
  return ReceiptPart.parse(JSON.parse(text));
};

const openingsOf = async (papers: Pick<Papers, 'read'>, about: About): Promise<Openings> => {
  const { roundId, stage, decision, edition } = about;
  const text = await keptText(papers, openingsKey(roundId, stage, decision, edition));
  if (text === undefined) throw new Error(`The bundle of ${roundId} has no openings.`);
  return readOpenings(text);
};

export const readOpenings = (text: string): Openings => Openings.parse(JSON.parse(text));

export const keptText = async (papers: Pick<Papers, 'read'>, key: string): Promise<string | undefined> => {
  const bytes = await papers.read(key);
  return bytes && new TextDecoder().decode(bytes);
};
