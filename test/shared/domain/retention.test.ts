import { describe, expect, it } from 'vitest';
import { keptUntil, retentionFrom, retentionGroup } from '#shared/domain/retention.ts';
import { aRound } from '#test/builders/round.ts';
import { at } from '#test/builders/worlds.ts';

describe('how long data are kept', () => {
  it.for([
    // Almaty's clocks: 30 November, 01:00, was 19:00 UTC the day before while it was UTC+6, and is 20:00 since March 2024.
    ['2022-11-29T19:00', 3, '2023-02-28T18:00'],
    ['2022-11-30T12:00', 36, '2025-11-30T19:00'],
    ['2024-02-29T12:00', 12, '2025-02-28T19:00'],
    ['2022-12-31T12:00', 2, '2023-02-28T18:00'],
    ['2022-12-15T12:00', 0, '2022-12-15T18:00'],
  ] as const)('ended at %s, for %i months: to the end of that day, %s', ([from, months, until]) => {
    expect(keptUntil(at(from), { months }, 'Asia/Almaty')).toBe(at(until));
  });

  it('counts from the end of a round whose minutes are drawn, or from its cancellation', () => {
    expect(retentionFrom(aRound('call'))).toBeUndefined();
    expect(retentionFrom(aRound('closed', { endedAt: at('2022-12-01T04:00') }))).toBeUndefined();
    const minutes = { number: 1, data: aRound('call').plan.file, files: [], drawnAt: at('2022-12-01T04:05') };
    expect(retentionFrom(aRound('closed', { endedAt: at('2022-12-01T04:00'), minutes }))).toBe(
      at('2022-12-01T04:00'),
    );
    expect(retentionFrom(aRound('cancelled', { cancelledAt: at('2022-10-01T04:00') }))).toBe(
      at('2022-10-01T04:00'),
    );
  });

  it('tells those who began from those who took part and those who got a post', () => {
    expect(retentionGroup({ stage: 'draft' }, false)).toBe('begun');
    expect(retentionGroup({ stage: 'withdrawn' }, false)).toBe('took-part');
    expect(retentionGroup({ stage: 'submitted' }, false)).toBe('took-part');
    expect(retentionGroup({ stage: 'submitted' }, true)).toBe('placed');
  });
});
