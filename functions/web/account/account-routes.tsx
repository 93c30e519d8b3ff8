import type { Context } from 'hono';
import * as z from 'zod';
import { returnedTo } from '#functions/commands/returned-letters.ts';
import { endAllSessions, endSession } from '#functions/commands/sign-in.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { dropPasskey, passkeysOf } from '#functions/commands/sign-in-passkeys.ts';
import { invite } from '#functions/commands/staff.ts';
import { type Route, requireActor } from '#functions/http/authorize.ts';
import { type Session, sessionOf, takeSession } from '#functions/http/session.ts';
import { leadTo, twin } from '#functions/web/acting.ts';
import { one, readTyped } from '#functions/web/form.ts';
import { paths } from '#functions/web/paths.ts';
import { refusalPage } from '#functions/web/problem.tsx';
import { viewOf } from '#functions/web/view.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { GivenRole } from '#shared/domain/role.ts';
import { sessionStands } from '#shared/domain/sign-in.ts';
import { Locale } from '#shared/i18n/index.ts';
import { AccountPage } from './account.tsx';
import { postLetterLanguage } from './letter-language.tsx';
import { LinkPage } from './link.tsx';

const account = '/:locale{kk|ru|en}/account';

const toAccount = leadTo(paths.account);

/** The person's own page: sessions, passkeys, name, handing a role over. */
export const accountPageRoutes = (deps: SignInDeps): readonly Route[] => [
  { method: 'GET', path: account, who: 'signed-in', handle: (c) => showAccount(c, deps) },
  {
    method: 'POST',
    path: account,
    who: ['administrator', 'chair', 'secretary', 'member', 'auditor', 'school', 'coordinator', 'desk'],
    audit: 'invitation-issued',
    handle: (c) => handOver(c, deps),
  },
  twin(`${account}/name`, toAccount),
  { method: 'POST', path: `${account}/name`, who: 'signed-in', handle: (c) => rename(c, deps) },
  twin(`${account}/language`, toAccount),
  { method: 'POST', path: `${account}/language`, who: 'signed-in', handle: postLetterLanguage(deps) },
  twin(`${account}/sessions/end`, toAccount),
  {
    method: 'POST',
    path: `${account}/sessions/end`,
    who: 'signed-in',
    handle: (c) => endOther(c, deps),
  },
  twin(`${account}/sessions/end-all`, toAccount),
  {
    method: 'POST',
    path: `${account}/sessions/end-all`,
    who: 'signed-in',
    audit: 'sessions-ended',
    handle: async (c) => {
      await endAllSessions(deps, { personId: mySession(c).personId });
      takeSession(c);
      return c.redirect(`${paths.home(viewOf(c).t.locale)}?done=account.done.sessionsEnded`, 303);
    },
  },
  twin(`${account}/passkeys/remove`, toAccount),
  {
    method: 'POST',
    path: `${account}/passkeys/remove`,
    who: 'signed-in',
    audit: 'passkey-removed',
    handle: (c) => removeKey(c, deps),
  },
];

/** @param refused a name that was not saved, to be corrected */
const showAccount = async (c: Context, deps: SignInDeps, refused?: string): Promise<Response> => {
  const { id, personId, roles, waiting } = mySession(c);
  const [profile, sessions, passkeys, returned] = await Promise.all([
    deps.people.profiles.find(personId),
    deps.people.sessions.ofPerson(personId),
    passkeysOf(deps, personId),
    returnedTo(deps, personId),
  ]);
  if (!profile) throw new Error(`Person ${personId} has a session, but no profile.`);
  const now = deps.clock.now();
  return c.html(
    <AccountPage
      view={viewOf(c)}
      profile={profile}
      current={id}
      sessions={sessions.filter((session) => sessionStands(session, now))}
      passkeys={passkeys}
      roles={roles.filter((role) => role !== 'applicant')}
      waiting={waiting}
      refusedName={refused}
      returned={returned}
    />,
    refused === undefined ? 200 : 422,
  );
};

const Succession = z.object({ role: GivenRole, locale: Locale });

const handOver = async (c: Context, deps: SignInDeps): Promise<Response> => {
  const view = viewOf(c);
  const wanted = Succession.safeParse(await readTyped(c));
  if (!wanted.success) return await refusalPage(c, { kind: 'invalid', faults: [] });
  const { role } = wanted.data;
  if (!mySession(c).roles.includes(role)) return await refusalPage(c, { kind: 'role-not-held', role });
  const invited = await invite(deps, { by: requireActor(c, [role]), ...wanted.data, succession: true });
  if (!invited.ok) return await refusalPage(c, invited.error);
  return c.html(
    <LinkPage view={view} link={invited.value} purpose="handOver" back={paths.account(view.t.locale)} />,
  );
};

const Name = z.string().trim().max(120);

const rename = async (c: Context, deps: SignInDeps): Promise<Response> => {
  const typed = one(await readTyped(c), 'name');
  const name = Name.safeParse(typed);
  if (!name.success) return await showAccount(c, deps, typed);
  await deps.people.profiles.change(mySession(c).personId, { name: name.data });
  return back(c, 'account.done.name');
};

const endOther = async (c: Context, deps: SignInDeps): Promise<Response> => {
  const session = Sha256.safeParse(one(await readTyped(c), 'session'));
  if (!session.success) return await refusalPage(c, { kind: 'not-found', what: 'page' });
  const ended = await endSession(deps, { personId: mySession(c).personId, session: session.data });
  return ended.ok ? back(c, 'account.done.sessionEnded') : await refusalPage(c, ended.error);
};

/** Somebody with only the mailbox must not take a passkey away. */
const removeKey = async (c: Context, deps: SignInDeps): Promise<Response> => {
  const { id, personId, strength } = mySession(c);
  if (strength !== 'passkey') return await refusalPage(c, { kind: 'passkey-needed' });
  const credential = Sha256.safeParse(one(await readTyped(c), 'credential'));
  if (!credential.success) return await refusalPage(c, { kind: 'not-found', what: 'page' });
  const removed = await dropPasskey(deps, { personId, credential: credential.data, session: id });
  return removed.ok ? back(c, 'account.done.passkeyRemoved') : await refusalPage(c, removed.error);
};

const back = (c: Context, done: string): Response =>
  c.redirect(`${paths.account(viewOf(c).t.locale)}?done=${done}`, 303);

const mySession = (c: Context): Session => {
  const session = sessionOf(c);
  if (!session) throw new Error('A page of an account was reached without a session.');
  return session;
};
