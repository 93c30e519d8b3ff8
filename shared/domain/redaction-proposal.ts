import type { ApplicationForm } from '#shared/domain/application-form.ts';
import { skeletonOf } from '#shared/domain/name-skeleton.ts';
import { isCommonPlaceWord } from '#shared/domain/place-words.ts';

/** What a place in a text seems to be. */
type FoundKind = 'mail' | 'phone' | 'number' | 'name' | 'place';

/** A part of a text, from `start` to before `end` in UTF-16 units. */
export type Found = { start: number; end: number; kind: FoundKind };

/** Whose text it is, as they answered. */
export type Identity = Partial<
  Pick<
    ApplicationForm,
    'fullName' | 'latinName' | 'documentNumber' | 'address' | 'institution' | 'employer' | 'pastEmployers'
  >
>;

/** Stands where something was redacted; the same in every language, and read aloud as dots. */
const redactionMark = '[…]';

/**
 * Where a text seems to tell who wrote it: their own name, school, places of work and address in either script and most endings, and
 * whatever looks like a mailbox, a telephone number, an IIN or their document's number. A proposal: it knows nothing of nicknames,
 * relatives or events, so a person reads every text. In the order of the text, not overlapping.
 * @param identities of everyone whom the text may tell: the applicant, and a referee too
 */
export const findIdentities = (text: string, ...identities: readonly Identity[]): Found[] =>
  apart(identities.flatMap((identity) => patterns(text, identity).concat(ofWords(text, identity))));

/** The text with a mark in place of everything that was found. Neighbours share one. */
export const redacted = (text: string, found: readonly Found[]): string => {
  let copy = '';
  let end = 0;
  for (const one of found) {
    const between = text.slice(end, one.start);
    copy += end > 0 && between.trim() === '' ? '' : between + redactionMark;
    end = one.end;
  }
  return copy + text.slice(end);
};

const patterns = (text: string, { documentNumber }: Identity): Found[] => {
  const number = documentNumber?.replaceAll(/[^\p{L}\p{N}]/gu, '');
  const spaced = number && Array.from(number, (sign) => sign).join('[\\s-]*');
  return [
    // Only from where a word begins, so that a long one is not tried from each of its letters.
    ...matches(text, /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu, 'mail'),
    ...matches(text, /(?<!\d)\d{12}(?!\d)/gu, 'number'),
    ...(spaced ? matches(text, new RegExp(spaced, 'giu'), 'number') : []),
    // Ten digits and more, as people group them; shorter ones are years, marks and hours.
    ...matches(text, /(?<!\d)\+?\d(?:[\s().-]*\d){9,14}(?!\d)/gu, 'phone'),
  ];
};

const matches = (text: string, pattern: RegExp, kind: FoundKind): Found[] =>
  [...text.matchAll(pattern)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    kind,
  }));

const ofWords = (text: string, identity: Identity): Found[] => {
  const names = stemsOf([identity.fullName, identity.latinName]);
  const { institution, employer, pastEmployers, address } = identity;
  const places = stemsOf([institution, employer, pastEmployers, address], isCommonPlaceWord);
  const short = shortNames([identity.fullName, identity.latinName]);
  return [...text.matchAll(/[\p{L}\p{M}]{2,}/gu)].flatMap(({ 0: word, index }): Found[] => {
    const skeleton = skeletonOf(word);
    if (word.length === 2) {
      const isName = /^\p{Lu}/u.test(word) && short.has(skeleton);
      return isName ? [{ start: index, end: index + word.length, kind: 'name' }] : [];
    }
    const is = (stems: readonly string[]): boolean =>
      stems.some((stem) => skeleton.startsWith(stem) && skeleton.length <= stem.length + longestEnding);
    const kind = is(names) ? 'name' : is(places) ? 'place' : undefined;
    return kind ? [{ start: index, end: index + word.length, kind }] : [];
  });
};

/** Letters that an ending may add, as in `Сапарованыкіндей`. */
const longestEnding = 8;

/** Shorter ones begin too many other words. */
const shortestStem = 3;

/** Names of two letters, as `Ли`: found as they stand and with a capital, for the same letters are common words. */
const shortNames = (answers: readonly (string | undefined)[]): ReadonlySet<string> =>
  new Set(
    answers.flatMap((answer) =>
      [...(answer ?? '').matchAll(/[\p{L}\p{M}]{2,}/gu)].flatMap(([word]) =>
        word.length === 2 ? [skeletonOf(word)] : [],
      ),
    ),
  );

const stemsOf = (
  answers: readonly (string | undefined)[],
  isLeft: (skeleton: string) => boolean = () => false,
): string[] =>
  answers.flatMap((answer) =>
    [...(answer ?? '').matchAll(/[\p{L}\p{M}]{3,}/gu)].flatMap(([word]) => {
      const skeleton = skeletonOf(word);
      // A last vowel gives way to endings: Сапарова, Сапаровой.
      const stem = skeleton.length > 4 ? skeleton.replace(/[aeiou]$/, '') : skeleton;
      return stem.length >= shortestStem && !isLeft(skeleton) ? [stem] : [];
    }),
  );

/** The earlier first, of those that begin together the longer; what begins within another is left out. */
const apart = (found: readonly Found[]): Found[] => {
  let end = 0;
  return found
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .filter((one) => {
      if (one.start < end) return false;
      end = one.end;
      return true;
    });
};
