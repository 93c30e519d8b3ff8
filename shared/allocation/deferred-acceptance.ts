import { everybodyAsks } from '#shared/allocation/asking.ts';
import type { CapTree } from '#shared/allocation/cap-tree.ts';
import type { LastHolder } from '#shared/allocation/giving-back.ts';
import { none, type Sides } from '#shared/allocation/market.ts';
import { at } from '#shared/allocation/numbers.ts';
import { emptySeats, type Seats } from '#shared/allocation/seats.ts';
import { seatsAskFirst } from '#shared/allocation/seats-ask-first.ts';
import { tooMany } from '#shared/allocation/too-many.ts';

/**
 * Applicant-proposing deferred acceptance (Gale and Shapley 1962), under nested caps if there are any (Kamada and Kojima's flexible version).
 * @returns each applicant's choice, as an entry of `choiceVacancy`, or `none`
 */
export const deferredAcceptance = (sides: Sides, tree: CapTree): Int32Array =>
  tree.parent.every((cap) => cap === none) ? seatsAskFirst(sides, tree.most) : inRounds(sides, tree);

/**
 * Everybody without a seat asks the next of the own list, then vacancies and caps give back what is too many, and whoever had it asks again.
 * The result does not depend on who asks first; in rounds the lists are read one after the other as they lie in memory.
 */
const inRounds = (sides: Sides, tree: CapTree): Int32Array => {
  const { choiceStart, choiceVacancy, choicePlace, rankingStart, ranking } = sides;
  const applicants = choiceStart.length - 1;
  const current = choiceStart.slice(0, applicants);
  const asking = everybodyAsks(applicants);
  const seats = emptySeats(sides);
  const { countIn, giveBack } = tooMany(tree, lastIn(sides, seats));
  const ask = (applicant: number): void => {
    const end = at(choiceStart, applicant + 1);
    let choice = at(current, applicant);
    while (choice < end && !seats.admits(at(choiceVacancy, choice), at(choicePlace, choice))) choice += 1;
    current[applicant] = choice;
    if (choice === end) return;
    seats.hold(at(choiceVacancy, choice), at(choicePlace, choice));
    countIn(at(choiceVacancy, choice));
  };
  const release = (vacancy: number, people: number): void => {
    const first = at(rankingStart, vacancy);
    seats.release(vacancy, people, (place) => asking.add(at(ranking, first + place)));
  };
  while (asking.all(ask)) giveBack(release);
  for (let applicant = 0; applicant < applicants; applicant += 1) {
    if (current[applicant] === choiceStart[applicant + 1]) current[applicant] = none;
  }
  return current;
};

/** Where the people stand in one order, how late the last one at each vacancy comes in it. */
const lastIn = ({ order, rankingStart, ranking }: Sides, seats: Seats): LastHolder | undefined =>
  order &&
  ((vacancy) => {
    const place = seats.last(vacancy);
    return place === none ? none : at(order, at(ranking, at(rankingStart, vacancy) + place));
  });
