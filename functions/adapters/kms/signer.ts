import { lazily } from '#functions/adapters/lazily.ts';
import type { Signer } from '#shared/ports/signer.ts';

/** A key of KMS by its alias. The client is loaded with the first signature. */
export const kmsSigner = (alias: () => string): Signer => {
  const kms = lazily(async () => {
    const sdk = await import('@aws-sdk/client-kms');
    return { sdk, client: new sdk.KMSClient({}), KeyId: alias() };
  });
  return {
    publicKey: async () => {
      const { sdk, client, KeyId } = await kms();
      const { PublicKey } = await client.send(new sdk.GetPublicKeyCommand({ KeyId }));
      return present(PublicKey);
    },
    sign: async (text) => {
      const { sdk, client, KeyId } = await kms();
      const { Signature } = await client.send(
        new sdk.SignCommand({
          KeyId,
          Message: new TextEncoder().encode(text),
          MessageType: 'RAW',
          SigningAlgorithm: 'ECDSA_SHA_256',
        }),
      );
      return present(Signature);
    },
  };
};

const present = (bytes: Uint8Array | undefined): Uint8Array => {
  if (!bytes) throw new Error('The key service answered nothing.');
  return bytes;
};
