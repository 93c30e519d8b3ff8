/** Where somebody worked, and in which years as far as they were told. */
export type WorkedAt = { place: string; years?: Years };

/** First and last as they were written; endless on a side of which the line says that it is open. */
export type Years = { from: number; until: number };

/** Places of work, one on each line. */
export const workplacesIn = (text: string): WorkedAt[] =>
  text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [readWorkplace(line)]));

/**
 * A line such as `№ 12 мектеп, 2015–2019`: the years stand at its end or at its beginning, with the words that belong to them in any of
 * the languages. The number of a school is part of its name.
 */
export const readWorkplace = (line: string): WorkedAt => {
  const parts = [...line.matchAll(/№\s*\p{N}+|\p{N}+|[\p{L}\p{M}]+|[^\p{L}\p{N}\s]/gu)];
  const firstAtEnd = parts.findLastIndex(({ 0: part }) => !isOfYears(part)) + 1;
  const end = parts.slice(firstAtEnd);
  if (end.some(isYear)) {
    return { place: tidy(line.slice(0, end[0]?.index)), years: yearsOf(end.map(String)) };
  }
  const afterBeginning = parts.findIndex(({ 0: part }) => !isOfYears(part));
  const beginning = parts.slice(0, Math.max(afterBeginning, 0));
  return beginning.some(isYear)
    ? { place: tidy(line.slice(parts[afterBeginning]?.index)), years: yearsOf(beginning.map(String)) }
    : { place: line.trim() };
};

/** Whether both may have been there at one time; whoever told no years may have been there in any. */
export const mayHaveMet = (one: Years | undefined, other: Years | undefined): boolean =>
  !one || !other || (earliest(one) <= lastOf(other) && earliest(other) <= lastOf(one));

const earliest = ({ from, until }: Years): number => Math.min(from, until);
/** The last year that was told. */
export const lastOf = ({ from, until }: Years): number => Math.max(from, until);

const isYear = (part: string | RegExpExecArray): boolean => /^(?:19|20)[0-9]{2}$/.test(String(part));

const isOfYears = (part: string): boolean =>
  isYear(part) || isDash(part) || /^[,.;:()/]$/.test(part) || wordsOfYears.has(part.toLowerCase());

const isDash = (part: string): boolean => /^[-–—−]$/.test(part);

/** Several spans on one line are taken for one, with what lies between: a person decides. */
const yearsOf = (parts: readonly string[]): Years => {
  const years = parts.filter(isYear).map(Number);
  const [from = 0, last = from] = [years.at(0), years.at(-1)];
  const isOpen =
    parts.some((part) => stillThere.has(part.toLowerCase())) ||
    (years.length === 1 && parts.findLastIndex(isDash) > parts.findIndex(isYear)) ||
    (years.length === 1 && parts.some((part) => onwards.has(part.toLowerCase())));
  if (isOpen) return { from, until: Number.POSITIVE_INFINITY };
  const isBefore = years.length === 1 && parts.some((part) => before.has(part.toLowerCase()));
  return { from: isBefore ? Number.NEGATIVE_INFINITY : from, until: last };
};

const tidy = (place: string): string => place.replaceAll(/^[\s,;:–—-]+|[\s,;:(–—-]+$/g, '');

const wordsOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const stillThere = wordsOf('now present today настоящее наст сейчас н қазір қазірге');

/** With one year alone they say from when. */
const onwards = wordsOf('since from с со жылдан бастап бері');

/** And these until when. */
const before = wordsOf('to until till до по дейін дейінгі');

const besideYears = wordsOf(
  'in year years в г гг год года году годы годах время вр ж жж жыл жылы жылдар жылдары жылға',
);

const wordsOfYears: ReadonlySet<string> = new Set([...stillThere, ...onwards, ...before, ...besideYears]);
