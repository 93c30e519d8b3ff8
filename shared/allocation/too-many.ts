import { type CapTree, countCaps } from '#shared/allocation/cap-tree.ts';
import { givingBack, type LastHolder } from '#shared/allocation/giving-back.ts';
import { lowerToCaps } from '#shared/allocation/lower-to-caps.ts';
import { none } from '#shared/allocation/market.ts';
import { add, at } from '#shared/allocation/numbers.ts';

/** People held in each vacancy and cap: counted in while they ask, and given back where they are too many. */
export type TooMany = {
  countIn: (vacancy: number) => void;
  /** Gives back what is too many, seat by seat: of each vacancy first, then of each cap from the inside out. */
  giveBack: (release: (vacancy: number, people: number) => void) => void;
};

/**
 * Where vacancies take turns, one that has given a seat back for a cap never holds more than it does then, however many apply (its seats are
 * substitutes), so that it has none left from then on. Where people stand in one order it may, for somebody who comes earlier.
 * @param people held in each vacancy at first
 */
export const tooMany = (tree: CapTree, people: Int32Array, lastHolder: LastHolder | undefined): TooMany => {
  const { nodes, vacancies, parent, depth } = tree;
  const most = tree.most.slice();
  const held = new Int32Array(nodes);
  held.set(people);
  countCaps(tree, held);
  if (!lastHolder) lowerToCaps(tree, held);
  const { last, changed } = givingBack(tree, held, lastHolder);
  /** Who has asked since seats were last given back: of each vacancy how many, and these vacancies once each. */
  const asked = new Int32Array(vacancies);
  const where = emptyList(vacancies);
  const over = emptyList(nodes);
  for (let vacancy = 0; vacancy < vacancies; vacancy += 1) {
    if (at(held, vacancy) === at(people, vacancy)) continue;
    most[vacancy] = at(held, vacancy);
    asked[vacancy] = at(people, vacancy) - at(held, vacancy);
    where.push(vacancy);
  }
  for (let cap = vacancies; cap < nodes; cap += 1) if (at(held, cap) > at(most, cap)) over.push(cap);

  /** Caps are told of a vacancy once, whatever came and went there. */
  const count = (vacancy: number, more: number): void => {
    add(held, vacancy, more);
    for (let cap = at(parent, vacancy); cap !== none; cap = at(parent, cap)) {
      const before = at(held, cap);
      held[cap] = before + more;
      if (before <= at(most, cap) && before + more > at(most, cap)) over.push(cap);
    }
    changed(vacancy);
  };
  return {
    countIn: (vacancy) => {
      if (asked[vacancy] === 0) where.push(vacancy);
      add(asked, vacancy, 1);
    },
    giveBack: (release) => {
      where.empty((vacancy) => {
        const left = at(most, vacancy) - at(held, vacancy);
        const came = at(asked, vacancy);
        asked[vacancy] = 0;
        if (came > left) release(vacancy, came - left);
        // A full vacancy holds as many as before; in one order these may be others.
        if (left > 0 || lastHolder) count(vacancy, Math.min(came, left));
      });
      const caps: number[] = [];
      over.empty((cap) => caps.push(cap));
      for (const cap of caps.toSorted((a, b) => at(depth, b) - at(depth, a))) {
        while (at(held, cap) > at(most, cap)) {
          const giving = last(cap);
          release(giving, 1);
          count(giving, -1);
          if (!lastHolder) most[giving] = at(held, giving);
        }
      }
    },
  };
};

/** A list of numbers, of which there are never more than `size`. */
const emptyList = (size: number) => {
  const entries = new Int32Array(size);
  let length = 0;
  return {
    push: (entry: number): void => {
      entries[length] = entry;
      length += 1;
    },
    /** Takes all of them out. */
    empty: (each: (entry: number) => void): void => {
      for (let index = 0; index < length; index += 1) each(at(entries, index));
      length = 0;
    },
  };
};
