import type { Lists, Sides } from '#shared/allocation/market.ts';
import { add, at, sumUp } from '#shared/allocation/numbers.ts';
import { spreadSort } from '#shared/allocation/spread-sort.ts';

/** Scores must be below this, so that a score and the number of a wish fit into one exact number. */
const scoreLimit = 2 ** 28;

/**
 * Ranks the applicants of each vacancy by the scores of their wishes, highest first; equal scores in the order in which the
 * applicants stand, so let them stand in the order of their lots. Each vacancy is sorted by itself, in the processor's cache.
 * @param preferences of every applicant; each wish is taken as eligible
 * @param scores whole numbers from 0, one for each entry of the preferences
 */
export const rankedByScore = ({ start, entries }: Lists, scores: Int32Array, capacity: Int32Array): Sides => {
  const rankingStart = new Int32Array(capacity.length + 1);
  for (let entry = 0; entry < entries.length; entry += 1) add(rankingStart, at(entries, entry) + 1, 1);
  sumUp(rankingStart);
  const width = 2 ** (32 - Math.clz32(entries.length));
  const keys = keysByVacancy(entries, scores, { rankingStart, width });
  // The rankings take the room of the keys, half as wide: a key is read before anything lies on it. At a million that is 80 MB less.
  const rankingChoice = new Int32Array(keys.buffer, 0, entries.length);
  const ranking = new Int32Array(keys.buffer, rankingChoice.byteLength, entries.length);
  const choicePlace = new Int32Array(entries.length);
  const sort = spreadSort(keys, longestOf(rankingStart));
  for (let vacancy = 0; vacancy < capacity.length; vacancy += 1) {
    const first = at(rankingStart, vacancy);
    const end = at(rankingStart, vacancy + 1);
    sort(first, end);
    for (let index = first; index < end; index += 1) {
      const key = keys[index] ?? 0;
      const entry = key - Math.floor(key / width) * width;
      choicePlace[entry] = index - first;
      rankingChoice[index] = entry;
    }
  }
  for (let applicant = 0; applicant + 1 < start.length; applicant += 1) {
    const end = at(start, applicant + 1);
    for (let entry = at(start, applicant); entry < end; entry += 1) {
      ranking[at(rankingStart, at(entries, entry)) + at(choicePlace, entry)] = applicant;
    }
  }
  return {
    choiceStart: start,
    choiceVacancy: entries,
    choicePlace,
    rankingStart,
    ranking,
    rankingChoice,
    capacity,
  };
};

const longestOf = (start: Int32Array): number => {
  let longest = 0;
  for (let list = 1; list < start.length; list += 1) {
    longest = Math.max(longest, at(start, list) - at(start, list - 1));
  }
  return longest;
};

/**
 * Score and entry in one number, so that a plain sort puts the highest score first and the earlier of two equal ones. A power of two as
 * `width` parts them again exactly, and much faster than a remainder does.
 */
const keysByVacancy = (
  entries: Int32Array,
  scores: Int32Array,
  { rankingStart, width }: { rankingStart: Int32Array; width: number },
): Float64Array => {
  const keys = new Float64Array(entries.length);
  const next = rankingStart.slice();
  for (let entry = 0; entry < entries.length; entry += 1) {
    const vacancy = at(entries, entry);
    keys[at(next, vacancy)] = (scoreLimit - 1 - at(scores, entry)) * width + entry;
    add(next, vacancy, 1);
  }
  return keys;
};
