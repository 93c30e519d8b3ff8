import { type Chance, chanceOf } from '#shared/chance.ts';
import type { ApplicationNumber, RoundId } from '#shared/domain/ids.ts';
import type { MarkList } from '#shared/domain/marks.ts';
import type { Fault } from '#shared/errors.ts';
import { type FileOrder, inFileOrder } from '#shared/marks/file-order.ts';
import { absent, fault, markIn } from '#shared/marks/row.ts';

/** A mark that the second person types from another copy. */
export type SampledMark = { number: ApplicationNumber; criterion: string; mark: number | null };

/** More than twelve would be typed by nobody with care; of one criterion eight see what there is to see. */
const most = { all: 12, own: 8 };
/** Where there are many criteria: its last row, and one that nobody can foresee. */
const fewest = 2;

/** The name of the secret by which the marks of an import are drawn. */
export const sampleSecret = ({ roundId, number }: { roundId: RoundId; number: number }): string =>
  `sample#${roundId}#${number}`;

/**
 * The marks to be typed again, of each criterion in the order of the file. Where a cell was inserted or deleted, marks moved from there to
 * the end, so the last row is always one of them; marks are often equal, so is the last row that differs from both beside it, where
 * a mark of the next row shows for certain. The first row is, for what was sorted or moved at the head. The others are one in every so many
 * rows from a drawn one on, so that no stretch of so many rows moved without one of them. From the file alone nobody can tell which those
 * are, so who prepares it cannot try until they are harmless ones.
 * @param secret of chance, drawn when the second person first looks
 */
export const sampleOf = (list: MarkList, secret: string, order?: FileOrder): SampledMark[] => {
  const chance = chanceOf(`sample ${secret}`);
  const byCriterion = inFileOrder(list, order);
  const count = Math.max(fewest, Math.min(most.own, Math.floor(most.all / byCriterion.length)));
  return byCriterion.flatMap((own) => {
    const fixed = fixedRows(own).slice(0, fixedOf(count));
    const others = own.map((_mark, row) => row).filter((row) => !fixed.includes(row));
    const rows = [...fixed, ...everySoMany(others, count - fixed.length, chance)];
    return rows.toSorted((a, b) => a - b).flatMap((row) => own[row] ?? []);
  });
};

type Marks = MarkList['marks'];

/** What always is in a sample, what sees most first. */
const fixedRows = (own: Marks): number[] => {
  const last = own.length - 1;
  const telling = own.findLastIndex(
    ({ mark }, row) => row < last && mark !== own[row - 1]?.mark && mark !== own[row + 1]?.mark,
  );
  return [...new Set([last, 0, ...(telling < 0 ? [] : [telling])])];
};

/** At least half of a sample is drawn. */
const fixedOf = (count: number): number => Math.min(3, Math.floor(count / 2));

const everySoMany = (rows: readonly number[], count: number, chance: Chance): number[] => {
  const some = Math.min(count, rows.length);
  if (some === 0) return [];
  const from = chance.below(rows.length);
  return Array.from({ length: some }, (_, turn) => {
    const place = (from + Math.floor((turn * rows.length) / some)) % rows.length;
    return rows[place] ?? 0;
  });
};

/** @param typed in the order of the sample; the place of a fault is `sample.N`, from 0 */
export const sampleFaults = (sample: readonly SampledMark[], typed: readonly string[]): Fault[] =>
  sample.flatMap(({ mark }, index) => {
    const given = markIn((typed[index] ?? '').trim());
    const place = `sample.${index}`;
    if (given === 'unreadable') return [fault(place, 'mark', undefined, { absent })];
    return (given ?? null) === mark ? [] : [fault(place, 'sample')];
  });
