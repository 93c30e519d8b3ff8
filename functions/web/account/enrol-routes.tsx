import type { Context } from 'hono';
import { beginSession } from '#functions/commands/sign-in.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { passkeysOf } from '#functions/commands/sign-in-passkeys.ts';
import { accept, viewInvitation } from '#functions/commands/staff.ts';
import { type Route, requireActor } from '#functions/http/authorize.ts';
import { statusOf } from '#functions/http/problem.ts';
import { deviceOf } from '#functions/http/request.ts';
import { giveSession, sessionOf } from '#functions/http/session.ts';
import { leadTo, twin } from '#functions/web/acting.ts';
import { one, readTyped } from '#functions/web/form.ts';
import { paths } from '#functions/web/paths.ts';
import { refusalPage } from '#functions/web/problem.tsx';
import { viewOf } from '#functions/web/view.ts';
import { rolesNeedingPasskey } from '#shared/domain/role.ts';
import type { Invitation } from '#shared/domain/staff.ts';
import { replacesPasskey } from '#shared/domain/staff-changes.ts';
import { invitationToken } from './cookies.ts';
import { type EnrolmentWay, EnrolPage, EnrolPasskeyPage } from './enrol.tsx';
import { accountPaths } from './paths.ts';

/** From a one-time link to a role: the link's token, a mailbox, a passkey. Opening a page never uses the link up. */
export const enrolRoutes = (deps: SignInDeps): readonly Route[] => [
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}/enrol',
    who: 'public',
    handle: (c) => c.html(<EnrolPage view={viewOf(c)} />),
  },
  {
    method: 'POST',
    path: '/:locale{kk|ru|en}/enrol',
    who: 'public',
    handle: (c) => openLink(c, deps),
  },
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}/enrol/passkey',
    who: 'signed-in',
    handle: (c) => chooseWay(c, deps),
  },
  twin('/:locale{kk|ru|en}/enrol/accept', leadTo(accountPaths.enrolPasskey)),
  {
    method: 'POST',
    path: '/:locale{kk|ru|en}/enrol/accept',
    who: 'signed-in',
    audit: 'invitation-used',
    handle: (c) => acceptRole(c, deps),
  },
];

/** Looks whether the link is good and keeps its token in the browser; nothing is used up yet. */
const openLink = async (c: Context, deps: SignInDeps): Promise<Response> => {
  const view = viewOf(c);
  const { t } = view;
  const token = tokenIn(one(await readTyped(c), 'invitation'));
  const invitation = await viewInvitation(deps, token);
  if (!invitation.ok) {
    return c.html(<EnrolPage view={view} refusal={invitation.error} />, statusOf(invitation.error));
  }
  invitationToken.give(c, token);
  const next = accountPaths.enrolPasskey(t.locale);
  return c.redirect(sessionOf(c) ? next : `${paths.signIn(t.locale)}?next=${encodeURIComponent(next)}`, 303);
};

/** Whoever pastes the whole link means its token. */
const tokenIn = (typed: string): string => typed.trim().split('#').at(-1) ?? '';

const chooseWay = async (c: Context, deps: SignInDeps): Promise<Response> => {
  const view = viewOf(c);
  const session = sessionOf(c);
  const token = invitationToken.of(c);
  if (!session || token === undefined) return c.redirect(accountPaths.enrol(view.t.locale), 303);
  const invitation = await viewInvitation(deps, token);
  if (!invitation.ok) return await refusalPage(c, invitation.error);
  const { grant } = invitation.value;
  if (grant.kind === 'passkey' && grant.personId !== session.personId) {
    return await refusalPage(c, { kind: 'invitation-for-another' });
  }
  const known = await passkeysOf(deps, session.personId);
  const way = wayOf(invitation.value, { known: known.length > 0, shown: session.strength === 'passkey' });
  return c.html(<EnrolPasskeyPage view={view} invitation={invitation.value} way={way} />);
};

/** Just accept, make a first (or replacing) passkey, or show the one that is there. */
const wayOf = (invitation: Invitation, passkey: { known: boolean; shown: boolean }): EnrolmentWay => {
  const { grant } = invitation;
  if (grant.kind === 'passkey') return 'register';
  if (!rolesNeedingPasskey.has(grant.role)) return 'accept';
  if (!passkey.known) return 'register';
  if (passkey.shown) return 'accept';
  return replacesPasskey(invitation) ? 'either' : 'authenticate';
};

/** The session goes on under a new id, since it may do more from here on. */
const acceptRole = async (c: Context, deps: SignInDeps): Promise<Response> => {
  const { t } = viewOf(c);
  const token = invitationToken.of(c);
  const session = sessionOf(c);
  if (!session || token === undefined) return await refusalPage(c, { kind: 'not-found', what: 'invitation' });
  const accepted = await accept(deps, { by: requireActor(c), token, strength: session.strength });
  if (!accepted.ok) return await refusalPage(c, accepted.error);
  invitationToken.take(c);
  const renewed = await beginSession(deps, { ...session, device: deviceOf(c), replaces: session.id });
  giveSession(c, renewed.token);
  return c.redirect(`${paths.account(t.locale)}?done=account.done.enrolled`, 303);
};
