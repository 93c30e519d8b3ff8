import { add, at, sumUp } from '#shared/allocation/numbers.ts';
/**
 * A market: an instance with numbers in place of names, so that the mechanisms run over typed arrays. Applicants are
 * numbered as they stand, vacancies in the order of their ids: that order is the published precedence, so that no
 * shuffling of a file changes a result.
 */
export type Market = Sides & { caps: Caps };

/** What both sides want. A choice is kept only where the vacancy ranks the applicant. */
export type Sides = {
  /** Applicant a's choices, best first, are the entries from choiceStart[a] up to choiceStart[a + 1]. */
  choiceStart: Int32Array;
  choiceVacancy: Int32Array;
  /** The applicant's place in that vacancy's ranking; 0 is the best. */
  choicePlace: Int32Array;
  /** Vacancy v's ranking, best first, is from rankingStart[v] up to rankingStart[v + 1]. */
  rankingStart: Int32Array;
  ranking: Int32Array;
  /** Of each entry of `ranking` the applicant's choice that names this vacancy, or `unwanted`. */
  rankingChoice: Int32Array;
  capacity: Int32Array;
  /** Each applicant's place in the one order that the rankings are parts of, where the instance names it; 0 is the best. */
  order?: Int32Array | undefined;
};

/** Each cap's vacancies, how many more they may hold, and its reserve with its precedence (0 for none), in the order of the instance. */
export type Caps = {
  members: readonly Int32Array[];
  max: Int32Array;
  reserve: Int32Array;
  precedence: Int32Array;
  /** Where a cap around all vacancies has open seats first. */
  open?: OpenSeats | undefined;
};

/** Seats that are filled first by the order alone, and who has a seat already, by place in the order. */
export type OpenSeats = { cap: number; first: number; taken: readonly Taken[] };

export type Taken = { vacancy: number; place: number };

/** Lists end to end: list i is the entries from start[i] up to start[i + 1]. */
export type Lists = { start: Int32Array; entries: Int32Array };

/** Stands for no applicant, no vacancy, no group. */
export const none = -1;

/** Stands for no choice where choices are compared, earlier ones being better. */
export const unwanted = 0x7fffffff;

/**
 * Finds each applicant's place in the ranking of each wanted vacancy, in time proportional to the lengths of all lists. The
 * entries of `preferences` are taken over and changed.
 */
export const sidesOf = (preferences: Lists, rankings: Lists, capacity: Int32Array): Sides => {
  const wishes = wishesByVacancy(preferences, capacity.length);
  const place = new Int32Array(preferences.entries.length).fill(none);
  const placeOf = new Int32Array(preferences.start.length);
  const rankedBy = new Int32Array(preferences.start.length).fill(none);
  for (let vacancy = 0; vacancy < capacity.length; vacancy += 1) {
    const first = at(rankings.start, vacancy);
    const end = at(rankings.start, vacancy + 1);
    for (let index = first; index < end; index += 1) {
      const applicant = at(rankings.entries, index);
      placeOf[applicant] = index - first;
      rankedBy[applicant] = vacancy;
    }
    const last = at(wishes.start, vacancy + 1);
    for (let index = at(wishes.start, vacancy); index < last; index += 1) {
      const applicant = at(wishes.applicant, index);
      if (rankedBy[applicant] === vacancy) place[at(wishes.entry, index)] = at(placeOf, applicant);
    }
  }
  const { start: rankingStart, entries: ranking } = rankings;
  const choices = mutual(preferences, place);
  return {
    ...choices,
    rankingStart,
    ranking,
    rankingChoice: choicesInRankings({ ...choices, rankingStart, ranking }),
    capacity,
  };
};

/** Which choice each entry of the rankings is, found from the choices. */
export const choicesInRankings = ({
  choiceVacancy,
  choicePlace,
  rankingStart,
  ranking,
}: Pick<Sides, 'choiceVacancy' | 'choicePlace' | 'rankingStart' | 'ranking'>): Int32Array => {
  const rankingChoice = new Int32Array(ranking.length).fill(unwanted);
  for (let choice = 0; choice < choiceVacancy.length; choice += 1) {
    rankingChoice[at(rankingStart, at(choiceVacancy, choice)) + at(choicePlace, choice)] = choice;
  }
  return rankingChoice;
};

/** Who wants each vacancy, and which entry of the preferences says so. */
const wishesByVacancy = ({ start, entries }: Lists, vacancies: number) => {
  const from = new Int32Array(vacancies + 1);
  for (const vacancy of entries) add(from, vacancy + 1, 1);
  sumUp(from);
  const next = from.slice();
  const entry = new Int32Array(entries.length);
  const applicant = new Int32Array(entries.length);
  for (let who = 0; who < start.length - 1; who += 1) {
    const end = at(start, who + 1);
    for (let index = at(start, who); index < end; index += 1) {
      const vacancy = at(entries, index);
      const free = at(next, vacancy);
      next[vacancy] = free + 1;
      entry[free] = index;
      applicant[free] = who;
    }
  }
  return { start: from, entry, applicant };
};

/** Leaves out wishes for vacancies that do not rank the applicant. */
const mutual = ({ start, entries }: Lists, place: Int32Array) => {
  const choiceStart = new Int32Array(start.length);
  let kept = 0;
  for (let who = 0; who < start.length - 1; who += 1) {
    const end = at(start, who + 1);
    for (let index = at(start, who); index < end; index += 1) {
      const found = at(place, index);
      if (found === none) continue;
      entries[kept] = at(entries, index);
      place[kept] = found;
      kept += 1;
    }
    choiceStart[who + 1] = kept;
  }
  return { choiceStart, choiceVacancy: entries.subarray(0, kept), choicePlace: place.subarray(0, kept) };
};
