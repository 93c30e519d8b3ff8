import { everybodyAsks } from '#shared/allocation/asking.ts';
import { none, type Sides, unwanted } from '#shared/allocation/market.ts';
import { add, at } from '#shared/allocation/numbers.ts';

/** What vacancies came to that asked: each applicant's choice, as an entry of `choiceVacancy`, or `none` … */
export type Asked = {
  held: Int32Array;
  /** … and of each vacancy the entry of `ranking` before which everybody is whom it holds, and its seats left. */
  next: Int32Array;
  left: Int32Array;
};

/**
 * What applicant-proposing deferred acceptance gives where there are no caps, found from the other side. First the vacancies ask, each down its
 * ranking as it lies in memory: of the stable allocations the worst for every applicant, and in most markets nearly the best. Then people
 * change seats in circles, as long as there is one: each would rather have the seat of the next, whose vacancy has them first of all whom it can
 * still get (rotations: Gusfield and Irving 1989; with several seats Cheng, McDermid and Suzuki 2008). Without a circle it is the best.
 */
export const seatsAskFirst = (sides: Sides, seats: Int32Array): Asked => {
  const { both, next, left } = vacanciesAsk(sides, seats);
  changeInCircles(sides, { both, next, left });
  const held = new Int32Array(sides.choiceStart.length - 1);
  for (let applicant = 0; applicant < held.length; applicant += 1) {
    const choice = at(both, 2 * applicant);
    held[applicant] = choice === unwanted ? none : choice;
  }
  return { held, next, left };
};

/** `both`: each applicant's choice, or `unwanted`, which is after every choice, and beside it the vacancy, since both are wanted at once. */
type Asking = Omit<Asked, 'held'> & { both: Int32Array };

const vacanciesAsk = (sides: Sides, seats: Int32Array): Asking => {
  const { choiceStart, rankingStart, ranking, rankingChoice } = sides;
  const vacancies = rankingStart.length - 1;
  const both = new Int32Array(2 * choiceStart.length - 2).fill(unwanted);
  const next = rankingStart.slice(0, vacancies);
  const left = seats.slice(0, vacancies);
  const asking = everybodyAsks(vacancies);
  const ask = (vacancy: number): void => {
    const end = at(rankingStart, vacancy + 1);
    let index = at(next, vacancy);
    let free = at(left, vacancy);
    for (; free > 0 && index < end; index += 1) {
      const own = 2 * at(ranking, index);
      const before = at(both, own);
      const choice = at(rankingChoice, index);
      if (choice >= before) continue;
      const loser = at(both, own + 1);
      both[own] = choice;
      both[own + 1] = vacancy;
      free -= 1;
      if (before === unwanted) continue;
      add(left, loser, 1);
      asking.add(loser);
    }
    next[vacancy] = index;
    left[vacancy] = free;
  };
  while (asking.all(ask));
  return { both, next, left };
};

const [unknown, onTheWay, settled] = [0, 1, 2];

const changeInCircles = (sides: Sides, { both, next, left }: Asking): void => {
  const { rankingStart, ranking, rankingChoice } = sides;
  const state = new Int32Array(left.length);
  const way: number[] = [];
  /** Where the first person has a seat who would rather have one here; `none` where the vacancy can get nobody who has one. */
  const leadsTo = (vacancy: number): number => {
    // Seats that stay empty do so in every stable allocation.
    if (at(left, vacancy) > 0) return none;
    const end = at(rankingStart, vacancy + 1);
    let index = at(next, vacancy);
    while (index < end && at(rankingChoice, index) >= at(both, 2 * at(ranking, index))) index += 1;
    next[vacancy] = index;
    const has = index === end ? unwanted : at(both, 2 * at(ranking, index) + 1);
    return has === unwanted ? none : has;
  };
  const change = (first: number): void => {
    for (const vacancy of way.splice(way.lastIndexOf(first))) {
      const index = at(next, vacancy);
      both[2 * at(ranking, index)] = at(rankingChoice, index);
      both[2 * at(ranking, index) + 1] = vacancy;
      state[vacancy] = unknown;
    }
  };
  for (let start = 0; start < left.length; start += 1) {
    let vacancy = start;
    while (vacancy !== none && state[vacancy] !== settled) {
      if (state[vacancy] === onTheWay) {
        change(vacancy);
        // Whoever the way came from may have another first person now.
        vacancy = way.pop() ?? start;
        state[vacancy] = unknown;
        continue;
      }
      state[vacancy] = onTheWay;
      way.push(vacancy);
      vacancy = leadsTo(vacancy);
    }
    for (const one of way) state[one] = settled;
    way.length = 0;
  }
};
