import { chanceOf } from '#shared/chance.ts';
import type { ApplicationNumber, Sha256 } from '#shared/domain/ids.ts';
import type { MarkList } from '#shared/domain/marks.ts';
import type { Fault } from '#shared/errors.ts';
import { absent, fault, markIn } from '#shared/marks/row.ts';

/** A mark that the second person types from another copy. */
export type SampledMark = { number: ApplicationNumber; criterion: string; mark: number | null };

/** A list of which a half moved passes one time in eight, one of which all did never. */
const sampled = 3;

/** The marks to be typed again, drawn from the hash of all of them, so that nobody chooses them. */
export const sampleOf = (
  { marks }: MarkList,
  { number, sha256 }: { number: number; sha256: Sha256 },
): SampledMark[] => {
  const order = chanceOf(`sample ${number} ${sha256}`).shuffle(Int32Array.from(marks.keys()));
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
