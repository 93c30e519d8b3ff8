import { skeletonOf } from '#shared/domain/name-skeleton.ts';

/**
 * The family name of somebody by a whole name: the first word, as in an identity document, and the last one where it is no
 * patronymic, since some write their given name first.
 */
export const familyNamesIn = (name: string): string[] => {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const [first, last] = [words.at(0), words.at(-1)];
  return [
    ...(first === undefined ? [] : familyNamesOf(first)),
    ...(last === undefined || last === first || isPatronymic(last) ? [] : familyNamesOf(last)),
  ];
};

const patronymic = /(?:[oe]vich|ich|ovna|evna|ichna|uli|kizi)$/;

const isPatronymic = (word: string): boolean => patronymic.test(keyOf(word));

/** Each part of a double name, without what a table of transliteration, gender and the custom of a time put at its end. */
export const familyNamesOf = (name: string): string[] =>
  name
    .split(/[\s-]+/)
    .map((part) => stemOf(keyOf(part)))
    .filter((stem) => stem.length > 1 && !endings.includes(stem));

/** Aliyev, Алиев and Əliev alike. */
const keyOf = (word: string): string => skeletonOf(word).replaceAll(/i+([aeou])/g, '$1');

/** Longer ones first. */
const endings = ['kizi', 'tegi', 'ska', 'ski', 'uli', 'ova', 'eva', 'ina', 'ov', 'ev', 'in'];

/** Letters that must be left of a name: with fewer, different names would become one. */
const shortestStem = 3;

const stemOf = (key: string): string => {
  const ending = endings.find((one) => key.endsWith(one) && key.length - one.length >= shortestStem);
  if (ending !== undefined) return key.slice(0, -ending.length);
  // Алиев and Алиева, of which too little is left to take the whole ending away.
  return /(?:[oe]v|in)a$/.test(key) ? key.slice(0, -1) : key;
};

/**
 * Whether two whole names may be of one person: every word of the shorter is one of the longer, in whatever order and script, with or
 * without a patronymic, of which Ерланұлы and Ерланович are one. A single word is no whole name.
 */
export const mayBeOne = (one: string, other: string): boolean => {
  const [shorter, longer] = [wordsOf(one), wordsOf(other)].toSorted((a, b) => a.size - b.size);
  if (!shorter || !longer || shorter.size < 2) return false;
  return [...shorter].every((word) => longer.has(word));
};

const wordsOf = (name: string): ReadonlySet<string> =>
  new Set(
    name
      .split(/[\s.-]+/)
      .map((word) => keyOf(word).replace(patronymic, ''))
      .filter((key) => key.length > 1),
  );
