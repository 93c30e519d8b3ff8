import { chanceOf } from '#shared/chance.ts';
import type { ApplicationNumber, RoundId } from '#shared/domain/ids.ts';
import type { MarkList } from '#shared/domain/marks.ts';
import type { Fault } from '#shared/errors.ts';
import { absent, fault, markIn } from '#shared/marks/row.ts';

/** A mark that the second person types from another copy. */
export type SampledMark = { number: ApplicationNumber; criterion: string; mark: number | null };

/**
 * Of each criterion one mark of each third of the numbers: where a cell was inserted, marks moved from there to the end, and a third that
 * moved has one of them. All of a list that moved, each of them shows.
 */
const thirds = 3;
/** More would be typed by nobody with care. */
const most = 9;

/** The name of the secret by which the marks of an import are drawn. */
export const sampleSecret = ({ roundId, number }: { roundId: RoundId; number: number }): string =>
  `sample#${roundId}#${number}`;

/**
 * The marks to be typed again, of a list in the order of its numbers. From the file alone nobody can tell which, so who prepares it cannot try until they are harmless ones.
 * @param secret of chance, drawn when the second person first looks
 */
export const sampleOf = ({ marks }: MarkList, secret: string): SampledMark[] => {
  const chance = chanceOf(`sample ${secret}`);
  const byCriterion = [...Map.groupBy(marks, ({ criterion }) => criterion).values()];
  const parts = Math.max(1, Math.min(thirds, Math.floor(most / byCriterion.length)));
  return byCriterion.slice(0, most).flatMap((own) => {
    const ends = Array.from({ length: parts + 1 }, (_, part) => Math.floor((part * own.length) / parts));
    return ends.slice(1).flatMap((to, part) => {
      const from = ends[part] ?? 0;
      return to > from ? (own[from + chance.below(to - from)] ?? []) : [];
    });
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
