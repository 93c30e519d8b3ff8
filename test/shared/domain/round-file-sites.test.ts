import { expect, it } from 'vitest';
import type { TravelRule } from '#shared/domain/travel.ts';
import { minutesBetween } from '#shared/domain/travel.ts';
import { aRoundFile, asUpload, faultsOf, withSites } from '#test/builders/round-file.ts';

const file = withSites(aRoundFile());
const { interviews } = file;
const faults = (over: Partial<typeof file>): string[] =>
  faultsOf(new TextDecoder().decode(asUpload({ ...file, ...over })));

const travelling = (over: Partial<TravelRule>): string[] => {
  if (!interviews.travel) throw new Error('The file names no sites.');
  return faults({ interviews: { ...interviews, travel: { ...interviews.travel, ...over } } });
};

it('a file may name sites, ways between them and how many outsiders hear an applicant', () => {
  expect(travelling({ between: [{ sites: ['college', 'lyceum'], minutes: 90 }] })).toEqual([]);
});

it('each pair of sites is named once, and of sites that there are', () => {
  const title = { kk: 'Лицей', ru: 'Лицей', en: 'Lyceum' };
  const sites = [...(interviews.travel?.sites ?? []), { code: 'lyceum', title }];

  expect(travelling({ sites })).toEqual(['/interviews/travel/sites/2/code same-code {"code":"lyceum"}']);
  expect(
    travelling({
      between: [
        { sites: ['lyceum', 'college'], minutes: 30 },
        { sites: ['college', 'lyceum'], minutes: 50 },
        { sites: ['lyceum', 'lyceum'], minutes: 5 },
        { sites: ['lyceum', 'mill'], minutes: 5 },
      ],
    }),
  ).toEqual([
    '/interviews/travel/between/1/sites same-code {"code":"college – lyceum"}',
    '/interviews/travel/between/2/sites same-code {"code":"lyceum – lyceum"}',
    '/interviews/travel/between/3/sites unknown-code {"code":"mill"}',
  ]);
});

it('outsiders need the schools of members to be compared in full, and a committee that has so many', () => {
  const { conflicts } = file;
  const shown = conflicts && {
    ...conflicts,
    grounds: conflicts.grounds.map((one) => Object.assign({}, one, { effect: 'shown' as const })),
  };
  const many = { ...interviews, outsiders: interviews.outsiders && { ...interviews.outsiders, atLeast: 15 } };

  expect(faults({ conflicts: shown })).toEqual(['/interviews/outsiders outsiders-unknown']);
  expect(faults({ conflicts: undefined })).toEqual(['/interviews/outsiders outsiders-unknown']);
  expect(faults({ interviews: many })).toEqual([
    `/interviews/outsiders/atLeast outsiders-many {"minimum":${file.committee.minimum}}`,
  ]);
});

it('the way is as long there as back, as long as said for all where nothing else is, and none for a video call', () => {
  const travel = interviews.travel && {
    ...interviews.travel,
    between: [{ sites: ['lyceum', 'mill'], minutes: 5 }],
  };

  expect(minutesBetween(travel, 'lyceum', 'college')).toBe(40);
  expect(minutesBetween(travel, 'mill', 'lyceum')).toBe(5);
  expect(minutesBetween(travel, 'lyceum', 'mill')).toBe(5);
  expect(minutesBetween(travel, 'lyceum', 'lyceum')).toBe(0);
  expect(minutesBetween(travel, 'lyceum', undefined)).toBe(0);
  expect(minutesBetween(undefined, 'lyceum', 'college')).toBe(0);
});
