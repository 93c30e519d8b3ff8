import * as z from 'zod';
import { lazily } from '#functions/adapters/lazily.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Passkey, Profile } from '#shared/ports/sign-in.ts';

/** The two ceremonies of WebAuthn, as far as we use them: no attestation, user verification always required. */

const base64url = z
  .string()
  .regex(/^[\w-]+$/)
  .max(65_536);
const credential = { id: base64url, rawId: base64url, type: z.literal('public-key') };

/** What a browser answers after making a passkey (`PublicKeyCredential.toJSON`); what else it says is not used. */
export const RegistrationAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(32)).max(8).default([]),
  }),
});
export type RegistrationAnswer = z.infer<typeof RegistrationAnswer>;

/** What a browser answers after using a passkey. */
export const AuthenticationAnswer = z.object({
  ...credential,
  response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }),
});
export type AuthenticationAnswer = z.infer<typeof AuthenticationAnswer>;

type Expected = { origin: string; challenge: string };

/** Read when the first passkey is made or shown: applicants, who have none, do not wait for it. */
const library = lazily(() => import('@simplewebauthn/server'));

/** EdDSA, ES256 and RS256: what authenticators have. */
const algorithms = [-8, -7, -257];

export const registrationOptions = async (
  expected: Expected,
  profile: Profile,
  known: readonly Passkey[],
): Promise<unknown> => {
  const { generateRegistrationOptions } = await library();
  return await generateRegistrationOptions({
    rpName: 'Irikteu',
    rpID: new URL(expected.origin).hostname,
    userName: profile.mail ?? profile.personId,
    userDisplayName: profile.name ?? profile.mail ?? profile.personId,
    userID: new Uint8Array(new TextEncoder().encode(profile.personId)),
    challenge: bytesOf(expected.challenge),
    timeout: 300_000,
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  });
};

export const authenticationOptions = async (
  expected: Expected,
  known: readonly Passkey[],
): Promise<unknown> => {
  const { generateAuthenticationOptions } = await library();
  return await generateAuthenticationOptions({
    rpID: new URL(expected.origin).hostname,
    challenge: bytesOf(expected.challenge),
    timeout: 300_000,
    userVerification: 'required',
    allowCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
  });
};

/** The new passkey, or undefined when the answer does not prove it. */
export const verifyRegistration = async (
  expected: Expected,
  answer: RegistrationAnswer,
  now: Instant,
): Promise<Passkey | undefined> => {
  const { verifyRegistrationResponse } = await library();
  const verified = await proven(
    verifyRegistrationResponse({
      response: { ...answer, clientExtensionResults: {} },
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.origin,
      expectedRPID: new URL(expected.origin).hostname,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    }),
  );
  if (!verified?.verified) return undefined;
  const { id, publicKey, counter } = verified.registrationInfo.credential;
  return {
    credential: credentialDigest(id),
    credentialId: id,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    transports: answer.response.transports,
    createdAt: now,
  };
};

/** The counter that the authenticator reports, or undefined when the answer does not prove the passkey. */
export const verifyAuthentication = async (
  expected: Expected,
  answer: AuthenticationAnswer,
  passkey: Passkey,
): Promise<number | undefined> => {
  const { verifyAuthenticationResponse } = await library();
  const verified = await proven(
    verifyAuthenticationResponse({
      response: { ...answer, clientExtensionResults: {} },
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.origin,
      expectedRPID: new URL(expected.origin).hostname,
      requireUserVerification: true,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.counter,
      },
    }),
  );
  return verified?.verified ? verified.authenticationInfo.newCounter : undefined;
};

export const credentialDigest = (credentialId: string): Sha256 => sha256Of(credentialId);

/** The library throws for every answer that proves nothing; to us that is one and the same refusal. */
const proven = async <T>(verification: Promise<T>): Promise<T | undefined> => {
  try {
    return await verification;
  } catch {
    return undefined;
  }
};

const bytesOf = (challenge: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(challenge, 'base64url'));
