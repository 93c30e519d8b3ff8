import { x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256Of } from '#shared/domain/hash.ts';
import type { Sealed } from '#shared/elsewhere/packet.ts';

/*
 * What only one region can read: X25519 with a key that was made for this once, HKDF with SHA-256, AES-256-GCM. No key of it serves
 * twice, so the nonce is nought.
 */

/** The private key that follows from a secret of chance. */
export const privateKeyFrom = (secret: string): Uint8Array =>
  hexToBytes(sha256Of(`elsewhere key\n${secret}`));

/** X25519, in hexadecimal. */
export const publicKeyOf = (privateKey: Uint8Array): string => bytesToHex(x25519.getPublicKey(privateKey));

/**
 * @param to public key of who may open it
 * @param once private key of chance, used for nothing else
 * @param about what it is for, so that it opens nowhere else
 */
export const seal = async (
  text: string,
  { to, once, about }: { to: string; once: Uint8Array; about: string },
): Promise<Sealed> => {
  const key = publicKeyOf(once);
  const shared = x25519.getSharedSecret(once, hexToBytes(to));
  const cipher = await cipherOf(shared, { key, to, about }, 'encrypt');
  const sealed = await crypto.subtle.encrypt(algorithm, cipher, new TextEncoder().encode(text));
  return { key, text: bytesToHex(new Uint8Array(sealed)) };
};

/** The text; undefined where it was sealed for another key or another purpose, or was changed since. */
export const unseal = async (
  sealed: Sealed,
  { privateKey, about }: { privateKey: Uint8Array; about: string },
): Promise<string | undefined> => {
  try {
    const to = publicKeyOf(privateKey);
    const shared = x25519.getSharedSecret(privateKey, hexToBytes(sealed.key));
    const cipher = await cipherOf(shared, { key: sealed.key, to, about }, 'decrypt');
    const text = await crypto.subtle.decrypt(algorithm, cipher, new Uint8Array(hexToBytes(sealed.text)));
    return new TextDecoder().decode(text);
  } catch {
    return undefined;
  }
};

const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12) };

const cipherOf = (
  shared: Uint8Array,
  { key, to, about }: { key: string; to: string; about: string },
  use: 'encrypt' | 'decrypt',
) => {
  const info = utf8ToBytes(`irikteu sealed 1\n${key}\n${to}\n${about}`);
  const bytes = new Uint8Array(hkdf(sha256, shared, undefined, info, 32));
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, [use]);
};
