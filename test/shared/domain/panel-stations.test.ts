import { describe, expect, it } from 'vitest';
import { PersonId } from '#shared/domain/ids.ts';
import { holdersOf, whyNotAt } from '#shared/domain/panel-stations.ts';

const sitting = (count: number) =>
  Array.from({ length: count }, (_, index) => PersonId.parse(`M${index}`.padEnd(20, '0')));
const lesson = { code: 'lesson', scorecards: 3 };

describe('a panel', () => {
  it('that names no station may hold any where it has members enough', () => {
    expect(whyNotAt({ members: sitting(3) }, lesson, 5)).toBeUndefined();
    expect(whyNotAt({ members: sitting(2) }, lesson, 5)).toEqual({
      message: 'station.fault.few',
      facts: { minimum: 3 },
    });
  });

  it('may hold only the stations that it names', () => {
    const named = { members: sitting(3), stations: ['conversation'] };

    expect(whyNotAt(named, lesson, 5)).toEqual({ message: 'station.fault.elsewhere' });
    expect(whyNotAt({ ...named, stations: ['conversation', 'lesson'] }, lesson, 5)).toBeUndefined();
  });

  it('of a small committee needs no more members than that has', () => {
    expect(whyNotAt({ members: sitting(2) }, lesson, 2)).toBeUndefined();
  });
});

describe('the panels of a station', () => {
  it('are those that sit there with members enough', () => {
    const [any, small, here, there] = [
      { members: sitting(3) },
      { members: sitting(2), stations: ['lesson'] },
      { members: sitting(4), stations: ['lesson'] },
      { members: sitting(4), stations: ['conversation'] },
    ];

    expect(holdersOf([any, small, here, there], lesson, 5)).toEqual([any, here]);
  });
});
