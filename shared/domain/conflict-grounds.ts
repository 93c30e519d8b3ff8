import type { Finding, Ground } from '#shared/domain/conflict.ts';
import type { ConflictRule } from '#shared/domain/conflict-rule.ts';
import type { Disclosure } from '#shared/domain/disclosure.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { skeletonOf } from '#shared/domain/name-skeleton.ts';
import { isCommonPlaceWord } from '#shared/domain/place-words.ts';

/** Of an applicant, what is compared. */
export type ComparedApplicant = {
  applicationId: ApplicationId;
  fullName: string;
  latinName?: string | undefined;
  employer?: string | undefined;
  institution?: string | undefined;
  address?: string | undefined;
  /** Names of the schools of the wanted vacancies, in whatever language the register has. */
  schools: readonly string[];
};

export type ComparedMember = { memberId: PersonId; disclosure: Disclosure };

/**
 * Possible conflicts of interest between members and applicants, by the grounds that the round names. Names are compared without
 * script and without the endings of a family name (Сапаров, Сапарова, Sapar-uly), places by the words that tell one from another. It
 * finds likely matches and misses nicknames and marriages: a person decides. Sorted, so that the order of the input changes nothing.
 */
export const findConflicts = (
  members: readonly ComparedMember[],
  applicants: readonly ComparedApplicant[],
  rule: Pick<ConflictRule, 'grounds' | 'commonFrom'>,
): Finding[] => {
  const effects = new Map(rule.grounds.map(({ ground, effect }) => [ground, effect]));
  const known = applicants.map(applicantTraits);
  const bearers = bearersOf(known);
  const isCommon = (name: string): boolean => (bearers.get(name) ?? 0) >= rule.commonFrom;
  const found = members.flatMap(({ memberId, disclosure }) => {
    const member = memberTraits(disclosure);
    const pairs = known.map((applicant) => ({
      applicationId: applicant.applicationId,
      grounds: groundsOf(member, applicant, isCommon).filter((ground) => effects.has(ground)),
    }));
    const shown = new Set(rule.grounds.flatMap(({ ground, effect }) => (effect === 'shown' ? [ground] : [])));
    const empty = tooWide(pairs, shown);
    return pairs.flatMap(({ applicationId, grounds: all }): Finding[] => {
      const grounds = all.filter((ground) => !empty.has(ground));
      const bars = grounds.some((ground) => effects.get(ground) === 'bars');
      return grounds.length > 0 ? [{ memberId, applicationId, grounds, bars }] : [];
    });
  });
  return found.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
};

/**
 * A ground that is only shown tells nothing where it joins a member with more applications than this, as a town does; the record of a
 * committee could not hold them either.
 */
const mostShown = 25;

const tooWide = (
  pairs: readonly { grounds: readonly Ground[] }[],
  shown: ReadonlySet<Ground>,
): Set<Ground> => {
  const counts = new Map<Ground, number>();
  for (const ground of pairs.flatMap(({ grounds }) => grounds)) {
    counts.set(ground, (counts.get(ground) ?? 0) + 1);
  }
  return new Set(
    [...counts].flatMap(([ground, count]) => (shown.has(ground) && count > mostShown ? [ground] : [])),
  );
};

const orderOf = ({ memberId, applicationId }: Finding): string => `${applicationId} ${memberId}`;

/** The words of a place that tell it from another: a number, a name. */
type Place = readonly string[];

type Traits = {
  names: ReadonlySet<string>;
  employers: Place[];
  institutions: Place[];
  addresses: Place[];
};
type Applicant = Traits & { applicationId: ApplicationId; schools: Place[] };
type Member = Traits & { pastEmployers: Place[] };

const applicantTraits = (applicant: ComparedApplicant): Applicant => ({
  applicationId: applicant.applicationId,
  names: new Set([...familyNamesIn(applicant.fullName), ...familyNamesIn(applicant.latinName ?? '')]),
  employers: placesIn([applicant.employer]),
  institutions: placesIn([applicant.institution]),
  addresses: placesIn([applicant.address]),
  schools: placesIn(applicant.schools),
});

const memberTraits = (disclosure: Disclosure): Member => ({
  names: new Set(disclosure.familyNames.flatMap(familyNamesOf)),
  employers: placesIn(disclosure.employers),
  pastEmployers: placesIn(disclosure.pastEmployers),
  institutions: placesIn(disclosure.institutions),
  addresses: placesIn(disclosure.addresses),
});

const groundsOf = (member: Member, applicant: Applicant, isCommon: (name: string) => boolean): Ground[] => {
  const shared = [...member.names].filter((name) => applicant.names.has(name));
  const near = pairsOf(member.addresses, applicant.addresses);
  return [
    ...(shared.some((name) => !isCommon(name)) ? (['family-name'] as const) : []),
    ...(shared.some(isCommon) ? (['common-family-name'] as const) : []),
    ...(meet(member.employers, applicant.employers) ? (['employer'] as const) : []),
    ...(meet(member.pastEmployers, applicant.employers) ? (['past-employer'] as const) : []),
    ...(meet(member.employers, applicant.schools) ? (['school'] as const) : []),
    ...(meet(member.institutions, applicant.institutions) ? (['institution'] as const) : []),
    ...(near.some(isHouse) ? (['address'] as const) : []),
    ...(near.some((pair) => !isHouse(pair)) ? (['locality'] as const) : []),
  ];
};

/** How many applicants bear each family name. */
const bearersOf = (applicants: readonly Applicant[]): ReadonlyMap<string, number> => {
  const bearers = new Map<string, number>();
  for (const name of applicants.flatMap(({ names }) => [...names])) {
    bearers.set(name, (bearers.get(name) ?? 0) + 1);
  }
  return bearers;
};

/**
 * The family name of somebody by a whole name: the first word, as in an identity document, and the last one where it is no
 * patronymic, since some write their given name first.
 */
const familyNamesIn = (name: string): string[] => {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const [first, last] = [words.at(0), words.at(-1)];
  return [
    ...(first === undefined ? [] : familyNamesOf(first)),
    ...(last === undefined || last === first || isPatronymic(last) ? [] : familyNamesOf(last)),
  ];
};

const isPatronymic = (word: string): boolean => /(?:ich|ovna|evna|ichna|uli|kizi)$/.test(keyOf(word));

/** Each part of a double name, without what a table of transliteration, gender and the custom of a time put at its end. */
const familyNamesOf = (name: string): string[] =>
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

const placesIn = (texts: readonly (string | undefined)[]): Place[] =>
  texts.map(placeOf).filter(({ length }) => length > 0);

const placeOf = (text = ''): Place =>
  [...text.matchAll(/\p{N}+|[\p{L}\p{M}]{3,}/gu)].flatMap(([word]) => {
    const key = skeletonOf(word);
    return isNumber(word) || (key.length >= shortestStem && !isCommonPlaceWord(key)) ? [key] : [];
  });

const isNumber = (word: string): boolean => /^\p{N}/u.test(word);

/** Both name a house or a flat; else it is a village or a town that they share. */
const isHouse = ([place, other]: readonly [Place, Place]): boolean =>
  place.some(isNumber) && other.some(isNumber);

const meet = (places: readonly Place[], others: readonly Place[]): boolean =>
  pairsOf(places, others).length > 0;

/** Places of which one says all that the other says, and perhaps more. */
const pairsOf = (places: readonly Place[], others: readonly Place[]): (readonly [Place, Place])[] =>
  places.flatMap((place) =>
    others.flatMap((other) =>
      isWithin(place, other) || isWithin(other, place) ? [[place, other] as const] : [],
    ),
  );

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
