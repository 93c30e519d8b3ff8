import { type Caps, none, type Sides } from '#shared/allocation/market.ts';
import { add, at, sumUp } from '#shared/allocation/numbers.ts';
import type { Reach } from '#shared/allocation/stability.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Everybody whom a vacancy ranks, from best to worst, and each applicant's place in that. */
export type MeritOrder = { order: Int32Array; place: Int32Array };

/** The rankings contradict each other in a circle of applicants, or leave open which of two comes first. */
export type MeritFault =
  | { fault: 'circle'; applicants: readonly number[] }
  | { fault: 'open'; one: number; other: number };

/**
 * The one order that all rankings are parts of. Without caps it does not matter whom it puts first of two who are never compared; with
 * caps they may compete for one seat, so `total` refuses what is left open.
 */
export const meritOrderOf = (sides: Sides, total: boolean): Result<MeritOrder, MeritFault> => {
  const applicants = sides.choiceStart.length - 1;
  const { start, after, before } = neighbours(sides);
  const waitsFor = before.slice();
  const ranked = rankedIn(sides);
  const order = new Int32Array(ranked.length);
  let found = 0;
  for (const applicant of ranked) {
    if (waitsFor[applicant] !== 0) continue;
    order[found] = applicant;
    found += 1;
  }
  for (let next = 0; next < found; next += 1) {
    const applicant = at(order, next);
    if (total && next + 1 < found)
      return refuse({ fault: 'open', one: applicant, other: at(order, next + 1) });
    for (let index = at(start, applicant); index < at(start, applicant + 1); index += 1) {
      const lower = at(after, index);
      add(waitsFor, lower, -1);
      if (waitsFor[lower] !== 0) continue;
      order[found] = lower;
      found += 1;
    }
  }
  if (found < ranked.length) return refuse({ fault: 'circle', applicants: circleIn(start, after, waitsFor) });
  const place = new Int32Array(applicants);
  for (const [index, applicant] of order.entries()) place[applicant] = index;
  return ok({ order, place });
};

/** The order that an instance names. @param places of each applicant, or `none` of whoever nobody ranks */
export const meritOrderIn = (places: Int32Array): MeritOrder => {
  const order = places
    .map((_place, applicant) => applicant)
    .filter((applicant) => at(places, applicant) !== none);
  return { order: order.toSorted((a, b) => at(places, a) - at(places, b)), place: places };
};

const rankedIn = ({ choiceStart, ranking }: Sides): Int32Array => {
  const isRanked = new Int32Array(choiceStart.length - 1);
  for (const applicant of ranking) isRanked[applicant] = 1;
  return Int32Array.from(isRanked.keys()).filter((applicant) => isRanked[applicant] === 1);
};

/** Who stands directly after each applicant in some ranking, and in how many an applicant stands after somebody. */
const neighbours = ({ choiceStart, rankingStart, ranking }: Sides) => {
  const applicants = choiceStart.length - 1;
  const start = new Int32Array(applicants + 1);
  const before = new Int32Array(applicants);
  const eachPair = (found: (upper: number, lower: number) => void): void => {
    for (let vacancy = 0; vacancy + 1 < rankingStart.length; vacancy += 1) {
      const end = at(rankingStart, vacancy + 1);
      for (let index = at(rankingStart, vacancy) + 1; index < end; index += 1)
        found(at(ranking, index - 1), at(ranking, index));
    }
  };
  eachPair((upper, lower) => {
    add(start, upper + 1, 1);
    add(before, lower, 1);
  });
  sumUp(start);
  const next = start.slice();
  const after = new Int32Array(at(start, applicants));
  eachPair((upper, lower) => {
    after[at(next, upper)] = lower;
    add(next, upper, 1);
  });
  return { start, after, before };
};

/** Among those who still wait for somebody, everyone has one who waits too above them: going up ends in a circle. */
const circleIn = (start: Int32Array, after: Int32Array, waitsFor: Int32Array): number[] => {
  const above = new Map<number, number>();
  for (let upper = 0; upper < waitsFor.length; upper += 1) {
    if (waitsFor[upper] === 0) continue;
    for (let index = at(start, upper); index < at(start, upper + 1); index += 1)
      above.set(at(after, index), upper);
  }
  const [first = 0] = above.keys();
  const seen = new Set<number>();
  let applicant = first;
  while (!seen.has(applicant)) {
    seen.add(applicant);
    applicant = above.get(applicant) ?? applicant;
  }
  const walked = [...seen];
  return walked.slice(walked.indexOf(applicant)).toReversed();
};

/**
 * Merit order with choice, as Peru fills its posts: one after the other, each applicant takes the best of the own list that still
 * has a seat, in the vacancy and in every cap around it. Strategy-proof under any caps, also crossing ones.
 * @returns each applicant's choice, as an entry of `choiceVacancy`, or `none`
 */
export const meritOrderWithChoice = (sides: Sides, caps: Caps, { order }: MeritOrder): Int32Array => {
  const { choiceStart, choiceVacancy } = sides;
  const left = sides.capacity.slice();
  const leftInCap = caps.max.slice();
  const around = capsAround(caps, left.length);
  const isFree = (vacancy: number): boolean =>
    at(left, vacancy) > 0 && around(vacancy).every((cap) => at(leftInCap, cap) > 0);
  const held = new Int32Array(choiceStart.length - 1).fill(none);
  for (const applicant of order) {
    const end = at(choiceStart, applicant + 1);
    let choice = at(choiceStart, applicant);
    while (choice < end && !isFree(at(choiceVacancy, choice))) choice += 1;
    if (choice === end) continue;
    const vacancy = at(choiceVacancy, choice);
    held[applicant] = choice;
    add(left, vacancy, -1);
    for (const cap of around(vacancy)) add(leftInCap, cap, -1);
  }
  return held;
};

/** How far each vacancy and the full caps around it went down the merit order, as places of the vacancy's ranking. */
export const reachByMerit = (sides: Sides, caps: Caps, merit: MeritOrder, held: Int32Array): Reach => {
  const { capacity, choiceVacancy, rankingStart, ranking } = sides;
  const around = capsAround(caps, capacity.length);
  const seats = lowestHolders(capacity);
  const inCaps = lowestHolders(caps.max);
  for (const [applicant, choice] of held.entries()) {
    if (choice === none) continue;
    const vacancy = at(choiceVacancy, choice);
    seats.add(vacancy, at(merit.place, applicant));
    for (const cap of around(vacancy)) inCaps.add(cap, at(merit.place, applicant));
  }
  const reach = new Int32Array(capacity.length);
  const closed = new Int32Array(capacity.length);
  for (let vacancy = 0; vacancy < capacity.length; vacancy += 1) {
    const lowest = around(vacancy).reduce(
      (least, cap) => Math.min(least, inCaps.lowest(cap)),
      seats.lowest(vacancy),
    );
    const first = at(rankingStart, vacancy);
    let end = at(rankingStart, vacancy + 1);
    while (end > first && at(merit.place, at(ranking, end - 1)) > lowest) end -= 1;
    reach[vacancy] = end - first;
    closed[vacancy] = lowest === Number.POSITIVE_INFINITY ? 0 : 1;
  }
  return { reach, closed };
};

/** Counts holders and remembers the lowest; `lowest` is infinite while there is a seat for anyone. */
const lowestHolders = (most: Int32Array) => {
  const count = new Int32Array(most.length);
  const worst = new Int32Array(most.length).fill(none);
  return {
    add: (index: number, place: number): void => {
      add(count, index, 1);
      worst[index] = Math.max(at(worst, index), place);
    },
    lowest: (index: number): number =>
      at(count, index) < at(most, index) ? Number.POSITIVE_INFINITY : at(worst, index),
  };
};

const capsAround = ({ members }: Caps, vacancies: number): ((vacancy: number) => readonly number[]) => {
  const around: number[][] = Array.from({ length: vacancies }, () => []);
  for (const [cap, inside] of members.entries()) for (const vacancy of inside) around[vacancy]?.push(cap);
  return (vacancy) => around[vacancy] ?? [];
};
