import * as z from 'zod';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { Standing } from '#shared/domain/standing.ts';
import { RoundThen } from '#shared/replay/then.ts';

/** Where one application stood: on the newest list that has it, with its claim and its newest offer. */
export const Place = z.object({
  ...Standing.pick({ outcome: true, rank: true, total: true, vacancy: true }).partial().shape,
  claim: RoundThen.shape.claims.element.shape.status.optional(),
  offer: RoundThen.shape.offers.element.pick({ vacancy: true, status: true, condition: true }).optional(),
});
export type Place = z.infer<typeof Place>;

export const Moved = z.object({ number: ApplicationNumber, before: Place, after: Place });
/** An application that did not stand where it stands. */
export type Moved = z.infer<typeof Moved>;

/** Every application that stands elsewhere at the second moment, in the order of numbers. */
export const movedBetween = (before: RoundThen, after: RoundThen): Moved[] => {
  const [first, second] = [placesIn(before), placesIn(after)];
  const numbers = [...new Set([...first.keys(), ...second.keys()])].toSorted();
  return numbers.flatMap((number): Moved[] => {
    const moved = { number, before: first.get(number) ?? {}, after: second.get(number) ?? {} };
    return JSON.stringify(moved.before) === JSON.stringify(moved.after) ? [] : [moved];
  });
};

/** Members are written in one order, so that equal places have equal texts. */
const placesIn = ({ lists, claims, offers }: RoundThen): Map<ApplicationNumber, Place> => {
  const places = new Map<ApplicationNumber, Place>();
  for (const { standings } of lists) {
    for (const { number, outcome, rank, total, vacancy } of standings) {
      places.set(number, {
        outcome,
        ...(rank !== undefined && { rank }),
        ...(total !== undefined && { total }),
        ...(vacancy && { vacancy }),
      });
    }
  }
  for (const { number, status } of claims) {
    places.set(number, { ...places.get(number), claim: status });
  }
  for (const { number, vacancy, status, condition } of offers) {
    const offer = { vacancy, status, ...(condition !== undefined && { condition }) };
    places.set(number, { ...places.get(number), offer });
  }
  return places;
};
