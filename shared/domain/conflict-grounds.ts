import { type Finding, Ground } from '#shared/domain/conflict.ts';
import type { ConflictRule } from '#shared/domain/conflict-rule.ts';
import type { Disclosure } from '#shared/domain/disclosure.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { skeletonOf } from '#shared/domain/name-skeleton.ts';
import {
  isHouse,
  type Place,
  type PlaceReader,
  placeIndex,
  placeReader,
} from '#shared/domain/place-match.ts';
import {
  mayHaveMet,
  readWorkplace,
  type WorkedAt,
  workplacesIn,
  type Years,
} from '#shared/domain/worked-at.ts';

/** Of an applicant, what is compared. */
export type ComparedApplicant = {
  applicationId: ApplicationId;
  fullName: string;
  latinName?: string | undefined;
  employer?: string | undefined;
  /** As it was typed, one on each line. */
  pastEmployers?: string | undefined;
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
  const read = placeReader();
  const known = indexOf(applicants.map((one) => applicantTraits(one, read)));
  const isCommon = (name: string): boolean => (known.names.get(name)?.length ?? 0) >= rule.commonFrom;
  const shown = new Set(rule.grounds.flatMap(({ ground, effect }) => (effect === 'shown' ? [ground] : [])));
  const found = members.flatMap(({ memberId, disclosure }) => {
    const joined = joinedBy(memberTraits(disclosure, read), known, isCommon);
    const pairs = [...joined].map(([place, grounds]) => ({
      applicationId: applicants[place]?.applicationId,
      grounds: Ground.options.filter((ground) => grounds.has(ground) && effects.has(ground)),
    }));
    const empty = tooWide(pairs, shown);
    return pairs.flatMap(({ applicationId, grounds: all }): Finding[] => {
      const grounds = all.filter((ground) => !empty.has(ground));
      const bars = grounds.some((ground) => effects.get(ground) === 'bars');
      return applicationId && grounds.length > 0 ? [{ memberId, applicationId, grounds, bars }] : [];
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

type Traits = {
  names: ReadonlySet<string>;
  work: Work[];
  institutions: Place[];
  addresses: Place[];
};
type Applicant = Traits & { schools: Place[] };
type Member = Traits;

/** A place of work, and whether it is the present or last one. */
type Work = { place: Place; years: Years | undefined; isPresent: boolean };

const applicantTraits = (applicant: ComparedApplicant, placesIn: PlaceReader): Applicant => ({
  names: new Set([...familyNamesIn(applicant.fullName), ...familyNamesIn(applicant.latinName ?? '')]),
  work: [
    ...workIn([applicant.employer ?? ''].map(readWorkplace), true, placesIn),
    ...workIn(workplacesIn(applicant.pastEmployers ?? ''), false, placesIn),
  ],
  institutions: placesIn([applicant.institution]),
  addresses: placesIn([applicant.address]),
  schools: placesIn(applicant.schools),
});

const memberTraits = (disclosure: Disclosure, placesIn: PlaceReader): Member => ({
  names: new Set(disclosure.familyNames.flatMap(familyNamesOf)),
  work: [
    ...workIn(disclosure.employers.map(readWorkplace), true, placesIn),
    ...workIn(disclosure.pastEmployers.map(readWorkplace), false, placesIn),
  ],
  institutions: placesIn(disclosure.institutions),
  addresses: placesIn(disclosure.addresses),
});

const workIn = (told: readonly WorkedAt[], isPresent: boolean, placesIn: PlaceReader): Work[] =>
  told.flatMap(({ place: name, years }) => placesIn([name]).map((place) => ({ place, years, isPresent })));

/** What applicants told, each once, with the places in their list of those who told it. */
const indexOf = (applicants: readonly Applicant[]) => {
  const bearers = applicants.flatMap(({ names }, place) => [...names].map((name) => ({ name, place })));
  const work = applicants.flatMap((one, holder) => one.work.map((at) => ({ ...at, holder })));
  return {
    names: Map.groupBy(bearers, ({ name }) => name),
    work,
    workplaces: placeIndex(work.map(({ place }) => [place])),
    institutions: placeIndex(applicants.map(({ institutions }) => institutions)),
    addresses: placeIndex(applicants.map(({ addresses }) => addresses)),
    schools: placeIndex(applicants.map(({ schools }) => schools)),
  };
};

/** Applicants whom something joins with a member, by their place in the list. */
const joinedBy = (
  member: Member,
  known: ReturnType<typeof indexOf>,
  isCommon: (name: string) => boolean,
): ReadonlyMap<number, ReadonlySet<Ground>> => {
  const joined = new Map<number, Set<Ground>>();
  const note = (ground: Ground, holders: readonly number[]): void => {
    for (const place of holders) joined.set(place, (joined.get(place) ?? new Set()).add(ground));
  };
  for (const name of member.names) {
    const holders = (known.names.get(name) ?? []).map(({ place }) => place);
    note(isCommon(name) ? 'common-family-name' : 'family-name', holders);
  }
  const compared = [
    ['school', presentOf(member), known.schools],
    ['institution', member.institutions, known.institutions],
  ] as const;
  for (const [ground, places, index] of compared) {
    for (const { holders } of places.flatMap(index.near)) note(ground, holders);
  }
  for (const own of member.work) {
    const near = known.workplaces.near(own.place).flatMap(({ holders }) => holders);
    for (const { holder, years, isPresent } of near.flatMap((at) => known.work[at] ?? [])) {
      const isNow = own.isPresent && isPresent;
      if (mayHaveMet(own.years, years)) note(isNow ? 'employer' : 'past-employer', [holder]);
    }
  }
  for (const address of member.addresses) {
    for (const { place, holders } of known.addresses.near(address)) {
      note(isHouse([address, place]) ? 'address' : 'locality', holders);
    }
  }
  return joined;
};

const presentOf = ({ work }: Member): Place[] => work.flatMap((at) => (at.isPresent ? [at.place] : []));

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
