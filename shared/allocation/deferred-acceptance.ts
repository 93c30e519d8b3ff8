import { nobodyAsks } from '#shared/allocation/asking.ts';
import type { CapTree } from '#shared/allocation/cap-tree.ts';
import type { LastHolder } from '#shared/allocation/giving-back.ts';
import { none, type Sides } from '#shared/allocation/market.ts';
import { at } from '#shared/allocation/numbers.ts';
import { type Seats, seatsHeld } from '#shared/allocation/seats.ts';
import { seatsAskFirst } from '#shared/allocation/seats-ask-first.ts';
import { tooMany } from '#shared/allocation/too-many.ts';

/**
 * Applicant-proposing deferred acceptance (Gale and Shapley 1962), under nested caps if there are any (Kamada and Kojima's flexible version).
 * @returns each applicant's choice, as an entry of `choiceVacancy`, or `none`
 */
export const deferredAcceptance = (sides: Sides, tree: CapTree): Int32Array => {
  const held = seatsAskFirst(sides, tree.most);
  if (tree.parent.some((cap) => cap !== none)) makeRoomUnderCaps(sides, tree, held);
  return held;
};

/**
 * Of any who ask caps take some of those whom the vacancies alone would, so whoever is turned away without caps is so under them: this begins
 * where nobody is turned away without. Vacancies and caps give back what is too many, whoever had it asks the next of the own list, and so on.
 * The result does not depend on who asks first; in rounds the lists are read one after the other as they lie in memory.
 * @param held each applicant's choice without caps, changed to the one under them
 */
const makeRoomUnderCaps = (sides: Sides, tree: CapTree, held: Int32Array): void => {
  const { choiceStart, choiceVacancy, choicePlace, rankingStart, ranking } = sides;
  const asking = nobodyAsks(held.length);
  const seats = seatsHeld(sides, tree.most, held);
  const { countIn, giveBack } = tooMany(tree, seats.people, lastIn(sides, seats));
  const ask = (applicant: number): void => {
    const end = at(choiceStart, applicant + 1);
    let choice = at(held, applicant);
    while (choice < end && !seats.admits(at(choiceVacancy, choice), at(choicePlace, choice))) choice += 1;
    if (choice === end) {
      held[applicant] = none;
      return;
    }
    held[applicant] = choice;
    seats.hold(at(choiceVacancy, choice), at(choicePlace, choice));
    countIn(at(choiceVacancy, choice));
  };
  const release = (vacancy: number, people: number): void => {
    const first = at(rankingStart, vacancy);
    seats.release(vacancy, people, (place) => asking.add(at(ranking, first + place)));
  };
  do giveBack(release);
  while (asking.all(ask));
};

/** Where the people stand in one order, how late the last one at each vacancy comes in it. */
const lastIn = ({ order, rankingStart, ranking }: Sides, seats: Seats): LastHolder | undefined =>
  order &&
  ((vacancy) => {
    const place = seats.last(vacancy);
    return place === none ? none : at(order, at(ranking, at(rankingStart, vacancy) + place));
  });
