import type { CapTree } from '#shared/allocation/cap-tree.ts';
import { givingBack, type LastHolder } from '#shared/allocation/giving-back.ts';
import { none, type Sides } from '#shared/allocation/market.ts';
import { add, at } from '#shared/allocation/numbers.ts';
import { emptySeats, type Seats } from '#shared/allocation/seats.ts';

/**
 * Applicant-proposing deferred acceptance (Gale and Shapley 1962) under nested caps (Kamada and Kojima's flexible version).
 * Each applicant goes down the own list; a vacancy holds the best, and where it or a cap is full one seat is given back, whose
 * holder goes on. The result does not depend on who proposes first.
 * @returns each applicant's choice, as an entry of `choiceVacancy`, or `none`
 */
export const deferredAcceptance = (sides: Sides, tree: CapTree): Int32Array => {
  const { choiceStart, choiceVacancy, choicePlace, rankingStart, ranking } = sides;
  const applicants = choiceStart.length - 1;
  const seats = emptySeats(sides);
  const { limit } = seats;
  const take = taking(tree, lastIn(sides, seats));
  const current = choiceStart.slice(0, applicants);
  for (let first = 0; first < applicants; first += 1) {
    let applicant = first;
    while (applicant !== none) {
      const end = at(choiceStart, applicant + 1);
      let choice = at(current, applicant);
      while (choice < end && at(choicePlace, choice) >= at(limit, at(choiceVacancy, choice))) choice += 1;
      current[applicant] = choice;
      applicant = none;
      if (choice === end) continue;
      const vacancy = at(choiceVacancy, choice);
      seats.hold(vacancy, at(choicePlace, choice));
      const giving = take.from(vacancy);
      if (giving === none) continue;
      applicant = at(ranking, at(rankingStart, giving) + seats.release(giving));
      take.gave(giving);
    }
  }
  for (let applicant = 0; applicant < applicants; applicant += 1) {
    if (current[applicant] === choiceStart[applicant + 1]) current[applicant] = none;
  }
  return current;
};

/** Where the people stand in one order, how late the last one at each vacancy comes in it. */
const lastIn = ({ order, rankingStart, ranking }: Sides, seats: Seats): LastHolder | undefined =>
  order &&
  ((vacancy) => {
    const place = seats.last(vacancy);
    return place === none ? none : at(order, at(ranking, at(rankingStart, vacancy) + place));
  });

type Taking = {
  /** Counts a seat taken at a vacancy. @returns the vacancy that gives one back for it, perhaps itself, or `none` */
  from: (vacancy: number) => number;
  /** To be told once that vacancy has let somebody go. */
  gave: (vacancy: number) => void;
};

/**
 * Where vacancies take turns, one that has given a seat back never holds more than it does then, however many apply (its seats are
 * substitutes), so its `most` becomes what it holds. Where people stand in one order it may, for somebody who comes earlier.
 */
const taking = (tree: CapTree, lastHolder: LastHolder | undefined): Taking => {
  const { parent } = tree;
  const most = tree.most.slice();
  const count = new Int32Array(tree.nodes);
  const { last, changed } = givingBack(tree, count, lastHolder);
  const from = (vacancy: number): number => {
    if (count[vacancy] === most[vacancy]) return vacancy;
    let full = none;
    for (let node = vacancy; node !== none; node = at(parent, node)) {
      if (full === none && count[node] === most[node]) full = node;
      add(count, node, 1);
    }
    if (full === none) return none;
    changed(vacancy);
    const giving = last(full);
    for (let node = giving; node !== none; node = at(parent, node)) add(count, node, -1);
    if (!lastHolder) most[giving] = at(count, giving);
    return giving;
  };
  return { from, gave: changed };
};
