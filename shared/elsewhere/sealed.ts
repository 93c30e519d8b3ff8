import { x25519 } from '@noble/curves/ed25519.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { sha256Of } from '#shared/domain/hash.ts';

/** The private key that follows from a secret of chance. */
export const privateKeyFrom = (secret: string): Uint8Array =>
  hexToBytes(sha256Of(`elsewhere key\n${secret}`));

/** X25519, in hexadecimal. */
export const publicKeyOf = (privateKey: Uint8Array): string => bytesToHex(x25519.getPublicKey(privateKey));
