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
  /** A tournament in each cap, at twice its children: who of two gives back first plays on, entry 1 is the winner. */
  const games = new Int32Array(2 * (children.length + nodes));
  const gamesOf = (cap: number): number => 2 * (at(childStart, cap) + cap);
  const sizeOf = (cap: number): number => at(childStart, cap + 1) - at(childStart, cap);
  /** Caps whose tournament is kept up to date: those that were full once, and all inside. */
  const watched = new Int32Array(nodes);

  const play = (start: number, game: number): void => {
    const [one, other] = [start + 2 * game, start + 2 * game + 1];
    games[start + game] = candidates.first(at(games, one), at(games, other));
  };

  const replay = (cap: number, child: number): void => {
    const start = gamesOf(cap);
    for (let game = (sizeOf(cap) + child) >> 1; game > 0; game >>= 1) play(start, game);
    candidates.ofCap(cap, at(games, start + 1));
  };

  const watch = (cap: number): void => {
    watched[cap] = 1;
    const start = gamesOf(cap);
    const size = sizeOf(cap);
    for (let child = 0; child < size; child += 1) {
      const node = at(children, at(childStart, cap) + child);
      if (node < vacancies) candidates.ofVacancy(node);
      else if (watched[node] === 0) watch(node);
      games[start + size + child] = node;
    }
    for (let game = size - 1; game > 0; game -= 1) play(start, game);
    candidates.ofCap(cap, at(games, start + 1));
  };

  return {
    last: (cap) => {
      if (watched[cap] === 0) watch(cap);
      return candidates.of(cap);
    },
    changed: (vacancy) => {
      candidates.ofVacancy(vacancy);
      let node = vacancy;
      for (let cap = at(parent, node); cap !== none && watched[cap] === 1; cap = at(parent, cap)) {
        replay(cap, at(place, node));
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
      if (lastHolder) return lastHolder(mine) > lastHolder(theirs) ? one : other;
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
