import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { type Item, textOf } from '#functions/adapters/dynamodb/item.ts';

/** Bytes of a state that is still stored as text, which people can read in a console. */
const mostPlain = 100_000;

/**
 * The state of a record as attributes of its item. A long one is packed: an item holds 400 KB, and a committee whose members work at a big
 * school has some ten thousand conflicts of interest, about 150 bytes of text each and a tenth of that packed.
 * @param json canonical JSON
 */
export const stateItem = (json: string): Item => {
  if (Buffer.byteLength(json) <= mostPlain) return { state: { S: json } };
  // Quality 5 of 11: better ones take a second and save a tenth.
  return { packed: { B: brotliCompressSync(json, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }) } };
};

/** The state that an item holds. @throws when it holds none */
export const stateIn = (item: Item): unknown => {
  const packed = item['packed']?.B;
  return JSON.parse(packed ? brotliDecompressSync(packed).toString('utf8') : textOf(item, 'state'));
};
