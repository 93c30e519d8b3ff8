import { skeletonOf } from '#shared/domain/name-skeleton.ts';
import { isCommonPlaceWord } from '#shared/domain/place-words.ts';

/** Letters that must be left of a word: with fewer, different ones would become one. */
const shortestStem = 3;

/** The words of a place that tell it from another: a number, a name. */
export type Place = readonly string[];

/** What tells places from others; nothing of those that say nothing. */
export type PlaceReader = (texts: readonly (string | undefined)[]) => Place[];

/** Reads the places of one search: a town or a school stands in thousands of forms, and each word is spelled out once. */
export const placeReader = (): PlaceReader => {
  const spelled = new Map<string, string | undefined>();
  const tellingPart = (word: string): string | undefined => {
    if (!spelled.has(word)) spelled.set(word, keyOf(word));
    return spelled.get(word);
  };
  const placeOf = (text = ''): Place =>
    [...text.matchAll(/\p{N}+|[\p{L}\p{M}]{3,}/gu)].flatMap(([word]) => tellingPart(word) ?? []);
  return (texts) => texts.map(placeOf).filter(({ length }) => length > 0);
};

/** One spelling for a word however it is written, and a number as it is: 11 is not 1. Nothing for a word that many places have. */
const keyOf = (word: string): string | undefined => {
  if (isNumber(word)) return word;
  const key = skeletonOf(word);
  return key.length >= shortestStem && !isCommonPlaceWord(key) ? key : undefined;
};

const isNumber = (word: string): boolean => /^\p{N}/u.test(word);

/** Both name a house or a flat; else it is a village or a town that they share. */
export const isHouse = ([place, other]: readonly [Place, Place]): boolean =>
  place.some(isNumber) && other.some(isNumber);

const isWithin = (small: Place, large: Place): boolean =>
  small.length <= large.length && small.every((word) => large.some((other) => isSameWord(word, other)));

/** Letters that an ending may add or change: Абай, Абая; Атырау, Атырауский; интеллектуальная, интеллектуалды. */
const longestEnding = 3;

/** What must be the same where both have an ending of their own. */
const shortestRoot = 5;

const isSameWord = (one: string, other: string): boolean => {
  if (one === other) return true;
  if (isNumber(one) || isNumber(other)) return false;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const root = sharedBeginning(short, long);
  const isRoot = root === short.length || root >= shortestRoot;
  return isRoot && long.length - root <= longestEnding;
};

const sharedBeginning = (one: string, other: string): number => {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
};

/** Places as a search finds them: each different one once, with who named it. */
export type PlaceIndex = {
  /** Places of which one says all that the other says, and perhaps more. */
  near: (place: Place) => { place: Place; holders: readonly number[] }[];
};

/**
 * Ten thousand addresses are not compared with each one that somebody disclosed: what lies within another place begins each of its words as
 * a word there begins. So one looks at places that share the rarest of these beginnings.
 * @param named the places of each holder
 */
export const placeIndex = (named: readonly (readonly Place[])[]): PlaceIndex => {
  const known = new Map<string, { place: Place; holders: number[] }>();
  for (const [holder, places] of named.entries()) {
    for (const place of places) {
      const key = place.join(' ');
      const entry = known.get(key) ?? { place, holders: [] };
      if (entry.holders.at(-1) !== holder) entry.holders.push(holder);
      known.set(key, entry);
    }
  }
  const entries = [...known.values()];
  const sharing = Map.groupBy(
    entries.flatMap((entry) => beginningsOf(entry.place).map((beginning) => ({ beginning, entry }))),
    ({ beginning }) => beginning,
  );
  const rarest = (place: Place): string =>
    beginningsOf(place).reduce((a, b) => (countOf(sharing, b) < countOf(sharing, a) ? b : a));
  const byRarest = Map.groupBy(entries, ({ place }) => rarest(place));
  return {
    near: (place) => {
      const wider = (sharing.get(rarest(place)) ?? []).map(({ entry }) => entry);
      const narrower = beginningsOf(place).flatMap((beginning) => byRarest.get(beginning) ?? []);
      return [
        ...wider.filter((entry) => isWithin(place, entry.place)),
        ...narrower.filter((entry) => isWithin(entry.place, place) && !isWithin(place, entry.place)),
      ];
    },
  };
};

const countOf = (lists: ReadonlyMap<string, readonly unknown[]>, key: string): number =>
  lists.get(key)?.length ?? 0;

/** How its words begin, each beginning once: numbers are the same as a whole or not at all. */
const beginningsOf = (place: Place): string[] => [
  ...new Set(place.map((word) => (isNumber(word) ? word : word.slice(0, shortestStem)))),
];
