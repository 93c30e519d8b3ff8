import type { Sides } from '#shared/allocation/market.ts';
import { at } from '#shared/allocation/numbers.ts';
import type { Asked } from '#shared/allocation/seats-ask-first.ts';

/**
 * Who is held at each vacancy while people ask. One that has turned somebody away turns away everyone at a worse place for ever, so its
 * `limit` only falls, and looking for the worst place that is held costs no more in all than the rankings are long.
 */
export type Seats = {
  /** Whether the vacancy has not turned away this place or a better one. */
  admits: (vacancy: number, place: number) => boolean;
  hold: (vacancy: number, place: number) => void;
  /** Lets so many of the worst places go, and turns them away from now on. The vacancy must hold as many. */
  release: (vacancy: number, people: number, letGo: (applicant: number) => void) => void;
  /** The worst place that is held, or `none`. */
  last: (vacancy: number) => number;
};

/** @param asked what the vacancies came to that asked; `held` goes on being each applicant's choice, as the caller changes it */
export const seatsOf = (sides: Sides, { held, next }: Asked): Seats => {
  const { rankingStart, ranking, rankingChoice } = sides;
  const limit = next.map((index, vacancy) => index - at(rankingStart, vacancy));
  /** No place after this one is held. */
  const most = limit.map((places) => places - 1);
  const last = (vacancy: number): number => {
    const first = at(rankingStart, vacancy);
    let index = first + at(most, vacancy);
    while (index >= first && at(held, at(ranking, index)) !== at(rankingChoice, index)) index -= 1;
    most[vacancy] = index - first;
    return index - first;
  };
  return {
    admits: (vacancy, place) => place < at(limit, vacancy),
    hold: (vacancy, place) => {
      if (place > at(most, vacancy)) most[vacancy] = place;
    },
    release: (vacancy, people, letGo) => {
      const first = at(rankingStart, vacancy);
      for (let gone = 0; gone < people; gone += 1) {
        const place = last(vacancy);
        letGo(at(ranking, first + place));
        limit[vacancy] = place;
        most[vacancy] = place - 1;
      }
    },
    last,
  };
};
