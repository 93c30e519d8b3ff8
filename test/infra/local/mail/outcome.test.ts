import { describe, expect, it } from 'vitest';
import type { Entry } from '#infra/local/mail/outbox.ts';
import { judge, type Outcome, outcomeOf, type ServerState } from '#infra/local/mail/outcome.ts';

const minute = 60_000;
const letter: Entry = { id: 'a', at: 0, from: 'a@x.example', to: ['b@x.example'], deferrals: 0, nextAt: 0 };
const up: ServerState = { failures: 0, openAt: 0 };

/** When a letter is tried, in minutes, while every attempt ends the same way. */
const triedAt = (outcome: Outcome, until: number): { minutes: number[]; ended: boolean } => {
  let [entry, server, now] = [letter, up, 0];
  const minutes: number[] = [];
  while (now <= until * minute) {
    minutes.push(Math.round(now / minute));
    const verdict = judge(entry, outcome, server, now);
    if (verdict.end) return { minutes, ended: true };
    [entry, server] = [verdict.entry, verdict.server];
    now = Math.max(entry.nextAt, server.openAt);
  }
  return { minutes, ended: false };
};

describe('a letter waits', () => {
  it('for a server that is out of reach, without ever being given up', () => {
    const { minutes, ended } = triedAt({ kind: 'unreachable', code: 'ECONNECTION' }, 30 * 24 * 60);
    expect(minutes.slice(0, 7)).toEqual([0, 1, 3, 8, 16, 32, 62]);
    expect(ended).toBe(false);
  });

  it('for a mailbox that puts it off, for five days', () => {
    const { minutes, ended } = triedAt({ kind: 'deferred', code: '451' }, 30 * 24 * 60);
    expect(minutes.slice(0, 5)).toEqual([0, 2, 6, 14, 30]);
    expect(ended).toBe(true);
    expect(minutes.at(-1)).toBeLessThan(5 * 24 * 60 + 121);
  });
});

describe('what nodemailer says', () => {
  it.each([
    [
      { code: 'EENVELOPE', responseCode: 550, permanent: true },
      { kind: 'refused', code: '550' },
    ],
    [
      { code: 'EENVELOPE', responseCode: 553, permanent: true, command: 'MAIL FROM' },
      { kind: 'refused', code: 'sender 553' },
    ],
    [
      { code: 'EENVELOPE', responseCode: 451, permanent: false },
      { kind: 'deferred', code: '451' },
    ],
    [
      { code: 'EMESSAGE', responseCode: 552, permanent: true },
      { kind: 'refused', code: '552' },
    ],
    [
      { code: 'EAUTH', responseCode: 535, permanent: true },
      { kind: 'unreachable', code: 'EAUTH' },
    ],
    [{ code: 'ESOCKET' }, { kind: 'unreachable', code: 'ESOCKET' }],
    [{ code: 'ENOENT' }, { kind: 'refused', code: 'ENOENT' }],
    ['nothing', { kind: 'unreachable', code: 'unknown' }],
  ])('%j means %j', (error, outcome) => {
    expect(outcomeOf(typeof error === 'string' ? error : Object.assign(new Error('x'), error))).toEqual(
      outcome,
    );
  });
});
