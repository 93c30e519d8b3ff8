import { describe, expect, it } from 'vitest';
import { readExpression } from '#infra/local/schedules/expression.ts';

const at = (text: string): number => Date.parse(text);
const next = (expression: string, after: string, zone = 'UTC'): string | undefined => {
  const instant = readExpression(expression, zone)(at(after));
  return instant === undefined ? undefined : new Date(instant).toISOString();
};

describe('a schedule', () => {
  it.for([
    ['rate(1 minute)', '2027-01-01T00:00:00Z', '2027-01-01T00:01:00.000Z'],
    ['rate(5 minutes)', '2027-01-01T00:00:30Z', '2027-01-01T00:05:30.000Z'],
    ['rate(1 day)', '2027-01-01T00:00:00Z', '2027-01-02T00:00:00.000Z'],
    ['cron(0 21 * * ? *)', '2027-01-01T22:00:00Z', '2027-01-02T21:00:00.000Z'],
    // Sunday is 1: 3 January 2027 is a Sunday.
    ['cron(30 6 ? * 1 *)', '2027-01-01T00:00:00Z', '2027-01-03T06:30:00.000Z'],
    ['cron(0/15 10 ? * MON-FRI 2027)', '2027-01-01T10:20:00Z', '2027-01-01T10:30:00.000Z'],
    ['at(2027-03-01T18:00:00)', '2027-01-01T00:00:00Z', '2027-03-01T18:00:00.000Z'],
  ] as const)('%s after %s is due at %s', ([expression, after, due]) => {
    expect(next(expression, after)).toBe(due);
  });

  it('is due by the clock of its own time zone', () => {
    expect(next('cron(0 9 * * ? *)', '2027-01-01T00:00:00Z', 'Asia/Almaty')).toBe('2027-01-01T04:00:00.000Z');
  });

  it('for one moment is due at it in its own time zone', () => {
    expect(next('at(2027-03-01T18:00:00)', '2027-01-01T00:00:00Z', 'Asia/Almaty')).toBe(
      '2027-03-01T13:00:00.000Z',
    );
  });

  it('for one moment is never due again after it', () => {
    expect(next('at(2027-03-01T18:00:00)', '2027-03-02T00:00:00Z')).toBeUndefined();
  });

  it.for([
    'every minute',
    'rate(0 minutes)',
    'rate(1 fortnight)',
    'cron(0 21 * * ?)',
    'cron(0 21 * * * *)',
    'cron(0 21 ? * ? *)',
  ])('written as %s stops the start', (expression) => {
    expect(() => readExpression(expression, 'UTC')).toThrow(`cannot host the schedule ${expression}`);
  });
});
