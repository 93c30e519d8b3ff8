import { describe, expect, it } from 'vitest';
import { lateLetters } from '#infra/local/alarms/watch.ts';

const hour = 3_600_000;
const now = Date.parse('2027-01-01T12:00:00Z');
const options = { region: 'KZ-19', port: 0, dataFolder: 'data', rehearsal: false } as const;
const smtpUrl = 'smtp://mail.example';
const waitingSince = (oldest: number | undefined) => ({
  backlog: () => ({ waiting: oldest === undefined ? 0 : 2, oldest }),
});

describe('letters that wait', () => {
  it('for an hour are a problem, counted and dated', () => {
    expect(lateLetters({ ...options, smtpUrl }, waitingSince(now - hour), now)).toMatchObject([
      { code: 'LETTERS_LATE', since: now - hour, count: 2 },
    ]);
  });

  it.for([
    ['for less', { ...options, smtpUrl }, now - hour + 1],
    ['where there are none', { ...options, smtpUrl }, undefined],
    ['where there is no mail server', options, now - hour],
    ['in a rehearsal', { ...options, smtpUrl, rehearsal: true }, now - hour],
  ] as const)('%s are none', ([, home, oldest]) => {
    expect(lateLetters(home, waitingSince(oldest), now)).toEqual([]);
  });
});
