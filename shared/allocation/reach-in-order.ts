import { type CapTree, firstFull } from '#shared/allocation/cap-tree.ts';
import { givingBack } from '#shared/allocation/giving-back.ts';
import { none, type Sides } from '#shared/allocation/market.ts';
import { add, at } from '#shared/allocation/numbers.ts';
import type { Reach } from '#shared/allocation/stability.ts';

type InOrder = {
  held: Int32Array;
  /** People held in each node of the tree; the same again when it returns. */
  count: Int32Array;
  order: Int32Array;
};

/**
 * The reach of each vacancy under deferred acceptance where people stand in one order: one more person is let in at each vacancy, and
 * the last one whom a full cap would keep is looked for by halving.
 */
export const reachInOrder = (sides: Sides, tree: CapTree, { held, count, order }: InOrder): Reach => {
  const { rankingStart, ranking } = sides;
  const { vacancies, parent } = tree;
  const own = lastHolders(sides, held, order);
  const { stays, leaves } = guest(tree, count, own);
  const put = (vacancy: number, people: number): void => {
    for (let node = vacancy; node !== none; node = at(parent, node)) add(count, node, people);
  };
  const reach = new Int32Array(vacancies);
  const closed = new Int32Array(vacancies);
  for (let vacancy = 0; vacancy < vacancies; vacancy += 1) {
    const first = at(rankingStart, vacancy);
    const size = at(rankingStart, vacancy + 1) - first;
    const placeOf = (place: number): number => at(order, at(ranking, first + place));
    const full = firstFull(tree, count, vacancy);
    if (full === none) {
      reach[vacancy] = size;
      continue;
    }
    if (full === vacancy) {
      reach[vacancy] = howMany(size, (place) => beforeHolder(placeOf(place)) < at(own, vacancy));
      closed[vacancy] = 1;
      continue;
    }
    put(vacancy, 1);
    if (!stays(vacancy, full, holder(order.length))) closed[vacancy] = 1;
    reach[vacancy] = howMany(size, (place) => stays(vacancy, full, beforeHolder(placeOf(place))));
    put(vacancy, -1);
    leaves(vacancy);
  }
  return { reach, closed };
};

/** Two numbers for each place of the order: whoever asks for a second vacancy comes just before the seat that they hold. */
const holder = (place: number): number => 2 * place;
const beforeHolder = (place: number): number => 2 * place - 1;

/** Of each vacancy the last of those whom it holds, or `none`. */
const lastHolders = ({ choiceVacancy, capacity }: Sides, held: Int32Array, order: Int32Array): Int32Array => {
  const last = new Int32Array(capacity.length).fill(none);
  for (const [applicant, choice] of held.entries()) {
    if (choice === none) continue;
    const vacancy = at(choiceVacancy, choice);
    last[vacancy] = Math.max(at(last, vacancy), holder(at(order, applicant)));
  }
  return last;
};

/** Whether somebody who is let in at a vacancy is still there once a full cap has given one seat back. */
const guest = (tree: CapTree, count: Int32Array, own: Int32Array) => {
  const last = own.slice();
  const giving = givingBack(tree, count, (vacancy) => at(last, vacancy));
  const stays = (vacancy: number, full: number, place: number): boolean => {
    last[vacancy] = Math.max(at(own, vacancy), place);
    giving.changed(vacancy);
    return giving.last(full) !== vacancy || place < at(own, vacancy);
  };
  const leaves = (vacancy: number): void => {
    last[vacancy] = at(own, vacancy);
    giving.changed(vacancy);
  };
  return { stays, leaves };
};

/** How many of the places of a ranking hold; those that do come before those that do not. */
const howMany = (size: number, holds: (place: number) => boolean): number => {
  let [least, most] = [0, size];
  while (least < most) {
    const middle = (least + most) >> 1;
    if (holds(middle)) least = middle + 1;
    else most = middle;
  }
  return least;
};
