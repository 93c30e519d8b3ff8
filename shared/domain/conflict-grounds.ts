import { type Finding, Ground } from '#shared/domain/conflict.ts';
import type { ConflictRule } from '#shared/domain/conflict-rule.ts';
import type { Disclosure } from '#shared/domain/disclosure.ts';
import { familyNamesIn, familyNamesOf, mayBeOne } from '#shared/domain/family-name.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import {
  isHouse,
  type Place,
  type PlaceReader,
  placeIndex,
  placeReader,
} from '#shared/domain/place-match.ts';
import {
  lastOf,
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
  /** Whom the applicant names for a reference. */
  referees?: readonly { name: string; mail: string }[];
};

/** Of a member: what they disclosed, and how their account knows them. */
export type ComparedMember = {
  memberId: PersonId;
  disclosure: Disclosure;
  name?: string | undefined;
  mails?: readonly string[];
};

type Compared = Pick<ConflictRule, 'grounds' | 'commonFrom' | 'pastSchoolYears'>;

/**
 * Possible conflicts of interest between members and applicants, by the grounds that the round names. Names are compared without
 * script and without the endings of a family name (Сапаров, Сапарова, Sapar-uly), places by the words that tell one from another. It
 * finds likely matches and misses nicknames and marriages: a person decides. Sorted, so that the order of the input changes nothing.
 * @param rule of the round, and the year in which its call closed
 */
export const findConflicts = (
  members: readonly ComparedMember[],
  applicants: readonly ComparedApplicant[],
  rule: Compared & { year: number },
): Finding[] => {
  const effects = new Map(rule.grounds.map(({ ground, effect }) => [ground, effect]));
  const read = placeReader();
  const known = indexOf(applicants.map((one) => applicantTraits(one, read)));
  const isCommon = (name: string): boolean => (known.names.get(name)?.length ?? 0) >= rule.commonFrom;
  const shown = new Set(rule.grounds.flatMap(({ ground, effect }) => (effect === 'shown' ? [ground] : [])));
  const { pastSchoolYears, year } = rule;
  const since = pastSchoolYears === undefined ? Number.NEGATIVE_INFINITY : year - pastSchoolYears;
  const found = members.flatMap((member) => {
    const { memberId } = member;
    const joined = joinedBy(memberTraits(member, read), known, { isCommon, since });
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
type Applicant = Traits & { schools: Place[]; referees: NonNullable<ComparedApplicant['referees']> };
type Member = Traits & { name: string; mails: ReadonlySet<string> };

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
  referees: applicant.referees ?? [],
});

const memberTraits = (
  { disclosure, name = '', mails = [] }: ComparedMember,
  placesIn: PlaceReader,
): Member => ({
  name,
  mails: new Set(mails.map((mail) => mail.toLowerCase())),
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
    referees: applicants.flatMap(({ referees }, holder) =>
      referees.map((referee) => ({ ...referee, holder })),
    ),
  };
};

/** Applicants whom something joins with a member, by their place in the list. */
const joinedBy = (
  member: Member,
  known: ReturnType<typeof indexOf>,
  { isCommon, since }: { isCommon: (name: string) => boolean; since: number },
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
    ['past-school', formerOf(member, since), known.schools],
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
  const named = known.referees.filter(
    ({ name, mail }) => member.mails.has(mail.toLowerCase()) || mayBeOne(member.name, name),
  );
  note(
    'referee',
    named.map(({ holder }) => holder),
  );
  return joined;
};

const presentOf = ({ work }: Member): Place[] => work.flatMap((at) => (at.isPresent ? [at.place] : []));

/** Whoever told no years may have been there until lately. */
const formerOf = ({ work }: Member, since: number): Place[] =>
  work.flatMap(({ place, years, isPresent }) =>
    isPresent || (years && lastOf(years) < since) ? [] : [place],
  );
