import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Finding, Ground } from '#shared/domain/conflict.ts';
import { type ComparedApplicant, findConflicts } from '#shared/domain/conflict-grounds.ts';
import type { Disclosure } from '#shared/domain/disclosure.ts';
import { ApplicationId, PersonId } from '#shared/domain/ids.ts';

const provenance = { source: 'A test', confidence: 'unverified', verifiedOn: '2022-09-01' } as const;

const allGrounds = Ground.options.map((ground) =>
  Object.assign({ ground, effect: 'bars' as const }, provenance),
);

/** In which the call closed. */
const year = 2022;

const memberId = PersonId.parse('MEMBER'.padEnd(20, '0'));
const idOf = (index: number) => ApplicationId.parse(`APP${index}`.padEnd(20, '0'));

const nothing: Disclosure = {
  familyNames: ['Никто'],
  employers: [],
  pastEmployers: [],
  institutions: [],
  addresses: [],
};

/** Three of one family who work at one school. */
const three = (): ComparedApplicant[] =>
  [1, 2, 3].map((index) => Object.assign({ applicationId: idOf(index) }, serikov));

const serikov = { fullName: 'Серикова Дана', employer: 'Школа № 1', schools: [] };

const someone: ComparedApplicant = { applicationId: idOf(1), fullName: 'Серикова Дана', schools: [] };

/** The grounds between one member and one applicant. */
const groundsBetween = (
  disclosure: Partial<Disclosure>,
  applicant: Partial<ComparedApplicant>,
): Finding['grounds'] =>
  findConflicts([{ memberId, disclosure: { ...nothing, ...disclosure } }], [{ ...someone, ...applicant }], {
    grounds: allGrounds,
    commonFrom: 5,
    year,
  }).flatMap(({ grounds }) => grounds);

/** What is found of one member where so many applicants live in the same town. */
const foundOf = (count: number, effect: 'shown' | 'bars') =>
  findConflicts(
    [{ memberId, disclosure: { ...nothing, addresses: ['Атырау'] } }],
    Array.from({ length: count }, (_, index) =>
      Object.assign({ applicationId: idOf(index) }, serikov, { address: `Атырау, Абай ${index}` }),
    ),
    { grounds: [{ ground: 'locality', effect, ...provenance }], commonFrom: 9, year },
  );

describe('a family name', () => {
  it.for([
    ['Сапаров', 'Сапарова Айгуль Ерлановна'],
    ['Saparov', 'Сапарова Айгуль'],
    ['Сапарұлы', 'Сапарқызы Айгүл'],
    ['Сапар', 'Sapar-uly Erlan'],
    ['Алиев', 'Алиева Дана'],
    ['Aliyev', 'Әлиева Дана'],
    ['Никитин', 'Никитина-Ким Анна'],
    ['Ковалевский', 'Ковалевская Анна Петровна'],
    ['Ли', 'Ли Анна'],
    ['Ким', 'Анна Ким'],
  ])('is the same in %s and %s', ([familyName, fullName]) => {
    expect(groundsBetween({ familyNames: [familyName ?? ''] }, { fullName: fullName ?? '' })).toEqual([
      'family-name',
    ]);
  });

  it.for([
    ['Сапаров', 'Серикова Айгуль Сапаровна'],
    ['Ли', 'Лина Анна'],
    ['Ұлы', 'Сапар-ұлы Ерлан'],
    ['Ахметов', 'Мухаметов Ерлан'],
  ])('is another one in %s and %s', ([familyName, fullName]) => {
    expect(groundsBetween({ familyNames: [familyName ?? ''] }, { fullName: fullName ?? '' })).toEqual([]);
  });

  it('is found in the Latin spelling of the passport too', () => {
    const applicant = { fullName: 'Иная Анна', latinName: 'SAPAROVA ANNA' };
    expect(groundsBetween({ familyNames: ['Сапаров'] }, applicant)).toEqual(['family-name']);
  });

  it('is a common one where as many applicants bear it as the round says', () => {
    const bearers = three();
    const found = (commonFrom: number) =>
      findConflicts([{ memberId, disclosure: { ...nothing, familyNames: ['Сериков'] } }], bearers, {
        grounds: allGrounds,
        commonFrom,
        year,
      }).map(({ grounds }) => grounds.join());

    expect(found(4)).toEqual(['family-name', 'family-name', 'family-name']);
    expect(found(3)).toEqual(['common-family-name', 'common-family-name', 'common-family-name']);
  });
});

/** The grounds with somebody who lives there. */
const livingAt = (mine: string) => groundsBetween({ addresses: [mine] }, { address: 'Атырау, ул. Абая 12' });

type Told = [Partial<Disclosure>, Partial<ComparedApplicant>];

describe('a place', () => {
  it.for([
    ['№ 12 орта мектебі, Атырау', 'Школа-лицей № 12 г. Атырау'],
    ['КазНПУ имени Абая', 'Қазақ ұлттық КазНПУ Абай атындағы университет'],
    ['Назарбаев Интеллектуальная школа', 'Назарбаев интеллектуалды мектебі'],
  ])('of work is the same in %s and %s', ([mine, theirs]) => {
    expect(groundsBetween({ employers: [mine ?? ''] }, { employer: theirs })).toEqual(['employer']);
    expect(groundsBetween({ pastEmployers: [mine ?? ''] }, { employer: theirs })).toEqual(['past-employer']);
  });

  it.for([
    ['Школа № 12 Атырау', 'Школа № 13 Атырау'],
    ['Школа № 11', 'Школа № 1'],
    ['Школа № 122', 'Школа № 12'],
    ['Средняя школа', 'Орта мектеп'],
    ['Гимназия Абая', 'Лицей Ауэзова'],
  ])('of work is another one in %s and %s', ([mine, theirs]) => {
    expect(groundsBetween({ employers: [mine ?? ''] }, { employer: theirs })).toEqual([]);
  });

  it.for<[string, ...Told]>([
    [
      'that one had before and the other has now',
      { employers: ['Лицей № 4'] },
      { pastEmployers: 'Лицей № 4' },
    ],
    ['that both had before', { pastEmployers: ['Лицей № 4'] }, { pastEmployers: 'Гимназия № 1\nЛицей № 4' }],
    [
      'with a year in common',
      { pastEmployers: ['Лицей № 4, 2015–2019'] },
      { pastEmployers: '2019–2021: Лицей № 4' },
    ],
    ['where only one told years', { pastEmployers: ['Лицей № 4'] }, { pastEmployers: 'Лицей № 4, 2001' }],
    ['where one still works', { employers: ['Лицей № 4 с 2015'] }, { pastEmployers: 'Лицей № 4, 2016-2017' }],
  ])('of work %s joins them', ([, mine, theirs]) => {
    expect(groundsBetween(mine, theirs)).toEqual(['past-employer']);
  });

  it.for<Told>([
    [{ pastEmployers: ['Лицей № 4, 2010–2014'] }, { pastEmployers: 'Лицей № 4, 2015–2019' }],
    [{ employers: ['Лицей № 4 с 2020 года'] }, { pastEmployers: 'Лицей № 4 (2015–2019 жж.)' }],
    [{ pastEmployers: ['Лицей № 4, 2015'] }, { pastEmployers: 'Лицей № 5, 2015' }],
  ])('of work joins nobody who was there at another time or elsewhere: %j', ([mine, theirs]) => {
    expect(groundsBetween(mine, theirs)).toEqual([]);
  });

  it('of work is compared with the schools that are wanted', () => {
    const schools = ['№ 7 орта мектеп', 'Средняя школа № 7'];
    expect(groundsBetween({ employers: ['Школа № 7'] }, { schools })).toEqual(['school']);
  });

  it('of study is compared with the place of study', () => {
    const found = groundsBetween(
      { institutions: ['Атырау университеті'] },
      { institution: 'Атырауский университет' },
    );
    expect(found).toEqual(['institution']);
  });

  it('is a house where both name a number, and a village where one does not', () => {
    expect(livingAt('г. Атырау, ул. Абая, дом 12')).toEqual(['address']);
    expect(livingAt('г. Атырау, ул. Абая, дом 14')).toEqual([]);
    expect(livingAt('Атырау')).toEqual(['locality']);
  });
});

describe('the search', () => {
  const applicants = three();
  const member = { memberId, disclosure: { ...nothing, familyNames: ['Сериков'], employers: ['Школа № 1'] } };

  it('compares only what the round names, and bars only where it says so', () => {
    const found = findConflicts([member], applicants, {
      grounds: [{ ground: 'employer', effect: 'shown', ...provenance }],
      commonFrom: 9,
      year,
    });

    expect(found.map(({ grounds, bars }) => ({ grounds, bars }))).toEqual(
      applicants.map(() => ({ grounds: ['employer'], bars: false })),
    );
  });

  it('leaves out what is only shown and joins a member with too many, and keeps what bars', () => {
    expect(foundOf(25, 'shown')).toHaveLength(25);
    expect(foundOf(26, 'shown')).toEqual([]);
    expect(foundOf(26, 'bars')).toHaveLength(26);
  });

  it('bars where one of several grounds does', () => {
    const grounds = [
      { ground: 'employer', effect: 'shown', ...provenance },
      { ground: 'family-name', effect: 'bars', ...provenance },
    ] as const;
    const [first] = findConflicts([member], applicants, { grounds: [...grounds], commonFrom: 9, year });

    expect(first).toMatchObject({ grounds: ['family-name', 'employer'], bars: true });
  });

  it('finds the same in whatever order it is given', () => {
    const others = [member, { ...member, memberId: PersonId.parse('0THER'.padEnd(20, '0')) }];
    const rule = { grounds: allGrounds, commonFrom: 9, year };

    expect(findConflicts(others.toReversed(), applicants.toReversed(), rule)).toEqual(
      findConflicts(others, applicants, rule),
    );
  });

  it('says nothing of what was compared', () => {
    const text = JSON.stringify(
      findConflicts([member], applicants, { grounds: allGrounds, commonFrom: 9, year }),
    );

    expect(text).not.toMatch(/Сериков|Школа|serik/i);
  });
});

const words = [
  'Абай',
  'Абая',
  'Абайский',
  'Атырау',
  'Атырауский',
  'Тараз',
  'Талдыкорган',
  'лицей',
  '5',
  '12',
  '125',
];
const anyPlace = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 })
  .map((all) => all.join(' '));
const anyWork = fc
  .tuple(anyPlace, fc.constantFrom('', ', 2010', ', 2010–2012', ', с 2012'))
  .map(([place, years]) => `${place}${years}`);
const anyApplicant = fc.record({
  employer: anyPlace,
  pastEmployers: fc.array(anyWork, { maxLength: 3 }).map((lines) => lines.join('\n')),
  institution: anyPlace,
  address: anyPlace,
  schools: fc.array(anyPlace),
});
const anyDisclosure = fc.record({
  employers: fc.array(anyPlace),
  pastEmployers: fc.array(anyWork),
  institutions: fc.array(anyPlace),
  addresses: fc.array(anyPlace),
});

describe('many applicants', () => {
  it('are joined with a member by what joins each of them alone', () => {
    fc.assert(
      fc.property(fc.array(anyApplicant, { maxLength: 12 }), anyDisclosure, (told, disclosed) => {
        const applicants = told.map((one, index) => ({ ...one, applicationId: idOf(index), fullName: '–' }));
        const members = [{ memberId, disclosure: { ...nothing, ...disclosed } }];
        const rule = { grounds: allGrounds, commonFrom: 5, year };
        const alone = applicants.flatMap((one) => findConflicts(members, [one], rule));

        expect(findConflicts(members, applicants, rule)).toHaveLength(alone.length);
        expect(findConflicts(members, applicants, rule)).toEqual(expect.arrayContaining(alone));
      }),
    );
  });
});
