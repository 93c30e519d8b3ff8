import { chanceOf } from '#shared/chance.ts';
import type { ApplicationNumber, RoundId } from '#shared/domain/ids.ts';
import type { MarkList } from '#shared/domain/marks.ts';
import type { Fault } from '#shared/errors.ts';
import { absent, fault, markIn } from '#shared/marks/row.ts';

/** A mark that the second person types from another copy. */
export type SampledMark = { number: ApplicationNumber; criterion: string; mark: number | null };

/** A list of which a half moved passes one time in eight, one of which all did never. */
const sampled = 3;

/** The name of the secret by which the marks of an import are drawn. */
export const sampleSecret = ({ roundId, number }: { roundId: RoundId; number: number }): string =>
  `sample#${roundId}#${number}`;

/**
 * The marks to be typed again. From the file alone nobody can tell which, so who prepares it cannot try until they are harmless ones.
 * @param secret of chance, drawn when the second person first looks
 */
export const sampleOf = ({ marks }: MarkList, secret: string): SampledMark[] => {
  const order = chanceOf(`sample ${secret}`).shuffle(Int32Array.from(marks.keys()));
  return Array.from(order.slice(0, sampled)).flatMap((place) => marks[place] ?? []);
};

/** @param typed in the order of the sample; the place of a fault is `sample.N`, from 0 */
export const sampleFaults = (sample: readonly SampledMark[], typed: readonly string[]): Fault[] =>
  sample.flatMap(({ mark }, index) => {
    const given = markIn((typed[index] ?? '').trim());
    const place = `sample.${index}`;
    if (given === 'unreadable') return [fault(place, 'mark', undefined, { absent })];
    return (given ?? null) === mark ? [] : [fault(place, 'sample')];
  });
