import type { CapTree } from '#shared/allocation/cap-tree.ts';
import { none } from '#shared/allocation/market.ts';
import { at } from '#shared/allocation/numbers.ts';

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
  const { nodes, vacancies, parent, childStart, place } = tree;
  const candidates = candidatesOf(tree, count, lastHolder);
  /**
   * A tournament in each cap, at twice its children, the last of which are its leaves: who of two gives back first plays on at half the number,
   * and 1 is the winner's.
   */
  const games = new Int32Array(2 * (at(childStart, nodes) + nodes));
  const gamesOf = (cap: number): number => 2 * (at(childStart, cap) + cap);
  const sizeOf = (cap: number): number => at(childStart, cap + 1) - at(childStart, cap);
  for (let node = 0; node < nodes; node += 1) {
    const cap = at(parent, node);
    if (cap !== none) games[gamesOf(cap) + sizeOf(cap) + at(place, node)] = node;
    if (node < vacancies) candidates.ofVacancy(node);
  }

  const play = (start: number, game: number): number =>
    candidates.first(at(games, start + 2 * game), at(games, start + 2 * game + 1));

  const playAll = (cap: number): void => {
    const [start, size] = [gamesOf(cap), sizeOf(cap)];
    for (let leaf = start + size; leaf < start + 2 * size; leaf += 1) {
      if (at(games, leaf) >= vacancies) playAll(at(games, leaf));
    }
    for (let game = size - 1; game > 0; game -= 1) games[start + game] = play(start, game);
    candidates.ofCap(cap, at(games, start + 1));
  };
  for (let cap = vacancies; cap < nodes; cap += 1) {
    if (parent[cap] === none && sizeOf(cap) > 0) playAll(cap);
  }

  const replay = (cap: number, node: number): void => {
    const start = gamesOf(cap);
    for (let game = (sizeOf(cap) + at(place, node)) >> 1; game > 0; game >>= 1) {
      const winner = play(start, game);
      // Whoever lost and loses again changes nothing further up.
      if (winner !== node && games[start + game] !== node) break;
      games[start + game] = winner;
    }
    candidates.ofCap(cap, at(games, start + 1));
  };

  return {
    last: candidates.of,
    changed: (vacancy) => {
      candidates.ofVacancy(vacancy);
      let node = vacancy;
      for (let cap = at(parent, node); cap !== none; cap = at(parent, cap)) {
        replay(cap, node);
        node = cap;
      }
    },
  };
};

/** Holds nobody, so it can give nothing: behind every shield. */
const empty = 0x7fffffff;

/**
 * Of each node the vacancy that would give back first, which reserves at and below the node shield it, one bit each, and how late its seat
 * comes: by the one order, or by the turn of the vacancy.
 */
const candidatesOf = ({ nodes, reserve, weight }: CapTree, count: Int32Array, lastHolder?: LastHolder) => {
  const candidate = new Int32Array(nodes);
  const shield = new Int32Array(nodes);
  const late = new Int32Array(nodes);
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
      late[vacancy] = lastHolder ? lastHolder(vacancy) : turnOf(vacancy);
    },
    ofCap: (cap: number, winner: number): void => {
      candidate[cap] = at(candidate, winner);
      shield[cap] = shielded(cap, at(shield, winner));
      late[cap] = at(late, winner);
    },
    /** Which of two siblings gives back first. */
    first: (one: number, other: number): number => {
      const before = at(shield, other) - at(shield, one) || at(late, one) - at(late, other);
      return (before || at(candidate, one) - at(candidate, other)) > 0 ? one : other;
    },
  };
};
