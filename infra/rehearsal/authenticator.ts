import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import * as z from 'zod';

/**
 * A passkey in software, for the demo and the journeys: it takes part in the real ceremonies over HTTP, so no route
 * needs a way round them. Keys live in memory and end with the process.
 */
export type Authenticator = {
  /** @param options as the server gives them (PublicKeyCredentialCreationOptionsJSON) */
  register: (options: unknown) => Answer;
  /** @param options as the server gives them (PublicKeyCredentialRequestOptionsJSON) */
  authenticate: (options: unknown) => Answer;
};

/** What a browser would post: RegistrationResponseJSON or AuthenticationResponseJSON. */
type Answer = {
  id: string;
  rawId: string;
  type: 'public-key';
  clientExtensionResults: Record<string, never>;
  response: Record<string, string | string[]>;
};

const CreationOptions = z.object({ challenge: z.string(), rp: z.object({ id: z.string() }) });
const RequestOptions = z.object({
  challenge: z.string(),
  rpId: z.string(),
  allowCredentials: z.array(z.object({ id: z.string() })).default([]),
});

type Credential = { id: Buffer; privateKey: KeyObject; publicKey: KeyObject; rpId: string; uses: number };

/** @param origin the address that a browser would be at, such as `http://localhost:3000` */
export const createAuthenticator = (origin: string): Authenticator => {
  const credentials: Credential[] = [];
  const clientData = (type: string, challenge: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  return {
    register: (given) => {
      const options = CreationOptions.parse(given);
      const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const credential = { ...keys, id: randomBytes(32), rpId: options.rp.id, uses: 0 };
      credentials.push(credential);
      const attestation = cbor(
        new Map<string, Cbor>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', authenticatorData(credential, attestedCredential(credential))],
        ]),
      );
      return answer(credential, {
        clientDataJSON: clientData('webauthn.create', options.challenge).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      });
    },
    authenticate: (given) => {
      const options = RequestOptions.parse(given);
      const allowed = new Set(options.allowCredentials.map(({ id }) => id));
      const credential = credentials.find(
        ({ id, rpId }) => rpId === options.rpId && allowed.has(id.toString('base64url')),
      );
      if (!credential) throw new Error('This authenticator has no passkey that the server would accept.');
      credential.uses += 1;
      const client = clientData('webauthn.get', options.challenge);
      const data = authenticatorData(credential);
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), credential.privateKey);
      return answer(credential, {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
      });
    },
  };
};

const answer = ({ id }: Credential, response: Answer['response']): Answer => ({
  id: id.toString('base64url'),
  rawId: id.toString('base64url'),
  type: 'public-key',
  clientExtensionResults: {},
  response,
});

/** User present and user verified (WebAuthn 6.1); 0x40 says that a credential follows. */
const flags = { present: 0x01, verified: 0x04, attested: 0x40 };

const authenticatorData = ({ rpId, uses }: Credential, attested: Buffer = Buffer.alloc(0)): Buffer => {
  const head = Buffer.alloc(5);
  head.writeUInt8(flags.present | flags.verified | (attested.length > 0 ? flags.attested : 0));
  head.writeUInt32BE(uses, 1);
  return Buffer.concat([sha256(rpId), head, attested]);
};

/** AAGUID of zeros, length and bytes of the credential id, public key in COSE (RFC 9053, 7.1.1: EC2, ES256, P-256). */
const attestedCredential = ({ id, publicKey }: Credential): Buffer => {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const length = Buffer.alloc(2);
  length.writeUInt16BE(id.length);
  const key = new Map<number, Cbor>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, 'base64url')],
    [-3, Buffer.from(y, 'base64url')],
  ]);
  return Buffer.concat([Buffer.alloc(16), length, id, cbor(key)]);
};

const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest();

type Cbor = number | string | Buffer | Map<string | number, Cbor>;

/** The little of CBOR (RFC 8949) that a passkey says: integers, texts, bytes and maps in the given order. */
const cbor = (value: Cbor): Buffer => {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const entries = [...value].flatMap(([name, item]) => [cbor(name), cbor(item)]);
  return Buffer.concat([head(5, value.size), ...entries]);
};

const head = (major: number, count: number): Buffer => {
  const first = major << 5;
  if (count < 24) return Buffer.from([first | count]);
  if (count < 256) return Buffer.from([first | 24, count]);
  return Buffer.from([first | 25, count >> 8, count & 0xff]);
};
