import { describe, expect, it } from 'vitest';
import { type Finding, Ground, strengthOf } from '#shared/domain/conflict.ts';
import {
  type ComparedApplicant,
  type ComparedMember,
  findConflicts,
} from '#shared/domain/conflict-grounds.ts';
import type { Disclosure } from '#shared/domain/disclosure.ts';
import { ApplicationId, PersonId } from '#shared/domain/ids.ts';

const provenance = { source: 'A test', confidence: 'unverified', verifiedOn: '2022-09-01' } as const;
const allGrounds = Ground.options.map((ground) =>
  Object.assign({ ground, effect: 'bars' as const }, provenance),
);
const memberId = PersonId.parse('MEMBER'.padEnd(20, '0'));
const applicationId = ApplicationId.parse('APP1'.padEnd(20, '0'));
const nothing = { employers: [], pastEmployers: [], institutions: [], addresses: [] };

/** The grounds between one member, who may have an account that tells of them, and one applicant of a call that closed in 2022. */
const groundsBetween = (
  disclosure: Partial<Disclosure>,
  applicant: Partial<ComparedApplicant>,
  { pastSchoolYears, ...account }: Pick<ComparedMember, 'name' | 'mails'> & { pastSchoolYears?: number } = {},
): Finding['grounds'] =>
  findConflicts(
    [{ memberId, disclosure: { familyNames: ['Никто'], ...nothing, ...disclosure }, ...account }],
    [{ applicationId, fullName: 'Ким Анна', schools: [], ...applicant }],
    {
      grounds: allGrounds,
      commonFrom: 5,
      year: 2022,
      ...(pastSchoolYears !== undefined && { pastSchoolYears }),
    },
  ).flatMap(({ grounds }) => grounds);

describe('a wanted school at which a member worked before', () => {
  const applicant = { schools: ['№ 7 орта мектеп', 'Средняя школа № 7'] };
  const former = (line: string, pastSchoolYears?: number) =>
    groundsBetween(
      { pastEmployers: [line] },
      applicant,
      pastSchoolYears === undefined ? {} : { pastSchoolYears },
    );

  it.for([
    ['Директор, школа № 7, 2015–2021', 5, ['past-school']],
    ['Школа № 7, 2010–2016', 5, []],
    ['Школа № 7, 2010–2017', 5, ['past-school']],
    ['Школа № 7, 2010–2016', undefined, ['past-school']],
    ['Школа № 7', 0, ['past-school']],
    ['Школа № 7, до 2012', 5, []],
    ['Школа № 8, 2015–2021', 5, []],
  ] as const)('%s, where %s years count, is %j', ([line, years, grounds]) => {
    expect(former(line, years)).toEqual(grounds);
  });

  it('is the present one where the member works there still', () => {
    expect(groundsBetween({ employers: ['Школа № 7'] }, applicant)).toEqual(['school']);
  });

  it('is a weak ground', () => {
    expect([strengthOf('school'), strengthOf('past-school')]).toEqual(['strong', 'weak']);
  });
});

describe('a member whom an applicant names for a reference', () => {
  const referees = [{ name: 'Сериков Асан Ерланұлы', mail: 'Asan@example.kz' }];

  it.for([
    [{ mails: ['other@example.kz', 'asan@example.kz'] }, ['referee']],
    [{ name: 'Асан Сериков' }, ['referee']],
    [{ name: 'Serikov Asan' }, ['referee']],
    [{ name: 'Сериков Асан Ерланович' }, ['referee']],
    [{ name: 'Сериков Асан Маратович' }, []],
    [{ name: 'Сериков' }, []],
    [{ name: 'Сериков А.' }, []],
    [{ name: 'Серикова Дана' }, []],
    [{ name: '', mails: [] }, []],
    [{}, []],
  ] as const)('is found by mailbox or whole name: %j is %j', ([{ ...account }, grounds]) => {
    expect(groundsBetween({}, { fullName: 'Ким Анна', referees }, accountOf(account))).toEqual(grounds);
  });

  it('is no conflict with whoever names nobody', () => {
    expect(groundsBetween({}, {}, { name: 'Сериков Асан', mails: ['asan@example.kz'] })).toEqual([]);
  });
});

const accountOf = ({ name, mails }: { name?: string; mails?: readonly string[] }) => ({
  ...(name !== undefined && { name }),
  ...(mails && { mails: [...mails] }),
});
