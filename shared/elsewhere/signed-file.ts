import type * as z from 'zod';
import type { Signature } from '#shared/bundle/format.ts';
import { readCanonical } from '#shared/bundle/reading.ts';
import { fingerprintOf, isSigned, type SignedKind } from '#shared/bundle/signature.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

export type ReadFile<Statement> = {
  statement: Statement;
  /** Fingerprint of the key that signed it. Whose key that is, the file cannot say. */
  key: Sha256;
  /** Of the statement: two signatures over the same are the same. */
  sha256: Sha256;
};

/** Reads what one region signed for others from the text of its file. Refused with a fault where it is none, or where its signature does not hold. */
export const readSignedFile = async <Statement>(
  text: string,
  schema: z.ZodType<{ signature: Signature; statement: Statement }>,
  { kind, fault }: { kind: SignedKind; fault: Fault },
): Promise<Result<ReadFile<Statement>, Fault[]>> => {
  const file = readCanonical(text, schema);
  if (!file) return refuse([fault]);
  const { statement, signature } = file;
  const sha256 = sha256Of(canonicalJson(statement));
  if (!(await isSigned(sha256, signature, kind)))
    return refuse([{ place: fault.place, message: 'elsewhere.fault.signature' }]);
  return ok({ statement, key: fingerprintOf(signature.publicKey), sha256 });
};
