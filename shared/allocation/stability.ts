import { type CapTree, countCaps, firstFull } from '#shared/allocation/cap-tree.ts';
import { givingBack } from '#shared/allocation/giving-back.ts';
import { none, type Sides } from '#shared/allocation/market.ts';
import { add, at } from '#shared/allocation/numbers.ts';
import { reachInOrder } from '#shared/allocation/reach-in-order.ts';

/**
 * How far down its ranking each vacancy would go in a given allocation: places below `reach` are admitted. `closed` says
 * where that is a limit; an open vacancy has a seat for anyone whom it ranks.
 */
export type Reach = { reach: Int32Array; closed: Int32Array };

/** What a mechanism does with a market, over entries of `choiceVacancy`. */
export type Rules = {
  /** Each applicant's choice, or `none`. */
  allocate: () => Int32Array;
  /** How far down its ranking each vacancy would go, in whatever allocation. */
  reach: (held: Int32Array) => Reach;
};

/**
 * The reach of each vacancy under deferred acceptance. A vacancy that is full, or whose caps would not rather have a
 * seat here than the last one elsewhere, admits those who rank before its lowest holder; any other admits everyone.
 * @param held each applicant's choice as an entry of `choiceVacancy`, or `none`
 */
export const reachOf = (sides: Sides, tree: CapTree, held: Int32Array): Reach => {
  const { choiceVacancy, choicePlace, rankingStart } = sides;
  const count = new Int32Array(tree.nodes);
  const reach = new Int32Array(tree.vacancies);
  for (const choice of held) {
    if (choice === none) continue;
    const vacancy = at(choiceVacancy, choice);
    add(count, vacancy, 1);
    reach[vacancy] = Math.max(at(reach, vacancy), at(choicePlace, choice) + 1);
  }
  countCaps(tree, count);
  if (sides.order) return reachInOrder(sides, tree, { held, count, order: sides.order });
  const closed = closedVacancies(tree, count);
  for (let vacancy = 0; vacancy < tree.vacancies; vacancy += 1) {
    if (closed[vacancy] === 1) continue;
    reach[vacancy] = at(rankingStart, vacancy + 1) - at(rankingStart, vacancy);
  }
  return { reach, closed };
};

/**
 * Every pair of which both sides would rather have each other: the applicant wants the vacancy more than the own, and it would
 * admit the applicant. None means stable. Time is proportional to the lengths of the lists.
 * @returns entries of `choiceVacancy`
 */
export const blockingChoices = (sides: Sides, held: Int32Array, { reach }: Reach): number[] => {
  const { choiceStart, choiceVacancy, choicePlace } = sides;
  const blocking: number[] = [];
  for (let applicant = 0; applicant < held.length; applicant += 1) {
    const own = at(held, applicant);
    const end = own === none ? at(choiceStart, applicant + 1) : own;
    for (let choice = at(choiceStart, applicant); choice < end; choice += 1) {
      if (at(choicePlace, choice) < at(reach, at(choiceVacancy, choice))) blocking.push(choice);
    }
  }
  return blocking;
};

/** Adds one more person to each vacancy in turn and asks whose seat would be given back for it. */
const closedVacancies = (tree: CapTree, count: Int32Array): Int32Array => {
  const { vacancies, parent } = tree;
  const closed = new Int32Array(vacancies);
  const { last, changed } = givingBack(tree, count);
  const put = (vacancy: number, people: number): void => {
    for (let node = vacancy; node !== none; node = at(parent, node)) add(count, node, people);
    changed(vacancy);
  };
  for (let vacancy = 0; vacancy < vacancies; vacancy += 1) {
    const full = firstFull(tree, count, vacancy);
    if (full === none) continue;
    if (full === vacancy) closed[vacancy] = 1;
    else {
      put(vacancy, 1);
      if (last(full) === vacancy) closed[vacancy] = 1;
      put(vacancy, -1);
    }
  }
  return closed;
};
