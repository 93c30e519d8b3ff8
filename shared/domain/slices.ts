import * as z from 'zod';
import { ApplicationId, DocumentId, Sha256 } from '#shared/domain/ids.ts';

/*
 * A file that is sent in slices, so that a broken line costs one of them. Slices lie on a grid that halves: two of them are apart, or
 * one holds the other. So whoever sends with small slices, and goes on with larger ones, sends nothing twice that has arrived.
 */

/** Bytes of a file, from `from` up to and without `to`. */
export type Slice = { from: number; to: number };

const leastSlice = 65_536;
const sizes = [65_536, 131_072, 262_144, 524_288, 1_048_576, 2_097_152, 4_194_304] as const;
/** How large a slice may be; the last one of a file is as large as what is left. */
export const SliceSize = z.literal(sizes);
export type SliceSize = z.infer<typeof SliceSize>;

/** A whole file by what it is: the same content is the same file, whatever it is called and whoever sends it again. */
export const WholeFile = z.strictObject({ bytes: z.int().min(1), sha256: Sha256 });
export type WholeFile = z.infer<typeof WholeFile>;

/** `65536-131072`. */
export const sliceName = ({ from, to }: Slice): string => `${from}-${to}`;

/** The slice of a name, with as many bytes as it says; undefined for anything that lies on no grid of this file. */
export const sliceNamed = (name: string, stored: number, whole: number): Slice | undefined => {
  const [, first, last] = /^(\d{1,9})-(\d{1,9})$/.exec(name) ?? [];
  const [from, to] = [Number(first), Number(last)];
  const fits = sizes.some((size) => from % size === 0 && to === Math.min(from + size, whole));
  return fits && from < to && to - from === stored ? { from, to } : undefined;
};

/**
 * What is still to be sent of a file, in its order and in slices of at most `size` bytes; nothing that has arrived is among it.
 * @param arrived on the grid, as `sliceNamed` gives them
 */
export const missingSlices = (whole: number, arrived: readonly Slice[], size: SliceSize): Slice[] => {
  const missing: Slice[] = [];
  for (let from = 0; from < whole; from += size) {
    missing.push(...missingIn({ from, to: Math.min(from + size, whole) }, arrived, size));
  }
  return missing;
};

const missingIn = (cell: Slice, arrived: readonly Slice[], size: number): Slice[] => {
  const here = arrived.filter(({ from, to }) => from < cell.to && to > cell.from);
  if (here.some(({ from, to }) => from <= cell.from && to >= cell.to)) return [];
  const half = size / 2;
  if (here.length === 0 || half < leastSlice) return [cell];
  const middle = Math.min(cell.from + half, cell.to);
  return [
    { from: cell.from, to: middle },
    ...(middle < cell.to ? [{ from: middle, to: cell.to }] : []),
  ].flatMap((part) => missingIn(part, here, half));
};

/** The slices that make the whole file, one behind the other; undefined while one is missing. */
export const wholeOf = (whole: number, arrived: readonly Slice[]): Slice[] | undefined => {
  const parts: Slice[] = [];
  let end = 0;
  for (const slice of arrived.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    // Inside one that is taken already.
    if (slice.from < end) continue;
    if (slice.from > end) return undefined;
    parts.push(slice);
    end = slice.to;
  }
  return end === whole ? parts : undefined;
};

/** What the function `Documents` is asked for once all slices are there. Equal orders do the same once more. */
export const joinUpload = {
  name: 'Documents',
  input: WholeFile.extend({ applicationId: ApplicationId, documentId: DocumentId }),
  /** False when a slice is missing, or together they are not the file: then they are gone. */
  output: z.object({ whole: z.boolean() }),
} as const;
export type JoinOrder = z.infer<typeof joinUpload.input>;
