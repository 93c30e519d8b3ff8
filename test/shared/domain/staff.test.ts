import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evolveAll } from '#shared/domain/event.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import {
  type Grant,
  noStaff,
  rolesOf,
  type Staff,
  type StaffEvent,
  staffAggregate,
} from '#shared/domain/staff.ts';
import {
  acceptInvitation,
  administrators,
  issueInvitation,
  openInvitation,
  revokeRole,
  voidInvitation,
} from '#shared/domain/staff-changes.ts';
import {
  approveReplacement,
  requestReplacement,
  withdrawReplacement,
} from '#shared/domain/staff-replacement.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import {
  after,
  aigul,
  bolat,
  dana,
  enrolled,
  grant,
  invited,
  link,
  now,
  one,
  two,
} from '#test/builders/staff.ts';

const succession = (succeeds: PersonId): Grant => ({ kind: 'role', role: 'chair', succeeds });

const invitedBy = (issuer: PersonId) =>
  issueInvitation(one, { invitation: link('x'), grant, locale: 'kk', issuer }, now);

describe('an invitation', () => {
  it('is issued by the operator or an administrator, and by nobody else', () => {
    expect(invitedBy(aigul).ok).toBe(true);
    expect(invitedBy(dana)).toEqual({ ok: false, error: { kind: 'not-allowed' } });
  });

  it('is open for 48 hours', () => {
    const staff = invited(noStaff, 'x');

    expect(openInvitation(staff, link('x'), addSeconds(now, 48 * 3600 - 1)).ok).toBe(true);
    expect(openInvitation(staff, link('x'), addSeconds(now, 48 * 3600))).toMatchObject({
      error: { kind: 'invitation-expired' },
    });
  });

  it('that was used is told from one that nobody issued', () => {
    expect(openInvitation(one, link(aigul), now)).toMatchObject({ error: { kind: 'invitation-used' } });
    expect(openInvitation(one, link('?'), now)).toMatchObject({ error: { kind: 'not-found' } });
  });

  it('that ran out is recorded with the next change and forgotten after ninety days', () => {
    const later = addSeconds(now, 49 * 3600);
    const expired = issueInvitation(
      invited(noStaff, 'x'),
      { invitation: link('y'), grant, locale: 'ru', issuer: 'operator' },
      later,
    );
    const muchLater = addSeconds(now, 100 * 86_400);
    const staff = after(invited(noStaff, 'x'), expired);
    const cleared = after(
      staff,
      issueInvitation(staff, { invitation: link('z'), grant, locale: 'ru', issuer: 'operator' }, muchLater),
    );

    expect(expired.ok && expired.value.map(({ type }) => type)).toEqual([
      'invitation-expired',
      'invitation-issued',
    ]);
    expect(Object.keys(cleared.invitations)).not.toContain(link('x'));
  });
});

describe('handing over', () => {
  const chaired = after(
    invited(two, 'chair', { grant: { kind: 'role', role: 'chair' } }),
    acceptInvitation(
      invited(two, 'chair', { grant: { kind: 'role', role: 'chair' } }),
      { invitation: link('chair'), personId: dana },
      now,
    ),
  );
  it('begins the successor and ends the predecessor in one decision', () => {
    const open = invited(chaired, 's', { grant: succession(dana), issuer: dana });
    const done = after(open, acceptInvitation(open, { invitation: link('s'), personId: bolat }, now));

    expect(rolesOf(done, dana)).toEqual([]);
    expect(rolesOf(done, bolat)).toEqual(['administrator', 'chair']);
  });

  it('is asked for by the holder, not in the holder’s name', () => {
    const decision = issueInvitation(
      chaired,
      { invitation: link('s'), grant: succession(dana), locale: 'kk', issuer: aigul },
      now,
    );

    expect(decision).toMatchObject({ error: { kind: 'not-allowed' } });
  });

  it('to oneself is refused', () => {
    const open = invited(chaired, 's', { grant: succession(dana), issuer: dana });

    expect(acceptInvitation(open, { invitation: link('s'), personId: dana }, now)).toMatchObject({
      error: { kind: 'invitation-for-another' },
    });
  });

  it('makes one successor, however many links were asked for', () => {
    const names = ['s', 't', 'u'];
    const open = names.reduce(
      (staff, name) => invited(staff, name, { grant: succession(dana), issuer: dana }),
      chaired,
    );

    const done = after(open, acceptInvitation(open, { invitation: link('s'), personId: bolat }, now));

    expect(names.map((name) => done.invitations[link(name)]?.status)).toEqual(['used', 'void', 'void']);
    expect(acceptInvitation(done, { invitation: link('t'), personId: aigul }, now)).toMatchObject({
      error: { kind: 'invitation-expired' },
    });
  });

  it('is over when the role of whoever hands over was revoked', () => {
    const open = invited(chaired, 's', { grant: succession(dana), issuer: dana });
    const revoked = after(open, revokeRole(open, { personId: dana, role: 'chair', by: aigul }, now));

    expect(acceptInvitation(revoked, { invitation: link('s'), personId: bolat }, now)).toMatchObject({
      error: { kind: 'invitation-expired' },
    });
  });

  it('of one role leaves links on another role alone', () => {
    const both = invited(chaired, 'a', { issuer: aigul });
    const open = invited(both, 's', { grant: succession(dana), issuer: dana });
    const done = after(open, acceptInvitation(open, { invitation: link('s'), personId: bolat }, now));

    expect(openInvitation(done, link('a'), now).ok).toBe(true);
  });
});

describe('a link whose issuer is no longer administrator', () => {
  const open = invited(two, 'mine', { issuer: bolat });

  it('is void from the moment of the revocation, and the record says why', () => {
    const decision = revokeRole(open, { personId: bolat, role: 'administrator', by: aigul }, now);

    expect(decision.ok && decision.value).toContainEqual({
      type: 'invitation-voided',
      at: now,
      invitation: link('mine'),
      because: 'issuer-left',
    });
    expect(
      acceptInvitation(after(open, decision), { invitation: link('mine'), personId: dana }, now),
    ).toMatchObject({ error: { kind: 'invitation-expired' } });
  });

  it('is refused in a record of before links were made void', () => {
    const left = { ...open, members: { [aigul]: open.members[aigul] ?? [] } };

    expect(openInvitation(left, link('mine'), now)).toMatchObject({ error: { kind: 'invitation-expired' } });
  });

  it('does not come back with the role', () => {
    const revoked = after(open, revokeRole(open, { personId: bolat, role: 'administrator', by: aigul }, now));

    expect(openInvitation(enrolled(revoked, bolat), link('mine'), now)).toMatchObject({
      error: { kind: 'invitation-expired' },
    });
  });
});

describe('taking a link back', () => {
  const open = invited(two, 'lost', { issuer: aigul });

  it('is possible for every administrator, and for nobody else', () => {
    const taken = after(open, voidInvitation(open, { invitation: link('lost'), by: bolat }, now));

    expect(openInvitation(taken, link('lost'), now)).toMatchObject({ error: { kind: 'invitation-expired' } });
    expect(voidInvitation(open, { invitation: link('lost'), by: dana }, now)).toMatchObject({
      error: { kind: 'not-allowed' },
    });
  });

  it('comes too late when it was used', () => {
    expect(voidInvitation(two, { invitation: link(bolat), by: aigul }, now)).toMatchObject({
      error: { kind: 'invitation-used' },
    });
  });
});

describe('revoking', () => {
  it('of the last administrator is refused', () => {
    expect(revokeRole(one, { personId: aigul, role: 'administrator', by: aigul }, now)).toMatchObject({
      error: { kind: 'last-administrator' },
    });
  });

  it('of one of two is allowed, also by oneself', () => {
    expect(
      rolesOf(after(two, revokeRole(two, { personId: bolat, role: 'administrator', by: bolat }, now)), bolat),
    ).toEqual([]);
  });

  it('of a role that is not held is refused', () => {
    expect(revokeRole(two, { personId: bolat, role: 'chair', by: aigul }, now)).toMatchObject({
      error: { kind: 'role-not-held', role: 'chair' },
    });
  });
});

const decide = (
  kind: string,
  { staff, by, about, name, at }: { staff: Staff; by: PersonId; about: PersonId; name: string; at: Instant },
): Result<StaffEvent[], Refusal> => {
  const invitation = link(name);
  switch (kind) {
    case 'invite':
      return issueInvitation(staff, { invitation, grant, locale: 'kk', issuer: by }, at);
    case 'hand over':
      return issueInvitation(
        staff,
        { invitation, grant: { ...grant, succeeds: by }, locale: 'kk', issuer: by },
        at,
      );
    case 'accept':
      return acceptInvitation(staff, { invitation, personId: about }, at);
    case 'revoke':
      return revokeRole(staff, { personId: about, role: 'administrator', by }, at);
    case 'ask':
      return requestReplacement(staff, { personId: about, by }, at);
    case 'withdraw':
      return withdrawReplacement(staff, { personId: about, by }, at);
    case 'take back':
      return voidInvitation(staff, { invitation, by }, at);
    default:
      return approveReplacement(staff, { personId: about, by, invitation, locale: 'kk' }, at);
  }
};

describe('whatever happens', () => {
  const people = [aigul, bolat, dana] as const;
  const step = fc.record({
    kind: fc.constantFrom('invite', 'accept', 'revoke', 'hand over', 'ask', 'agree', 'withdraw', 'take back'),
    by: fc.constantFrom(...people),
    about: fc.constantFrom(...people),
    name: fc.constantFrom('p', 'q', 'r'),
    seconds: fc.integer({ min: 0, max: 100_000 }),
  });

  it('a region that has had an administrator keeps one, and the fold equals what was decided on', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let staff = one;
        let at = now;
        const history: StaffEvent[] = [];
        for (const { kind, by, about, name, seconds } of steps) {
          at = addSeconds(at, seconds);
          const decision = decide(kind, { staff, by, about, name, at });
          if (!decision.ok) continue;
          history.push(...decision.value);
          staff = after(staff, decision);
          expect(administrators(staff).length).toBeGreaterThan(0);
        }
        expect(evolveAll(staffAggregate, one, history) ?? one).toEqual(staff);
      }),
    );
  });
});
