import type { Signature } from '#shared/bundle/format.ts';
import { sha256OfBytes } from '#shared/domain/hash.ts';
import type { Sha256 } from '#shared/domain/ids.ts';

/** Files that a region signs; a signature under one kind holds for no other. */
export type SignedKind =
  | 'results'
  | 'open-posts'
  | 'packet'
  | 'packet-outcome'
  | 'packet-answers'
  | 'chain-anchor';

/** What is signed: short enough for a key service, and like nothing else that the same key could be asked to sign. */
export const signedText = (statement: Sha256, kind: SignedKind = 'results'): string =>
  `irikteu ${kind} 1\n${statement}`;

/** The fingerprint of a public key, as pages show it. @param publicKey SubjectPublicKeyInfo in hexadecimal */
export const fingerprintOf = (publicKey: string): Sha256 => sha256OfBytes(bytesOf(publicKey));

/** The signature as the bundle holds it, from what a key service answers. @param der ECDSA-Sig-Value (RFC 3279) */
export const signatureOf = (publicKey: Uint8Array, der: Uint8Array): Signature => ({
  algorithm: 'ecdsa-p256-sha256',
  publicKey: hexOf(publicKey),
  value: hexOf(plainSignature(der)),
});

/**
 * SubjectPublicKeyInfo of an uncompressed point of P-256 (RFC 5480). WebCrypto also takes other bytes for the same point, with another fingerprint
 * each.
 */
const oneKey = /^3059301306072a8648ce3d020106082a8648ce3d03010703420004[0-9a-f]{128}$/u;

/** Whether the key signed the statement of this hash. By WebCrypto, which browsers and Node have alike; a key that is none is a no. */
export const isSigned = async (
  statement: Sha256,
  { publicKey, value }: Signature,
  kind: SignedKind = 'results',
): Promise<boolean> => {
  if (!oneKey.test(publicKey)) return false;
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  try {
    const key = await crypto.subtle.importKey('spki', bytesOf(publicKey), algorithm, false, ['verify']);
    return await crypto.subtle.verify(
      algorithm,
      key,
      bytesOf(value),
      new TextEncoder().encode(signedText(statement, kind)),
    );
  } catch {
    return false;
  }
};

/** SEQUENCE { INTEGER r, INTEGER s } to r and s of 32 bytes each. @throws RangeError when it is not that */
const plainSignature = (der: Uint8Array): Uint8Array => {
  const plain = new Uint8Array(64);
  let from = 2;
  for (const half of [0, 32]) {
    const length = der[from + 1] ?? 0;
    const number = der.subarray(from + 2, from + 2 + length);
    const digits = number.subarray(Math.max(0, number.length - 32));
    if (der[0] !== 0x30 || der[from] !== 0x02 || length === 0 || number.length !== length || length > 33) {
      throw new RangeError('This is no ECDSA signature of P-256.');
    }
    plain.set(digits, half + 32 - digits.length);
    from += 2 + length;
  }
  return plain;
};

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  return bytes;
};
