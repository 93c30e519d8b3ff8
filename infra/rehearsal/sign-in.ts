import * as z from 'zod';
import { createAuthenticator } from '#infra/rehearsal/authenticator.ts';
import { expectJson, type HttpClient, httpClient, nothing } from '#infra/rehearsal/http-client.ts';
import type { Operator } from '#infra/rehearsal/operator.ts';

/** Signs somebody in by the code that is written to the mailbox, over HTTP as anyone would. */
export const signIn = async (
  operator: Operator,
  origin: string,
  person: { mail: string; locale: string },
): Promise<HttpClient> => {
  const client = httpClient(origin);
  const known = (await operator.letters(person.mail)).length;
  const sent = { method: 'POST', json: { mail: person.mail, locale: person.locale } } as const;
  const { attempt } = await expectJson(client, '/api/sign-in/codes', sent, z.object({ attempt: z.string() }));
  const code = await operator.codeFor(person.mail, known);
  await expectJson(client, '/api/session', { method: 'POST', json: { attempt, code } }, nothing);
  return client;
};

/** A member of staff with a passkey in software. */
export type Staff = {
  client: HttpClient;
  /** Signs in anew, by code and passkey: sessions end after a while. */
  again: () => Promise<HttpClient>;
};

/** Takes up an invitation: the real ceremony, no way round it. */
export const enrol = async (
  operator: Operator,
  origin: string,
  person: { mail: string; locale: string; role: string },
): Promise<Staff> => {
  const link = await operator.invite(person.role, person.locale);
  const invitation = new URL(link).hash.slice(1);
  const authenticator = createAuthenticator(origin);
  const client = await signIn(operator, origin, person);
  const options = await expectJson(client, '/api/passkeys/registration', { method: 'POST' }, nothing);
  const answer = authenticator.register(options);
  await expectJson(client, '/api/passkeys', { method: 'POST', json: { answer, invitation } }, nothing);
  return {
    client,
    again: async () => {
      const next = await signIn(operator, origin, person);
      const asked = await expectJson(next, '/api/passkeys/authentication', { method: 'POST' }, nothing);
      const shown = { answer: authenticator.authenticate(asked) };
      await expectJson(next, '/api/session/passkey', { method: 'POST', json: shown }, nothing);
      return next;
    },
  };
};
