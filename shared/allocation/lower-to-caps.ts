import type { CapTree } from '#shared/allocation/cap-tree.ts';
import { none } from '#shared/allocation/market.ts';
import { add, at } from '#shared/allocation/numbers.ts';

/**
 * Brings caps within their numbers where vacancies take turns, without going from seat to seat: of each cap it is looked for by halving
 * after which turn so many seats come, and those are given back together; what is over then, vacancies give back one seat each, the last in
 * order first. The same as giving back the last seat of the cap again and again. Where nothing is left but what reserves shield a cap stays over its
 * number, and those around it are left as they are.
 * @param held people in each node, changed
 */
export const lowerToCaps = (tree: CapTree, held: Int32Array): void => {
  const { give, giveRest } = loweringOf(tree, held);
  const over = (cap: number): number => at(held, cap) - at(tree.most, cap);
  for (const level of levelsOf(tree).toReversed()) {
    for (const cap of level) if (over(cap) > 0) give(cap, over(cap));
    giveRest();
    // What is still to be given back here, caps further out have not to give back.
    if (level.some((cap) => over(cap) > 0)) return;
  }
};

/** The caps by how many others enclose them. */
const levelsOf = ({ nodes, vacancies, parent }: CapTree): number[][] => {
  const levels: number[][] = [];
  for (let cap = vacancies; cap < nodes; cap += 1) {
    let level = 0;
    for (let outer = at(parent, cap); outer !== none; outer = at(parent, outer)) level += 1;
    while (levels.length <= level) levels.push([]);
    levels[level]?.push(cap);
  }
  return levels;
};

const loweringOf = (tree: CapTree, held: Int32Array) => {
  const { vacancies, parent, childStart, child } = tree;
  const { unshielded, after } = shieldedIn(tree, held);
  const turnFor = turnsOf(after);
  /** Of each cap the last turn that it keeps seats of, and how many of these it is still to give back. */
  const turnOf = new Int32Array(tree.nodes);
  const rest = new Int32Array(tree.nodes);

  const take = (vacancy: number, people: number): void => {
    for (let node = vacancy; node !== none; node = at(parent, node)) add(held, node, -people);
  };

  const lower = (cap: number, turn: number): void => {
    for (let index = at(childStart, cap); index < at(childStart, cap + 1); index += 1) {
      const node = at(child, index);
      const free = unshielded(node);
      if (node < vacancies) {
        if (free > turn) take(node, free - turn);
      } else if (after(node, turn) > free) give(node, free);
      else lower(node, turn);
    }
  };

  const give = (cap: number, people: number): void => {
    const turn = turnFor(cap, people);
    turnOf[cap] = turn;
    rest[cap] = turn > 0 ? people - after(cap, turn) : 0;
    lower(cap, turn);
  };

  /** One more seat by each vacancy that has one of the turn, from the last on, as long as a cap around it is to give back any. */
  const giveRest = (): void => {
    for (let vacancy = vacancies - 1; vacancy >= 0; vacancy -= 1) {
      let cap = at(parent, vacancy);
      while (cap !== none && rest[cap] === 0) cap = unshielded(cap) > 0 ? at(parent, cap) : none;
      if (cap === none || unshielded(vacancy) !== at(turnOf, cap)) continue;
      take(vacancy, 1);
      add(rest, cap, -1);
    }
  };

  return { give, giveRest };
};

/** What reserves leave of each part of the tree, as people are held at the time. */
const shieldedIn = (tree: CapTree, held: Int32Array) => {
  const { vacancies, reserve, childStart, child } = tree;

  const unshielded = (node: number): number => Math.max(0, at(held, node) - at(reserve, node));

  /** How many seats inside a cap come after a turn; of each part no more than its reserve leaves. Vacancies are the first children. */
  const after = (cap: number, turn: number): number => {
    const end = at(childStart, cap + 1);
    let index = at(childStart, cap);
    let seats = 0;
    for (; index < end && at(child, index) < vacancies; index += 1) {
      const node = at(child, index);
      const more = at(held, node) - at(reserve, node) - turn;
      if (more > 0) seats += more;
    }
    for (; index < end; index += 1) {
      const node = at(child, index);
      seats += Math.min(unshielded(node), after(node, turn));
    }
    return seats;
  };

  return { unshielded, after };
};

/** Finds the first turn after which no more than so many seats come, beginning where the cap before had its own: they are near each other. */
const turnsOf = (after: (cap: number, turn: number) => number): ((cap: number, people: number) => number) => {
  let near = 1;
  return (cap, people) => {
    let [least, most] = [0, near];
    while (after(cap, most) > people) [least, most] = [most + 1, 2 * most];
    for (let step = 1; least < most; step *= 2) {
      const turn = Math.max(most - step, (least + most) >> 1);
      if (after(cap, turn) > people) least = turn + 1;
      else most = turn;
    }
    near = Math.max(1, most);
    return most;
  };
};
