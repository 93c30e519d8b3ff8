import { describe, expect, it } from 'vitest';
import { ResultClaim } from '#shared/domain/claim.ts';
import { decideClaimBy, isClaimOverdue } from '#shared/domain/claim-rule.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { at } from '#test/builders/worlds.ts';

// Friday the 4th; Monday the 7th is free, and Saturday the 5th worked instead.
const calendar = { holidays: [], transferred: [{ off: '2022-11-07', worked: '2022-11-05' }] };
const plan = { timeZone: 'Asia/Almaty', calendar, claims: { workingDays: 2 } };
const filedAt = at('2022-11-04T05:00');
const by = at('2022-11-08T18:00');

const text = { owner: 'application#A', kind: 'claim', version: 1, digest: sha256Of('claim') } as const;
const open = ResultClaim.parse({
  id: 'C1A1M000000000000001',
  roundId: 'R0VND000000000000001',
  applicationId: 'APP00000000000000001',
  number: 'KZ19-AAAA-0001',
  grounds: 'other',
  text,
  filedAt,
  status: 'open',
});
const chair = PersonId.parse('CHA1R000000000000000');

describe('the time in which a claim is decided', () => {
  it('is so many working days after it was filed, to the end of the last one where the round is', () => {
    expect(decideClaimBy(plan, { filedAt })).toBe(by);
    // Late in the evening there is still that day, and the next one in the zone an hour later.
    expect(decideClaimBy(plan, { filedAt: at('2022-11-04T17:59') })).toBe(by);
    expect(decideClaimBy(plan, { filedAt: at('2022-11-04T18:00') })).toBe(at('2022-11-09T18:00'));
  });

  it('is over in its last moment, and stays so where the decision came after it', () => {
    expect(isClaimOverdue(plan, open, at('2022-11-08T17:59'))).toBe(false);
    expect(isClaimOverdue(plan, open, by)).toBe(true);
    const decided = { ...open, status: 'rejected', by: chair, reason: open.text } as const;
    expect(isClaimOverdue(plan, { ...decided, decidedAt: at('2022-11-08T17:59') }, by)).toBe(false);
    expect(isClaimOverdue(plan, { ...decided, decidedAt: by }, by)).toBe(true);
  });

  it('is none where the round file says nothing', () => {
    const silent = { timeZone: plan.timeZone, calendar };

    expect(decideClaimBy(silent, { filedAt })).toBeUndefined();
    expect(isClaimOverdue(silent, open, by)).toBe(false);
  });
});
