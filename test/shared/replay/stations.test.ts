import { describe, expect, it } from 'vitest';
import type { Score } from '#shared/domain/candidacy.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { totalOf } from '#shared/domain/rubric.ts';
import { stationsOf } from '#shared/domain/station.ts';
import { suppose } from '#shared/replay/suppose.ts';
import type { Supposition } from '#shared/replay/supposition.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { withStations } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

const { interviews, rubric } = withStations();
const [first, second] = ['R1', 'R2'].map((name) => PersonId.parse(name.padEnd(20, '0'))) as [
  PersonId,
  PersonId,
];

/** Two points everywhere. */
const cardsOf = (raterId: PersonId, codes = ['lesson', 'conversation']): Score[] =>
  stationsOf(interviews).flatMap(({ code, criteria }) => {
    if (code === undefined || !codes.includes(code)) return [];
    const points = Object.fromEntries(criteria.map((one) => [one.code, 2]));
    const total = totalOf(criteria, points);
    return [{ raterId, station: code, points, total, at: at('2022-10-24T05:00') }];
  });

const supposed = (scorecards: Score[], supposition: Supposition) => {
  const candidacy = { ...aCandidacy(), scorecards };
  const { number } = candidacy;
  const [after] = suppose([candidacy], 'interview', {
    suppositions: ['number' in supposition ? { ...supposition, number } : supposition],
    marksIn: () => undefined,
    raterOf: (code) => (code === 'R1' ? first : second),
    criteria: { scoring: rubric.criteria, interview: interviews.criteria },
    stations: interviews.stations,
  });
  return after?.scorecards.map(({ raterId, station, total }) => [raterId.slice(0, 2), station, total]);
};

describe('what would be, where interviews have stations', () => {
  it('with other points at a criterion, changes the cards of its station alone', () => {
    const { number } = aCandidacy();
    const supposition: Supposition = {
      kind: 'criterion',
      part: 'interview',
      number,
      criterion: 'pupils',
      points: 4,
    };

    // Pupils weigh 25 of the 40 of the conversation.
    expect(supposed(cardsOf(first), supposition)).toEqual([
      ['R1', 'lesson', 50],
      ['R1', 'conversation', 81.25],
    ]);
  });

  it('without a member, leaves the cards of theirs where nobody else sat', () => {
    const cards = [...cardsOf(first), ...cardsOf(second, ['lesson'])];

    expect(supposed(cards, { kind: 'rater-left-out', part: 'interview', rater: 'R1' })).toEqual([
      ['R1', 'conversation', 50],
      ['R2', 'lesson', 50],
    ]);
  });
});
