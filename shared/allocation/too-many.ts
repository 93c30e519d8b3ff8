import type { CapTree } from '#shared/allocation/cap-tree.ts';
import { givingBack, type LastHolder } from '#shared/allocation/giving-back.ts';
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
 */
export const tooMany = (tree: CapTree, lastHolder: LastHolder | undefined): TooMany => {
  const { vacancies, depth } = tree;
  const { left, above, take } = seatsLeft(tree);
  const held = new Int32Array(tree.nodes);
  const { last, changed } = givingBack(tree, held, lastHolder);
  const over = emptyList(tree.nodes);
  /** Vacancies inside caps where somebody asked, once each. */
  const asked = emptyList(vacancies);
  const isAsked = new Int32Array(vacancies);

  const count = (vacancy: number, people: number): void => {
    for (let node = vacancy; node !== none; node = above(node)) {
      add(held, node, people);
      if (take(node, people) === -1 && people > 0) over.push(node);
    }
  };
  const tellCaps = (): void => {
    asked.empty((vacancy) => {
      isAsked[vacancy] = 0;
      changed(vacancy);
    });
  };
  return {
    countIn: (vacancy) => {
      // How many are held is asked inside caps alone.
      if (above(vacancy) === none) {
        if (take(vacancy, 1) === -1) over.push(vacancy);
        return;
      }
      if (isAsked[vacancy] === 0) {
        isAsked[vacancy] = 1;
        asked.push(vacancy);
      }
      count(vacancy, 1);
    },
    giveBack: (release) => {
      const caps: number[] = [];
      over.empty((node) => {
        const people = -left(node);
        if (node >= vacancies) caps.push(node);
        else if (people > 0) {
          release(node, people);
          count(node, -people);
        }
      });
      tellCaps();
      for (const cap of caps.toSorted((a, b) => at(depth, b) - at(depth, a))) {
        while (left(cap) < 0) {
          const giving = last(cap);
          release(giving, 1);
          count(giving, -1);
          changed(giving);
          if (!lastHolder) take(giving, left(giving));
        }
      }
    },
  };
};

/** How many seats each node has left, beside the node that it lies in: both are wanted at once. Below 0 are people too many. */
const seatsLeft = ({ nodes, most, parent }: CapTree) => {
  const ways = new Int32Array(2 * nodes);
  for (let node = 0; node < nodes; node += 1) {
    ways[2 * node] = at(most, node);
    ways[2 * node + 1] = at(parent, node);
  }
  return {
    left: (node: number): number => at(ways, 2 * node),
    above: (node: number): number => at(ways, 2 * node + 1),
    /** @returns how many are left */
    take: (node: number, seats: number): number => {
      ways[2 * node] = at(ways, 2 * node) - seats;
      return at(ways, 2 * node);
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
