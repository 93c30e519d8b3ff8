import { type KeyObject, sign } from 'node:crypto';
import type { Signer } from '#shared/ports/signer.ts';

/** A key of a test as commands sign with it. */
export const signerOf = ({
  publicKey,
  privateKey,
}: {
  publicKey: KeyObject;
  privateKey: KeyObject;
}): Signer => ({
  publicKey: async () => publicKey.export({ type: 'spki', format: 'der' }),
  sign: async (text) => sign('sha256', Buffer.from(text), privateKey),
});
