import * as z from 'zod';
import { ResultReceipt } from '#shared/bundle/format.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';

/*
 * Receipts are kept in parts of about as many people each, so that whoever asks for the own one reads one part, whether a hundred or a hundred
 * thousand applied. In which part somebody is follows from their application alone: no index is read first.
 */

/** Some 4 KB each: a quarter of a megabyte, and a thousand parts for 64,000 people. */
const people = 64;

export const ReceiptPart = z.strictObject({ format: z.literal(1), receipts: z.array(ResultReceipt) });
export type ReceiptPart = z.infer<typeof ReceiptPart>;

/** The part of so many in which the receipt of an application is, from 0. */
export const partOf = (id: ApplicationId, parts: number): number =>
  Number.parseInt(sha256Of(`receipt\n${id}`).slice(0, 12), 16) % parts;

/** The same receipts give the same parts; one that nobody is in is there too. */
export const receiptParts = (receipts: readonly ResultReceipt[]): ReceiptPart[] => {
  const count = Math.max(1, Math.ceil(receipts.length / people));
  const parts = Array.from({ length: count }, (): ReceiptPart => ({ format: 1, receipts: [] }));
  for (const receipt of receipts) parts[partOf(receipt.leaf.applicationId, count)]?.receipts.push(receipt);
  return parts;
};
