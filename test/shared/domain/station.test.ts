import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanOf } from '#shared/domain/ranking.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { brokenRules } from '#shared/domain/round-file-rules.ts';
import { totalOf } from '#shared/domain/rubric.ts';
import { interviewTotal, isRatedWhole, stationsOf } from '#shared/domain/station.ts';
import { aRoundFile, withStations } from '#test/builders/round-file.ts';

const { interviews } = withStations();
const stations = stationsOf(interviews);

type Stations = NonNullable<RoundFile['interviews']['stations']>;

const broken = (change: (stations: Stations) => Stations, over: Partial<RoundFile['interviews']> = {}) =>
  brokenRules(
    {
      ...withStations(),
      interviews: { ...interviews, stations: change(interviews.stations ?? []), ...over },
    },
    'KZ-19',
  ).map(({ path, message }) => `${path.join('.')} ${message}`);

describe('the total of an interview', () => {
  const anyPoints = fc.record(
    Object.fromEntries(interviews.criteria.map(({ code }) => [code, fc.integer({ min: 0, max: 4 })])),
  );

  it('of three who judge everything is the same with stations as in one piece, but for the rounding of cards', () => {
    fc.assert(
      fc.property(fc.array(anyPoints, { minLength: 1, maxLength: 4 }), (judges) => {
        const whole = judges.map((points) => ({ total: totalOf(interviews.criteria, points) }));
        const apart = judges.flatMap((points) =>
          stations.map(({ code, criteria }) => ({ station: code, total: totalOf(criteria, points) })),
        );

        expect(interviewTotal(apart, interviews)).toBeCloseTo(
          interviewTotal(whole, aRoundFile().interviews),
          3,
        );
        expect(interviewTotal(whole, aRoundFile().interviews)).toBe(meanOf(whole.map(({ total }) => total)));
      }),
    );
  });

  it('counts a station by the weight of its criteria, however many cards it has', () => {
    // Subject teaching 35 and demo lesson 25 at one station, pupils 25 and plans 15 at the other one.
    const cards = [
      { station: 'lesson', total: 100 },
      { station: 'conversation', total: 0 },
      { station: 'conversation', total: 0 },
    ];

    expect(interviewTotal(cards, interviews)).toBe(60);
  });

  it('is left to the other stations where one has lost its cards, and is then not whole', () => {
    const cards = [{ station: 'lesson', total: 80 }];

    expect(interviewTotal(cards, interviews)).toBe(80);
    expect(isRatedWhole(cards, interviews)).toBe(false);
  });
});

describe('the stations of a round file', () => {
  it('of the sample share out its interview', () => {
    expect(broken((same) => same)).toEqual([]);
    expect(stations.map(({ code, criteria }) => [code, criteria.map((one) => one.code)])).toEqual([
      ['lesson', ['subject-teaching', 'sample-lesson']],
      ['conversation', ['pupils', 'rural-plans']],
    ]);
  });

  it('are the whole interview where the file names none', () => {
    expect(stationsOf(aRoundFile().interviews)).toMatchObject([
      { code: undefined, minutes: 30, scorecards: 3 },
    ]);
  });

  it.for<[string, (stations: Stations) => Stations, Partial<RoundFile['interviews']>, string[]]>([
    [
      'a criterion at no station',
      ([first, ...rest]) => (first ? [{ ...first, criteria: ['subject-teaching'] }, ...rest] : []),
      {},
      ['interviews.criteria.2 round-file.station-none'],
    ],
    [
      'a criterion at two, and one that there is not',
      ([first, ...rest]) =>
        first ? [{ ...first, criteria: [...first.criteria, 'pupils', 'singing'] }, ...rest] : [],
      {},
      [
        'interviews.stations.0.criteria.3 round-file.unknown-code',
        'interviews.stations.1.criteria.0 round-file.same-code',
      ],
    ],
    ['other minutes in all', (same) => same, { minutes: 60 }, ['interviews.minutes round-file.station-sum']],
    [
      'other scorecards in all',
      (same) => same,
      { scorecards: 3 },
      ['interviews.scorecards round-file.station-sum'],
    ],
    [
      'more scorecards than the committee can give',
      ([first, ...rest]) => (first ? [{ ...first, scorecards: 6 }, ...rest] : []),
      { scorecards: 9 },
      ['interviews.stations.0.scorecards round-file.scorecards'],
    ],
    [
      'the same code twice',
      (all) => all.map((one) => ({ ...one, code: 'lesson' })),
      {},
      ['interviews.stations.1.code round-file.same-code'],
    ],
  ])('are refused with %s', ([, change, over, faults]) => {
    expect(broken(change, over)).toEqual(faults);
  });
});
