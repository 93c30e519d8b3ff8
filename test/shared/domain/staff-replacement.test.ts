import { describe, expect, it } from 'vitest';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Staff } from '#shared/domain/staff.ts';
import { revokeRole } from '#shared/domain/staff-changes.ts';
import {
  approveReplacement,
  requestReplacement,
  withdrawReplacement,
} from '#shared/domain/staff-replacement.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import { after, aigul, bolat, dana, enrolled, link, now, two } from '#test/builders/staff.ts';

const agreedBy = (by: PersonId, staff: Staff) =>
  approveReplacement(staff, { personId: aigul, by, invitation: link('n'), locale: 'kk' }, now);

describe('a lost passkey', () => {
  const asked = after(two, requestReplacement(two, { personId: aigul, by: bolat }, now));
  const agreed = (by: PersonId) =>
    approveReplacement(asked, { personId: aigul, by, invitation: link('n'), locale: 'kk' }, now);

  it('needs two administrators, neither of them the person', () => {
    const three = enrolled(asked, dana);

    expect(agreed(bolat)).toMatchObject({ error: { kind: 'second-administrator-needed' } });
    expect(agreed(aigul)).toMatchObject({ error: { kind: 'second-administrator-needed' } });
    expect(requestReplacement(two, { personId: aigul, by: aigul }, now)).toMatchObject({
      error: { kind: 'second-administrator-needed' },
    });
    expect(
      approveReplacement(three, { personId: aigul, by: dana, invitation: link('n'), locale: 'kk' }, now).ok,
    ).toBe(true);
  });

  it('is no longer agreed to after a week', () => {
    const three = enrolled(asked, dana);
    const agree = (at: Instant) =>
      approveReplacement(three, { personId: aigul, by: dana, invitation: link('n'), locale: 'kk' }, at);

    expect(agree(addSeconds(now, 7 * 86_400 - 1)).ok).toBe(true);
    expect(agree(addSeconds(now, 7 * 86_400))).toMatchObject({
      error: { kind: 'replacement-not-requested' },
    });
    expect(requestReplacement(asked, { personId: aigul, by: bolat }, addSeconds(now, 7 * 86_400)).ok).toBe(
      true,
    );
  });

  it('is not agreed to when whoever asked is no longer administrator', () => {
    const three = enrolled(asked, dana);
    const revoked = after(
      three,
      revokeRole(three, { personId: bolat, role: 'administrator', by: dana }, now),
    );
    const ofBefore = { ...revoked, replacements: three.replacements };

    expect(revoked.replacements).toEqual({});
    expect(agreedBy(dana, revoked)).toMatchObject({ error: { kind: 'replacement-not-requested' } });
    expect(agreedBy(dana, ofBefore)).toMatchObject({ error: { kind: 'replacement-not-requested' } });
  });

  it('that was found is said by any administrator, the owner too', () => {
    const found = withdrawReplacement(asked, { personId: aigul, by: aigul }, now);

    expect(after(asked, found).replacements).toEqual({});
    expect(withdrawReplacement(asked, { personId: aigul, by: dana }, now)).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    expect(withdrawReplacement(two, { personId: aigul, by: aigul }, now)).toMatchObject({
      error: { kind: 'replacement-not-requested' },
    });
  });

  it('is asked for once', () => {
    expect(requestReplacement(asked, { personId: aigul, by: bolat }, now)).toMatchObject({
      error: { kind: 'already-requested' },
    });
  });
});
