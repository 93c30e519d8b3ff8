import type { CapTree } from '#shared/allocation/cap-tree.ts';
import { none } from '#shared/allocation/market.ts';
import { add, at, sumUp } from '#shared/allocation/numbers.ts';

/**
 * Says which vacancy gives a seat back where a cap holds one too many. It is the last seat in the cap's published order:
 *
 * 1. Seats within a reserve come before others; of several reserves the first by precedence, then the outermost.
 * 2. Then, where the people stand in one order, whoever comes before the other. Where they do not, the vacancies take turns: every first
 *    seat beyond the vacancy's own reserve before every second one.
 * 3. Within a turn, in the order of the ids.
 *
 * So the caps maximise a sum of concave functions of the numbers of people in nested groups, for which applicant-proposing deferred
 * acceptance is stable and strategy-proof (Kojima, Tamura, Yokoo, "Designing matching mechanisms under constraints", 2018).
 */
export type GivingBack = {
  /** The vacancy whose seat is the last of all inside a cap. */
  last: (cap: number) => number;
  /** To be told after the counts of a vacancy and of everything around it have changed. */
  changed: (vacancy: number) => void;
};

/**
 * Of each vacancy, how late the last of those whom it holds comes in the one order; negative for nobody. It may change where
 * `changed` is told.
 */
export type LastHolder = (vacancy: number) => number;

/**
 * @param count people held in each node of the tree, kept up to date by the caller
 * @param lastHolder where the people stand in one order
 */
export const givingBack = (tree: CapTree, count: Int32Array, lastHolder?: LastHolder): GivingBack => {
  const { nodes, vacancies, parent } = tree;
  const { childStart, children, place } = childrenOf(tree);
  const candidates = candidatesOf(tree, count, lastHolder);
  for (let vacancy = 0; vacancy < vacancies; vacancy += 1) candidates.ofVacancy(vacancy);
  /**
   * A tournament in each cap, at twice its children, the last of which are its leaves: who of two gives back first plays on at half the number,
   * and 1 is the winner's. Games are played when somebody asks: `none` is one that is to be played, and then so are all after it.
   */
  const games = new Int32Array(2 * (children.length + nodes)).fill(none);
  const gamesOf = (cap: number): number => 2 * (at(childStart, cap) + cap);
  const sizeOf = (cap: number): number => at(childStart, cap + 1) - at(childStart, cap);
  for (const [node, cap] of parent.entries()) {
    if (cap !== none) games[gamesOf(cap) + sizeOf(cap) + at(place, node)] = node;
  }
  const isKnown = new Int32Array(nodes);

  const play = (start: number, game: number): number => {
    const known = at(games, start + game);
    if (known !== none) {
      if (known >= vacancies && isKnown[known] === 0) settle(known);
      return known;
    }
    const winner = candidates.first(play(start, 2 * game), play(start, 2 * game + 1));
    games[start + game] = winner;
    return winner;
  };

  const settle = (cap: number): void => {
    isKnown[cap] = 1;
    candidates.ofCap(cap, play(gamesOf(cap), 1));
  };

  /** @returns whether more than was forgotten before is */
  const forget = (cap: number, child: number): boolean => {
    const start = gamesOf(cap);
    const wasKnown = isKnown[cap] === 1;
    isKnown[cap] = 0;
    for (let game = (sizeOf(cap) + child) >> 1; game > 0 && games[start + game] !== none; game >>= 1) {
      games[start + game] = none;
    }
    return wasKnown;
  };

  return {
    last: (cap) => {
      if (isKnown[cap] === 0) settle(cap);
      return candidates.of(cap);
    },
    changed: (vacancy) => {
      candidates.ofVacancy(vacancy);
      let node = vacancy;
      for (let cap = at(parent, node); cap !== none && forget(cap, at(place, node)); cap = at(parent, cap)) {
        node = cap;
      }
    },
  };
};

/** Holds nobody, so it can give nothing: behind every shield. */
const empty = 0x7fffffff;

/** Of each node the vacancy that would give back first, and which reserves at and below the node shield it, one bit each. */
const candidatesOf = ({ nodes, reserve, weight }: CapTree, count: Int32Array, lastHolder?: LastHolder) => {
  const candidate = new Int32Array(nodes);
  const shield = new Int32Array(nodes);
  const latest = new Int32Array(lastHolder ? nodes : 0);
  const shielded = (node: number, inner: number): number => {
    const held = at(count, node);
    if (held === 0) return empty;
    return held <= at(reserve, node) ? inner | at(weight, node) : inner;
  };
  const turnOf = (vacancy: number): number => {
    const held = at(count, vacancy);
    const kept = at(reserve, vacancy);
    return held <= kept ? held : held - kept;
  };
  return {
    of: (node: number): number => at(candidate, node),
    ofVacancy: (vacancy: number): void => {
      candidate[vacancy] = vacancy;
      shield[vacancy] = shielded(vacancy, 0);
      if (lastHolder) latest[vacancy] = lastHolder(vacancy);
    },
    ofCap: (cap: number, winner: number): void => {
      candidate[cap] = at(candidate, winner);
      shield[cap] = shielded(cap, at(shield, winner));
    },
    /** Which of two siblings gives back first. */
    first: (one: number, other: number): number => {
      const shields = at(shield, one) - at(shield, other);
      if (shields !== 0) return shields < 0 ? one : other;
      const [mine, theirs] = [at(candidate, one), at(candidate, other)];
      if (lastHolder) return at(latest, mine) > at(latest, theirs) ? one : other;
      const turns = turnOf(mine) - turnOf(theirs);
      if (turns !== 0) return turns > 0 ? one : other;
      return mine > theirs ? one : other;
    },
  };
};

/** The children of each cap, end to end, and each node's place among its siblings. */
const childrenOf = ({ nodes, parent }: CapTree) => {
  const childStart = new Int32Array(nodes + 1);
  for (const cap of parent) if (cap !== none) add(childStart, cap + 1, 1);
  sumUp(childStart);
  const filled = new Int32Array(nodes);
  const place = new Int32Array(nodes);
  const children = new Int32Array(at(childStart, nodes));
  for (const [node, cap] of parent.entries()) {
    if (cap === none) continue;
    place[node] = at(filled, cap);
    children[at(childStart, cap) + at(place, node)] = node;
    add(filled, cap, 1);
  }
  return { childStart, children, place };
};
