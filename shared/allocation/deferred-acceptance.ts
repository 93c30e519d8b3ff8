import { nobodyAsks } from '#shared/allocation/asking.ts';
import type { CapTree } from '#shared/allocation/cap-tree.ts';
import type { LastHolder } from '#shared/allocation/giving-back.ts';
import { none, type Sides } from '#shared/allocation/market.ts';
import { at } from '#shared/allocation/numbers.ts';
import { type Seats, seatsOf } from '#shared/allocation/seats.ts';
import { type Asked, seatsAskFirst } from '#shared/allocation/seats-ask-first.ts';
import { tooMany } from '#shared/allocation/too-many.ts';

/**
 * Applicant-proposing deferred acceptance (Gale and Shapley 1962), under nested caps if there are any (Kamada and Kojima's flexible version).
 * @returns each applicant's choice, as an entry of `choiceVacancy`, or `none`
 */
export const deferredAcceptance = (sides: Sides, tree: CapTree): Int32Array => {
  const asked = seatsAskFirst(sides, tree.most);
  if (tree.parent.some((cap) => cap !== none)) makeRoomUnderCaps(sides, tree, asked);
  return asked.held;
};

/**
 * Of any who ask caps take some of those whom the vacancies alone would, so whoever is turned away without caps is so under them: this begins
 * where nobody is turned away without. Vacancies and caps give back what is too many, whoever had it asks the next of the own list, and so on.
 * The result does not depend on who asks first; in rounds the lists are read one after the other as they lie in memory.
 * @param asked without caps; each applicant's choice is changed to the one under them
 */
const makeRoomUnderCaps = (sides: Sides, tree: CapTree, asked: Asked): void => {
  const { choiceStart, choiceVacancy, choicePlace } = sides;
  const { held } = asked;
  const asking = nobodyAsks(held.length);
  const seats = seatsOf(sides, asked);
  const people = asked.left.map((left, vacancy) => at(tree.most, vacancy) - left);
  const { countIn, giveBack } = tooMany(tree, people, lastIn(sides, seats));
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
  do giveBack((vacancy, many) => seats.release(vacancy, many, asking.add));
  while (asking.all(ask));
};

/** Where the people stand in one order, how late the last one at each vacancy comes in it. */
const lastIn = ({ order, rankingStart, ranking }: Sides, seats: Seats): LastHolder | undefined =>
  order &&
  ((vacancy) => {
    const place = seats.last(vacancy);
    return place === none ? none : at(order, at(ranking, at(rankingStart, vacancy) + place));
  });
