import * as z from 'zod';
import { createAuthenticator } from '#infra/rehearsal/authenticator.ts';
import { expectJson, type HttpClient, httpClient, nothing } from '#infra/rehearsal/http-client.ts';
import type { Operator } from '#infra/rehearsal/operator.ts';
import { signingIn } from '#infra/rehearsal/person.ts';

/** Signs somebody in by the code that is written to the mailbox, over HTTP as anyone would. */
export const signIn = async (
  operator: Operator,
  origin: string,
  person: { mail: string; locale: string },
): Promise<HttpClient> => {
  const client = httpClient(origin);
  const known = await operator.codes(person.mail);
  const sent = { method: 'POST', json: { mail: person.mail, locale: person.locale } } as const;
  const { attempt } = await expectJson(client, '/api/sign-in/codes', sent, z.object({ attempt: z.string() }));
  const code = await operator.codeFor(person.mail, known);
  await expectJson(client, '/api/session', { method: 'POST', json: { attempt, code } }, nothing);
  return client;
};

/** Somebody who signs in by code whenever it is asked for. */
export const personAt = (
  operator: Operator,
  origin: string,
  person: { mail: string; locale: string },
): HttpClient => signingIn(origin, () => signIn(operator, origin, person));

/** A member of staff with a passkey in software. */
export type Staff = {
  personId: string;
  /** Signs in anew, by code and passkey, whenever the session has ended. */
  client: HttpClient;
};

/** Whom a role waits for; without a link of a letter the operator makes an invitation. */
type Invited = { mail: string; locale: string; role: string; link?: () => Promise<string> };

const Session = z.object({ personId: z.string(), waiting: z.array(z.string()) });

/**
 * Takes up an invitation: the real ceremony, no way round it. With the authenticator of an earlier try that was cut off it
 * goes on from there: a role that was taken only wants the passkey shown.
 */
export const enrol = async (
  operator: Operator,
  origin: string,
  person: Invited,
  authenticator = createAuthenticator(origin),
): Promise<Staff> => {
  const showPasskey = async (client: HttpClient): Promise<HttpClient> => {
    const asked = await expectJson(client, '/api/passkeys/authentication', { method: 'POST' }, nothing);
    const answer = authenticator.authenticate(asked);
    await expectJson(client, '/api/session/passkey', { method: 'POST', json: { answer } }, nothing);
    return client;
  };
  const first = await signIn(operator, origin, person);
  const { personId, waiting } = await expectJson(first, '/api/session', {}, Session);
  if (waiting.includes(person.role)) await showPasskey(first);
  else {
    const { link = () => operator.invite(person.role, person.locale) } = person;
    const invitation = new URL(await link()).hash.slice(1);
    const options = await expectJson(first, '/api/passkeys/registration', { method: 'POST' }, nothing);
    const answer = authenticator.register(options);
    await expectJson(first, '/api/passkeys', { method: 'POST', json: { answer, invitation } }, nothing);
  }
  const again = async () => await showPasskey(await signIn(operator, origin, person));
  return { personId, client: signingIn(origin, again, first) };
};
