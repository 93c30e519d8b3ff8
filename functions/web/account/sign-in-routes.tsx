import type { Context } from 'hono';
import * as z from 'zod';
import { askForCode, signInWithCode } from '#functions/commands/sign-in.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import type { Route } from '#functions/http/authorize.ts';
import { statusOf } from '#functions/http/problem.ts';
import { deviceOf, networkOf } from '#functions/http/request.ts';
import { giveSession, sessionOf, takeSession } from '#functions/http/session.ts';
import { formOn, leadTo } from '#functions/web/acting.ts';
import { one, readTyped, type Typed } from '#functions/web/form.ts';
import { paths } from '#functions/web/paths.ts';
import { viewOf } from '#functions/web/view.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import type { Refusal } from '#shared/errors.ts';
import { codeSecret, invitationToken } from './cookies.ts';
import { accountPaths, safeNext } from './paths.ts';
import { CodePage, mailErrors, SignInPage, signInSteps } from './sign-in.tsx';

/** Signing in and out. Open to everyone: whoever is signed in already is sent on. */
export const signInRoutes = (deps: SignInDeps): readonly Route[] => [
  { method: 'GET', path: '/:locale{kk|ru|en}/sign-in', who: 'public', handle: signInPage },
  { method: 'POST', path: '/:locale{kk|ru|en}/sign-in', who: 'public', handle: (c) => sendCode(c, deps) },
  { method: 'GET', path: '/:locale{kk|ru|en}/sign-in/code', who: 'public', handle: (c) => codePage(c, deps) },
  {
    method: 'POST',
    path: '/:locale{kk|ru|en}/sign-in/code',
    who: 'public',
    audit: 'person-registered',
    handle: (c) => tryCode(c, deps),
  },
  ...formOn(leadTo(paths.home), {
    method: 'POST',
    path: '/:locale{kk|ru|en}/sign-out',
    who: 'public',
    handle: (c) => signOut(c, deps),
  }),
];

/** Whoever holds a role that needs a passkey goes there next; everyone else where they wanted to go. */
const signInPage = (c: Context): Response | Promise<Response> => {
  const view = viewOf(c);
  const session = sessionOf(c);
  const next = nextOf(view.t.locale, c.req.query('next'));
  if (session && session.waiting.length > 0) return c.redirect(passkeyThen(view.t.locale, next), 303);
  if (session) return c.redirect(next, 303);
  return c.html(<SignInPage view={view} next={next} />);
};

const sendCode = async (c: Context, deps: SignInDeps): Promise<Response> => {
  const view = viewOf(c);
  const { t } = view;
  const typed = await readTyped(c);
  const next = nextOf(t.locale, one(typed, 'next'));
  const mail = MailAddress.safeParse(one(typed, 'mail'));
  if (!mail.success) {
    const errors = [{ field: 'mail', text: t('account.signIn.mail.invalid') }];
    return c.html(<SignInPage view={view} next={next} mail={one(typed, 'mail')} errors={errors} />, 422);
  }
  const asked = await askForCode(deps, {
    mail: mail.data,
    locale: t.locale,
    network: networkOf(c),
    replaces: codeSecret.of(c),
  });
  if (!asked.ok) {
    const errors = mailErrors(t, asked.error);
    retryAfter(c, asked.error);
    return c.html(
      <SignInPage view={view} next={next} mail={mail.data} errors={errors} />,
      statusOf(asked.error),
    );
  }
  codeSecret.give(c, asked.value.secret);
  return c.redirect(`${accountPaths.code(t.locale)}?next=${encodeURIComponent(next)}`, 303);
};

const codePage = async (c: Context, deps: SignInDeps): Promise<Response> => {
  const view = viewOf(c);
  const secret = codeSecret.of(c);
  const attempt = secret && (await deps.people.codes.find(sha256Of(secret)));
  if (!attempt) return c.redirect(paths.signIn(view.t.locale), 303);
  const next = nextOf(view.t.locale, c.req.query('next'));
  return c.html(<CodePage view={view} next={next} mail={attempt.mail} to={signInSteps(view.t)} />);
};

const tryCode = async (c: Context, deps: SignInDeps): Promise<Response> => {
  const view = viewOf(c);
  const typed = await readTyped(c);
  const next = nextOf(view.t.locale, one(typed, 'next'));
  const secret = codeSecret.of(c);
  const code = CodeText.safeParse(one(typed, 'code'));
  if (secret === undefined) return await redrawCode(c, deps, { typed, refusal: { kind: 'code-expired' } });
  if (!code.success) {
    const refusal = {
      kind: 'invalid',
      faults: [{ place: 'code', message: 'account.code.invalid' }],
    } as const;
    return await redrawCode(c, deps, { typed, refusal });
  }
  const signedIn = await signInWithCode(deps, {
    secret,
    code: code.data,
    network: networkOf(c),
    device: deviceOf(c),
    replaces: sessionOf(c)?.id,
  });
  if (!signedIn.ok) return await redrawCode(c, deps, { typed, refusal: signedIn.error });
  codeSecret.take(c);
  giveSession(c, signedIn.value.token);
  if (invitationToken.of(c) !== undefined) return c.redirect(accountPaths.enrolPasskey(view.t.locale), 303);
  return c.redirect(signedIn.value.waiting ? passkeyThen(view.t.locale, next) : next, 303);
};

/** Six digits, however they are grouped. */
export const CodeText = z
  .string()
  .transform((text) => text.replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^\d{6}$/));

const redrawCode = async (
  c: Context,
  deps: SignInDeps,
  { typed, refusal }: { typed: Typed; refusal: Refusal },
): Promise<Response> => {
  const view = viewOf(c);
  const secret = codeSecret.of(c);
  const attempt = secret && (await deps.people.codes.find(sha256Of(secret)));
  const next = nextOf(view.t.locale, one(typed, 'next'));
  retryAfter(c, refusal);
  if (!attempt) {
    const errors = mailErrors(view.t, refusal);
    return c.html(<SignInPage view={view} next={next} errors={errors} />, statusOf(refusal));
  }
  return c.html(
    <CodePage view={view} next={next} mail={attempt.mail} to={signInSteps(view.t)} refusal={refusal} />,
    statusOf(refusal),
  );
};

const signOut = async (c: Context, deps: SignInDeps): Promise<Response> => {
  const session = sessionOf(c);
  if (session) await deps.people.sessions.end(session);
  takeSession(c);
  return c.redirect(`${paths.home(viewOf(c).t.locale)}?done=account.done.signedOut`, 303);
};

const nextOf = (locale: Parameters<typeof paths.applications>[0], next: string | undefined): string =>
  safeNext(next, paths.applications(locale));

const passkeyThen = (locale: Parameters<typeof paths.applications>[0], next: string): string =>
  `${accountPaths.passkey(locale)}?next=${encodeURIComponent(next)}`;

const retryAfter = (c: Context, refusal: Refusal): void => {
  if (refusal.kind === 'too-many-requests') {
    c.header('retry-after', String(refusal.retryAfterMinutes * 60));
  }
};
