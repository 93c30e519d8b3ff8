import type { Context } from 'hono';
import * as z from 'zod';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { askForCode, endSession, signInWithCode } from '#functions/commands/sign-in.ts';
import { AuthenticationAnswer, RegistrationAnswer } from '#functions/commands/sign-in-ceremony.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import {
  type Asker,
  beginAuthentication,
  beginRegistration,
  finishAuthentication,
  finishRegistration,
} from '#functions/commands/sign-in-passkeys.ts';
import { deviceOf, networkOf } from '#functions/http/request.ts';
import { giveSession, type Session, sessionOf, takeSession } from '#functions/http/session.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { Role } from '#shared/domain/role.ts';
import { MailAddress, Strength } from '#shared/domain/sign-in.ts';
import type { Refusal } from '#shared/errors.ts';
import { Locale } from '#shared/i18n/locale.ts';
import { ok, type Result } from '#shared/result.ts';

/** Signing in without pages: a code by e-mail, then a passkey for those who decide about others. */
export const signInOperations = (deps: SignInDeps): Operation[] => [
  sendCode(deps),
  begin(deps),
  who,
  end(deps),
  askToRegister(deps),
  register(deps),
  askToAuthenticate(deps),
  authenticate(deps),
];

const SessionAnswer = z.object({
  personId: PersonId,
  strength: Strength,
  roles: z.array(Role),
  /** Roles that wait for a passkey. */
  waiting: z.array(Role),
});

const sendCode = (deps: SignInDeps): Operation =>
  send(
    {
      id: 'sendCode',
      method: 'POST',
      path: '/api/sign-in/codes',
      who: 'public',
      summary: 'Sends a one-time code to a mailbox. The answer is the same whether the mailbox is known.',
      body: z.strictObject({
        mail: MailAddress,
        locale: Locale,
        /** The previous attempt of the same program, whose code is void from then on. */
        replaces: z.string().max(200).optional(),
      }),
      answer: { status: 202, schema: z.object({ attempt: z.string() }) },
      refusals: ['too-many-requests'],
    },
    async (c, { mail, locale, replaces }) => {
      const sent = await askForCode(deps, { mail, locale, network: networkOf(c), replaces });
      return sent.ok ? ok({ attempt: sent.value.secret }) : sent;
    },
  );

const begin = (deps: SignInDeps): Operation =>
  send(
    {
      id: 'signIn',
      method: 'POST',
      path: '/api/session',
      who: 'public',
      summary: 'Signs in with the code and the attempt that it belongs to; sets the session cookie.',
      body: z.strictObject({ attempt: z.string().max(200), code: z.string().max(20) }),
      answer: { status: 201, schema: z.object({ personId: PersonId, staff: z.boolean() }) },
      refusals: [
        'code-wrong',
        'code-expired',
        'code-used',
        'code-replaced',
        'code-exhausted',
        'too-many-requests',
      ],
    },
    async (c, { attempt, code }) => {
      const given = { secret: attempt, code, network: networkOf(c), device: deviceOf(c) };
      const signedIn = await signInWithCode(deps, { ...given, replaces: sessionOf(c)?.id });
      if (!signedIn.ok) return signedIn;
      giveSession(c, signedIn.value.token);
      return ok({ personId: signedIn.value.personId, staff: signedIn.value.staff });
    },
  );

const who = ask(
  {
    id: 'readSession',
    method: 'GET',
    path: '/api/session',
    who: 'signed-in',
    summary: 'Who is signed in, and as what.',
    answer: { status: 200, schema: SessionAnswer },
  },
  (c) => {
    const { personId, strength, roles, waiting } = signedIn(c);
    return ok({ personId, strength, roles: [...roles], waiting: [...waiting] });
  },
);

const end = (deps: SignInDeps): Operation =>
  ask(
    {
      id: 'signOut',
      method: 'DELETE',
      path: '/api/session',
      who: 'signed-in',
      summary: 'Signs out.',
      answer: { status: 204 },
    },
    async (c) => {
      const { personId, id } = signedIn(c);
      takeSession(c);
      return await endSession(deps, { personId, session: id });
    },
  );

const PublicKeyOptions = z.looseObject({ challenge: z.string() });

const askToRegister = (deps: SignInDeps): Operation =>
  ask(
    {
      id: 'askToRegisterPasskey',
      method: 'POST',
      path: '/api/passkeys/registration',
      who: 'signed-in',
      summary: 'Options (WebAuthn JSON) for making a passkey.',
      answer: { status: 200, schema: PublicKeyOptions },
    },
    async (c) => ok(PublicKeyOptions.parse(await beginRegistration(deps, askerOf(c)))),
  );

const register = (deps: SignInDeps): Operation =>
  send(
    {
      id: 'registerPasskey',
      method: 'POST',
      path: '/api/passkeys',
      who: 'signed-in',
      audit: 'passkey-enrolled',
      summary: 'Adds the passkey that was made; with an invitation, takes the role that it offers.',
      body: z.strictObject({ answer: RegistrationAnswer, invitation: z.string().max(200).optional() }),
      answer: { status: 204 },
      refusals: [
        'passkey-refused',
        'invitation-used',
        'invitation-expired',
        'invitation-for-another',
        'not-found',
        'changed-meanwhile',
      ],
    },
    async (c, given) =>
      elevate(c, await finishRegistration(deps, askerOf(c), { ...given, invitation: given.invitation })),
  );

const askToAuthenticate = (deps: SignInDeps): Operation =>
  ask(
    {
      id: 'askToUsePasskey',
      method: 'POST',
      path: '/api/passkeys/authentication',
      who: 'signed-in',
      summary: 'Options (WebAuthn JSON) for using a passkey.',
      answer: { status: 200, schema: PublicKeyOptions },
    },
    async (c) => ok(PublicKeyOptions.parse(await beginAuthentication(deps, askerOf(c)))),
  );

const authenticate = (deps: SignInDeps): Operation =>
  send(
    {
      id: 'usePasskey',
      method: 'POST',
      path: '/api/session/passkey',
      who: 'signed-in',
      summary: 'Shows the passkey; roles that need one count from then on.',
      body: z.strictObject({ answer: AuthenticationAnswer }),
      answer: { status: 204 },
      refusals: ['passkey-refused'],
    },
    async (c, { answer }) => elevate(c, await finishAuthentication(deps, askerOf(c), answer)),
  );

const signedIn = (c: Context): Session => {
  const session = sessionOf(c);
  if (!session) throw new Error('A route was reached by somebody whom its table does not admit.');
  return session;
};

const askerOf = (c: Context): Asker => ({ ...signedIn(c), device: deviceOf(c) });

const elevate = (c: Context, outcome: Result<{ token: string }, Refusal>): Result<void, Refusal> => {
  if (!outcome.ok) return outcome;
  giveSession(c, outcome.value.token);
  return ok(undefined);
};
