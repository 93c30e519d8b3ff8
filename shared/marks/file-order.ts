import * as z from 'zod';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { ApplicationNumber, RoundId, type Sha256 } from '#shared/domain/ids.ts';
import type { MarkList } from '#shared/domain/marks.ts';

/**
 * How the rows of a file stood, of each criterion: marks that slipped did so from some row on, and marks are kept in the order of their
 * numbers. An immutable text by its SHA-256.
 */
export const FileOrder = z.object({
  schemaVersion: z.literal(1),
  roundId: RoundId,
  criteria: z.array(z.object({ criterion: z.string(), numbers: z.array(ApplicationNumber) })),
});
export type FileOrder = z.infer<typeof FileOrder>;

type Row = { criterion: string; number: ApplicationNumber };

/** Undefined for rows in the order of their numbers, as the list has them that is sent out. */
export const fileOrderText = (
  roundId: RoundId,
  rows: readonly Row[],
): { text: string; sha256: Sha256 } | undefined => {
  const criteria = [...Map.groupBy(rows, ({ criterion }) => criterion)].map(([criterion, own]) => ({
    criterion,
    numbers: own.map(({ number }) => number),
  }));
  const isSorted = ({ numbers }: FileOrder['criteria'][number]): boolean =>
    numbers.every((number, row) => row === 0 || (numbers[row - 1] ?? '') < number);
  if (criteria.every(isSorted)) return undefined;
  const text = canonicalJson({ schemaVersion: 1, roundId, criteria } satisfies FileOrder);
  return { text, sha256: sha256Of(text) };
};

/** The marks of each criterion as the file had them; without an order, by their numbers. */
export const inFileOrder = ({ marks }: MarkList, order?: FileOrder): MarkList['marks'][] =>
  [...Map.groupBy(marks, ({ criterion }) => criterion)].map(([code, own]) => {
    const numbers = order?.criteria.find(({ criterion }) => criterion === code)?.numbers ?? [];
    const rowOf = new Map(numbers.map((number, row): [ApplicationNumber, number] => [number, row]));
    return own.toSorted((a, b) => (rowOf.get(a.number) ?? 0) - (rowOf.get(b.number) ?? 0));
  });
