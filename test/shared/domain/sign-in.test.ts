import { describe, expect, it } from 'vitest';
import {
  codeFrom,
  judgeCode,
  MailAddress,
  newAttempt,
  StoredSession,
  sessionStands,
  worthTouching,
} from '#shared/domain/sign-in.ts';
import { addSeconds, Instant } from '#shared/domain/time.ts';

const now = Instant.parse('2022-08-01T04:00:00.000Z');
const mail = MailAddress.parse('aigerim@example.kz');
const sent = newAttempt({ secret: 'browser', salt: 'salt', code: '012345', mail, locale: 'kk' }, now);
const counted = { ...sent, tries: 1 };
const given = { secret: 'browser', code: '012345', current: true, counted: true };

const judged = (
  attempt: Parameters<typeof judgeCode>[0],
  over: Partial<typeof given> = {},
  at: Instant = now,
) => {
  const result = judgeCode(attempt, { ...given, ...over }, at);
  return result.ok ? 'signed in' : result.error;
};

describe('a mailbox', () => {
  it.for([' Aigerim@Example.KZ ', 'aigerim@example.kz\n', 'AIGERIM@EXAMPLE.KZ'])('%j is one', (typed) => {
    expect(MailAddress.parse(typed)).toBe(mail);
  });

  it.for(['', 'aigerim', 'aigerim@', '@example.kz', 'a b@example.kz', `${'x'.repeat(250)}@example.kz`])(
    '%j is none',
    (typed) => {
      expect(MailAddress.safeParse(typed).success).toBe(false);
    },
  );
});

describe('a code', () => {
  it('has six digits, zeros in front included', () => {
    const codes = Array.from({ length: 300 }, (_, index) => codeFrom(`chance ${index}`));

    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
    expect(new Set(codes).size).toBeGreaterThan(295);
  });

  it('signs in until its last millisecond and not after', () => {
    const last = addSeconds(now, 599.999);

    expect(judged(counted, {}, last)).toBe('signed in');
    expect(judged(counted, {}, addSeconds(now, 600))).toEqual({ kind: 'code-expired' });
  });

  it('may be typed in groups', () => {
    expect(judged(counted, { code: '012-345' })).toBe('signed in');
    expect(judged(counted, { code: ' 012 345 ' })).toBe('signed in');
  });

  it('says how many tries are left, and when none is', () => {
    expect(judged({ ...sent, tries: 2 }, { code: '999999' })).toEqual({ kind: 'code-wrong', triesLeft: 3 });
    expect(judged({ ...sent, tries: 5 }, { code: '999999' })).toEqual({ kind: 'code-exhausted' });
  });

  it('is right on the fifth try, and never when the try was not counted', () => {
    expect(judged({ ...sent, tries: 5 })).toBe('signed in');
    expect(judged({ ...sent, tries: 5 }, { counted: false })).toEqual({ kind: 'code-exhausted' });
  });

  it('is worth nothing with the secret of another browser', () => {
    expect(judged(counted, { secret: 'another' })).toMatchObject({ kind: 'code-wrong' });
  });

  it('that was used says so, whatever else is true of it', () => {
    const used = { ...counted, usedAt: now };

    expect(judged({ ...used, replacedAt: now }, {}, addSeconds(now, 9999))).toEqual({ kind: 'code-used' });
  });

  it('that was replaced or is unknown asks for a new one', () => {
    expect(judged({ ...counted, replacedAt: now })).toEqual({ kind: 'code-replaced' });
    expect(judged(undefined)).toEqual({ kind: 'code-expired' });
  });

  it('does not lie in the attempt, nor does the secret', () => {
    expect(JSON.stringify(sent)).not.toContain('012345');
    expect(JSON.stringify(sent)).not.toContain('browser');
  });
});

const session = (strength: 'code' | 'passkey', seenAfter: number) =>
  StoredSession.parse({
    id: 'a'.repeat(64),
    personId: '0'.repeat(20),
    strength,
    staff: false,
    device: '',
    createdAt: now,
    lastSeenAt: addSeconds(now, seenAfter),
  });

describe('a session', () => {
  it.for([
    ['code', 0, 7199, true],
    ['code', 0, 7200, false],
    ['code', 86_000, 86_399, true],
    ['code', 86_000, 86_400, false],
    ['passkey', 0, 3599, true],
    ['passkey', 0, 3600, false],
    ['passkey', 43_000, 43_199, true],
    ['passkey', 43_000, 43_200, false],
  ] as const)('of strength %s, last seen after %i s, after %i s: %s', ([strength, seen, after, stands]) => {
    expect(sessionStands(session(strength, seen), addSeconds(now, after))).toBe(stands);
  });

  it.for([
    [299, false],
    [300, true],
  ] as const)('is noted as seen again after %i s: %s', ([after, noted]) => {
    expect(worthTouching(session('code', 0), addSeconds(now, after))).toBe(noted);
  });
});
