import { describe, expect, it } from 'vitest';
import type { CheckRun } from '#shared/checks/run.ts';
import { isDue, nightsOfClosed } from '#shared/checks/turn.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { RoundId } from '#shared/domain/ids.ts';
import { at } from '#test/builders/worlds.ts';

const rounds = Array.from({ length: 70 }, (_, index) =>
  RoundId.parse(sha256Of(`round ${index}`).slice(0, 20).toUpperCase()),
);
const week = Array.from({ length: nightsOfClosed }, (_, nights) => nights + 100);

const night = (found: Pick<CheckRun, 'findings' | 'more'>): CheckRun => ({
  because: 'night',
  begunAt: at('2022-11-14T21:00'),
  endedAt: at('2022-11-14T21:05'),
  records: 1,
  ...found,
});

const endedAt = at('2022-11-14T20:00');
const quiet = night({ findings: [], more: 0 });

describe('a round that is searched at night for what should be impossible', () => {
  it('is each one under way, and each closed or cancelled one in one night of seven', () => {
    for (const id of rounds) {
      expect(week.filter((nights) => isDue({ id }, { nights, night: quiet }))).toEqual(week);
      for (const over of [{ endedAt }, { cancelledAt: endedAt }]) {
        expect(week.filter((nights) => isDue({ id, ...over }, { nights, night: quiet }))).toHaveLength(1);
      }
    }
  });

  it('shares the nights with the others: none is left empty, and none has half of them', () => {
    const each = week.map(
      (nights) => rounds.filter((id) => isDue({ id, endedAt }, { nights, night: quiet })).length,
    );

    expect(Math.min(...each)).toBeGreaterThan(0);
    expect(Math.max(...each)).toBeLessThan(rounds.length / 2);
  });

  it('is due again each night while something is found in it', () => {
    const [id, other] = rounds;
    if (!id || !other) throw new Error('There are no rounds.');
    const closed = { id, endedAt };
    const finding = { invariant: 'two-acceptances', id: 'APP', roundId: id } as const;
    const nightsIn = (found: Pick<CheckRun, 'findings' | 'more'>) =>
      week.filter((nights) => isDue(closed, { nights, night: night(found) }));

    expect(nightsIn({ findings: [finding], more: 0 })).toEqual(week);
    expect(nightsIn({ findings: [{ ...finding, roundId: other }], more: 0 })).toHaveLength(1);
    expect(nightsIn({ findings: [{ ...finding, roundId: other }], more: 1 })).toEqual(week);
  });

  it('is due in the night after it ended or was cancelled, and before any night has come to its end', () => {
    const late = at('2022-11-15T09:00');
    for (const id of rounds) {
      for (const over of [{ endedAt: late }, { cancelledAt: late }]) {
        expect(week.filter((nights) => isDue({ id, ...over }, { nights, night: quiet }))).toEqual(week);
      }
      expect([isDue({ id, endedAt }, {}), isDue({ id, cancelledAt: endedAt }, {})]).toEqual([true, true]);
    }
  });
});
