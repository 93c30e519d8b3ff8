import { describe, expect, it } from 'vitest';
import { addWorkingDays, isWorkingDay } from '#shared/domain/calendar.ts';

const calendar = {
  holidays: ['2025-01-01', '2025-01-02', '2025-01-07', '2025-03-08'],
  transferred: [{ off: '2025-01-03', worked: '2025-01-05' }, { off: '2025-03-10' }],
};

describe('working days', () => {
  it.for([
    ['2025-01-06', true, 'a Monday'],
    ['2025-01-04', false, 'a Saturday'],
    ['2025-01-07', false, 'a holiday'],
    ['2025-01-03', false, 'a Friday that a decree moved off'],
    ['2025-01-05', true, 'the Sunday worked for it'],
    ['2025-03-10', false, 'a Monday after a holiday on a Saturday'],
  ] as const)('%s: %s, %s', ([day, working]) => {
    expect(isWorkingDay(day, calendar)).toBe(working);
  });

  it('are counted from the day after', () => {
    expect(addWorkingDays('2024-12-31', 1, calendar)).toBe('2025-01-05');
    expect(addWorkingDays('2024-12-31', 3, calendar)).toBe('2025-01-08');
    expect(addWorkingDays('2025-01-06', 0, calendar)).toBe('2025-01-06');
  });
});
