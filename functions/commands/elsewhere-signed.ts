import { type SignedKind, signatureOf, signedText } from '#shared/bundle/signature.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { Signer } from '#shared/ports/signer.ts';

/** A statement with the region's signature, as the canonical text of its file. */
export const signedFile = async (signer: Signer, statement: object, kind: SignedKind): Promise<string> => {
  const text = signedText(sha256Of(canonicalJson(statement)), kind);
  const [publicKey, der] = await Promise.all([signer.publicKey(), signer.sign(text)]);
  return canonicalJson({ signature: signatureOf(publicKey, der), statement });
};
