import type { Context } from 'hono';
import type * as z from 'zod';
import { AuthenticationAnswer, RegistrationAnswer } from '#functions/commands/sign-in-ceremony.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import {
  type Asker,
  beginAuthentication,
  beginRegistration,
  finishAuthentication,
  finishRegistration,
  passkeysOf,
} from '#functions/commands/sign-in-passkeys.ts';
import type { Route } from '#functions/http/authorize.ts';
import { problem } from '#functions/http/problem.ts';
import { deviceOf } from '#functions/http/request.ts';
import { giveSession, sessionOf } from '#functions/http/session.ts';
import { LinkButton } from '#functions/web/fields.tsx';
import { Page } from '#functions/web/layout.tsx';
import { paths } from '#functions/web/paths.ts';
import { type View, viewOf } from '#functions/web/view.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import { invitationToken } from './cookies.ts';
import { Ceremony } from './passkey.tsx';
import { safeNext } from './paths.ts';

/** Showing and making passkeys: one page, and the four JSON answers that its script and the rehearsal use. */
export const passkeyRoutes = (deps: SignInDeps): readonly Route[] => [
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}/passkey',
    who: 'signed-in',
    handle: async (c) => {
      const view = viewOf(c);
      const next = safeNext(c.req.query('next'), paths.account(view.t.locale));
      const known = await passkeysOf(deps, askerOf(c).personId);
      return c.html(<PasskeyPage view={view} next={next} any={known.length > 0} />);
    },
  },
  {
    method: 'POST',
    path: '/:locale{kk|ru|en}/passkey/options',
    who: 'signed-in',
    handle: async (c) => c.json(await beginAuthentication(deps, askerOf(c))),
  },
  {
    method: 'POST',
    path: '/:locale{kk|ru|en}/passkey',
    who: 'signed-in',
    handle: async (c) => {
      const answer = await jsonOf(c, AuthenticationAnswer);
      if (!answer) return problem(c, { kind: 'passkey-refused' });
      return elevated(c, await finishAuthentication(deps, askerOf(c), answer));
    },
  },
  {
    method: 'POST',
    path: '/:locale{kk|ru|en}/passkey/new/options',
    who: 'signed-in',
    handle: async (c) => c.json(await beginRegistration(deps, askerOf(c))),
  },
  {
    method: 'POST',
    path: '/:locale{kk|ru|en}/passkey/new',
    who: 'signed-in',
    audit: 'passkey-enrolled',
    handle: (c) => enrol(c, deps, undefined),
  },
  {
    method: 'POST',
    path: '/:locale{kk|ru|en}/enrol/passkey',
    who: 'signed-in',
    audit: 'invitation-used',
    handle: (c) => enrol(c, deps, invitationToken.of(c) ?? ''),
  },
];

/** The session that asks. Throws when there is none: the route table should have refused. */
const askerOf = (c: Context): Asker => {
  const session = sessionOf(c);
  if (!session) throw new Error('A passkey was asked for without a session.');
  return { ...session, device: deviceOf(c) };
};

/** A JSON body of the right shape; a form, which another site could post, never is one. */
const jsonOf = async <T,>(c: Context, schema: z.ZodType<T>): Promise<T | undefined> => {
  if (!c.req.header('content-type')?.startsWith('application/json')) return undefined;
  const body: unknown = await c.req.json().catch(() => undefined);
  return schema.safeParse(body).data;
};

/** @param invitation the token of a link; without one it is a further passkey of the same person */
const enrol = async (c: Context, deps: SignInDeps, invitation: string | undefined): Promise<Response> => {
  const answer = await jsonOf(c, RegistrationAnswer);
  if (!answer) return problem(c, { kind: 'passkey-refused' });
  const finished = await finishRegistration(deps, askerOf(c), { answer, invitation });
  if (finished.ok && invitation !== undefined) invitationToken.take(c);
  return elevated(c, finished);
};

const elevated = (c: Context, result: Result<{ token: string }, Refusal>): Response => {
  if (!result.ok) return problem(c, result.error);
  giveSession(c, result.value.token);
  return c.json({ ok: true });
};

const PasskeyPage = ({ view, next, any }: { view: View; next: string; any: boolean }) => {
  const { t } = view;
  return (
    <Page view={view} title={t('account.passkey.title')}>
      {any ? (
        <>
          <p>{t('account.passkey.why')}</p>
          <Ceremony view={view} kind="authenticate" next={next} />
          <p>{t('account.passkey.lost')}</p>
        </>
      ) : (
        <p>{t('account.passkey.none')}</p>
      )}
      <LinkButton href={paths.applications(t.locale)} kind="secondary">
        {t('account.passkey.later')}
      </LinkButton>
    </Page>
  );
};
