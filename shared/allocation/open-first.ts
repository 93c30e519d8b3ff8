import type { CapTree } from '#shared/allocation/cap-tree.ts';
import { deferredAcceptance } from '#shared/allocation/deferred-acceptance.ts';
import {
  choicesInRankings,
  none,
  type OpenSeats,
  type Sides,
  type Taken,
} from '#shared/allocation/market.ts';
import { meritOrderIn } from '#shared/allocation/merit-order.ts';
import { add, at } from '#shared/allocation/numbers.ts';
import { type Reach, type Rules, reachOf } from '#shared/allocation/stability.ts';

type Ordered = Sides & { order: Int32Array };

/**
 * Open seats first, reserved ones over and above (Dur, Kominers, Pathak and Sönmez, "Reserve design", 2018). While open seats are left people
 * choose one after the other in the one order; all others go by deferred acceptance over what is left, where reserves come first. Nobody
 * gains by another list than the true one: whoever has a turn takes the best of what is left, and later there is never more.
 *
 * As seats filled in a published order within one deferred acceptance (Kominers and Sönmez 2016) it would not hold: there somebody who
 * takes an open seat of a vacancy may take its last seat from a person whom a reserved one was for, and so let a third one in who was turned
 * away before. Vacancies with seats of their own make people complements then.
 */
export const openFirst = (sides: Ordered, tree: CapTree, open: OpenSeats): Rules => ({
  allocate: () => {
    const { held, rest } = firstSeats(sides, tree, open);
    const without = restOf(sides, held);
    const later = deferredAcceptance(without, rest);
    return held.map((choice, applicant) => {
      const other = at(later, applicant);
      if (choice !== none || other === none) return choice;
      return at(sides.choiceStart, applicant) + other - at(without.choiceStart, applicant);
    });
  },
  reach: (held) => reachFrom(sides, tree, { open, held }),
});

/** Who chooses while open seats are left, and the tree with what is left after them. */
const firstSeats = (sides: Ordered, tree: CapTree, { first, taken }: OpenSeats) => {
  const { choiceStart, choiceVacancy, order } = sides;
  const held = new Int32Array(choiceStart.length - 1).fill(none);
  const left = tree.most.slice();
  const isFree = (vacancy: number): boolean => {
    let node = vacancy;
    while (node !== none && at(left, node) > 0) node = at(tree.parent, node);
    return node === none;
  };
  const seats = turnsOf(first, taken);
  for (const applicant of meritOrderIn(order).order) {
    if (!seats.isLeftBefore(at(order, applicant))) break;
    const end = at(choiceStart, applicant + 1);
    let choice = at(choiceStart, applicant);
    while (choice < end && !isFree(at(choiceVacancy, choice))) choice += 1;
    if (choice === end) continue;
    held[applicant] = choice;
    eachAround(tree, at(choiceVacancy, choice), (node) => add(left, node, -1));
    seats.take(at(order, applicant));
  }
  return { held, rest: { ...tree, most: left, reserve: reservesLeft(tree, seats.takenLater()) } };
};

/** Open seats as their turns come: also whoever has a seat already fills one, in the place of the order that is theirs. */
const turnsOf = (first: number, taken: readonly Taken[]) => {
  let [left, next, last] = [first, 0, none];
  const take = (place: number): void => {
    left -= 1;
    last = place;
  };
  const passTo = (place: number): void => {
    for (const one of taken.slice(next, next + left)) {
      if (one.place >= place) break;
      take(one.place);
      next += 1;
    }
  };
  return {
    isLeftBefore: (place: number): boolean => {
      passTo(place);
      return left > 0;
    },
    take,
    /** The place of whoever has the last open seat; after everybody where one is left. */
    until: (): number => (left > 0 ? Number.POSITIVE_INFINITY : last),
    /** Those who have a seat that is not open: it counts for their reserves. */
    takenLater: (): readonly Taken[] => {
      passTo(Number.POSITIVE_INFINITY);
      return taken.slice(next);
    },
  };
};

const reservesLeft = (tree: CapTree, taken: readonly Taken[]): Int32Array => {
  const reserve = tree.reserve.slice();
  for (const { vacancy } of taken) {
    eachAround(tree, vacancy, (node) => {
      if (at(reserve, node) > 0) add(reserve, node, -1);
    });
  }
  return reserve;
};

/** The vacancy and every cap around it. */
const eachAround = ({ parent }: CapTree, vacancy: number, found: (node: number) => void): void => {
  for (let node = vacancy; node !== none; node = at(parent, node)) found(node);
};

/** The lists of those who have no seat yet; the others have none. */
const restOf = (sides: Ordered, held: Int32Array): Ordered => {
  const { choiceStart, choiceVacancy, choicePlace } = sides;
  const start = new Int32Array(choiceStart.length);
  const [vacancies, places] = [new Int32Array(choiceVacancy.length), new Int32Array(choiceVacancy.length)];
  for (const [applicant, choice] of held.entries()) {
    const [from, end] = [at(choiceStart, applicant), at(choiceStart, applicant + 1)];
    const here = at(start, applicant);
    vacancies.set(choiceVacancy.subarray(from, end), here);
    places.set(choicePlace.subarray(from, end), here);
    start[applicant + 1] = choice === none ? here + end - from : here;
  }
  const length = at(start, held.length);
  const choices = {
    choiceStart: start,
    choiceVacancy: vacancies.subarray(0, length),
    choicePlace: places.subarray(0, length),
  };
  return { ...sides, ...choices, rankingChoice: choicesInRankings({ ...sides, ...choices }) };
};

/**
 * Of whatever allocation: its open seats are those of the first in the order. Whoever comes before the last of them is admitted where a seat was
 * left at that turn, whoever comes later where the reserves leave one.
 */
const reachFrom = (
  sides: Ordered,
  tree: CapTree,
  { open, held }: { open: OpenSeats; held: Int32Array },
): Reach => {
  const { choiceVacancy, order, rankingStart, ranking } = sides;
  const count = new Int32Array(tree.nodes);
  /** Of each node the last in the order who has an open seat of it. */
  const last = new Int32Array(tree.nodes).fill(none);
  const later = held.slice();
  const seats = turnsOf(open.first, open.taken);
  for (const applicant of meritOrderIn(order).order) {
    const place = at(order, applicant);
    if (!seats.isLeftBefore(place)) break;
    const choice = at(held, applicant);
    if (choice === none) continue;
    later[applicant] = none;
    eachAround(tree, at(choiceVacancy, choice), (node) => {
      add(count, node, 1);
      last[node] = place;
    });
    seats.take(place);
  }
  const most = tree.most.map((seatsOf, node) => Math.max(0, seatsOf - at(count, node)));
  const rest = { ...tree, most, reserve: reservesLeft(tree, seats.takenLater()) };
  const { reach, closed } = reachOf(sides, rest, later);
  for (let vacancy = 0; vacancy < tree.vacancies; vacancy += 1) {
    let turn = seats.until();
    eachAround(tree, vacancy, (node) => {
      if (at(count, node) >= at(tree.most, node)) turn = Math.min(turn, at(last, node));
    });
    const first = at(rankingStart, vacancy);
    let end = at(rankingStart, vacancy + 1);
    while (end > first && at(order, at(ranking, end - 1)) > turn) end -= 1;
    reach[vacancy] = Math.max(at(reach, vacancy), end - first);
  }
  return { reach, closed };
};
