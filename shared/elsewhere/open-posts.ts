import * as z from 'zod';
import { Signature } from '#shared/bundle/format.ts';
import { readCanonical } from '#shared/bundle/reading.ts';
import { fingerprintOf, isSigned } from '#shared/bundle/signature.ts';
import { Comparison } from '#shared/domain/elsewhere-rule.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { RoundId, type Sha256 } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';
import { Vacancy } from '#shared/domain/vacancy.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Posts that a region lists at most; a file with as many is some 800 KB. */
export const mostListed = 2000;

/**
 * Posts of a round that stay empty, as its region tells the other ones: nothing of a person. The format has a number and never changes; a later one
 * stands beside it.
 */
export const OpenPosts = z.strictObject({
  kind: z.literal('open-posts'),
  format: z.literal(1),
  region: RegionCode,
  roundId: RoundId,
  intake: z.string().min(1).max(100),
  /** Of the region: moments of this file are told as clocks there show them. */
  zone: z.string().min(1).max(60),
  madeAt: Instant,
  /** People of other regions may agree, choose and take it back until then, */
  choosingUntil: Instant,
  /** their regions may hand over who chose until then, */
  handingUntil: Instant,
  /** and what was handed over is erased then. */
  keptUntil: Instant,
  compare: Comparison,
  /** X25519 public key, in hexadecimal, made for this list alone: what is handed over is sealed for it. */
  sealTo: z.string().regex(/^[0-9a-f]{64}$/),
  /** `posts` counts the empty seats. */
  posts: z.array(Vacancy).min(1).max(mostListed),
});
export type OpenPosts = z.infer<typeof OpenPosts>;

/** The file: canonical JSON, so that no byte of it can change unseen. */
export const OpenPostsFile = z.strictObject({ signature: Signature, statement: OpenPosts });
export type OpenPostsFile = z.infer<typeof OpenPostsFile>;

export type ReadOpenPosts = {
  list: OpenPosts;
  /** Fingerprint of the key that signed it. Whose key that is, the file cannot say. */
  key: Sha256;
  /** Of the statement: two signatures over the same posts are the same list. */
  sha256: Sha256;
};

/** Reads a list from the text of its file. Refused with a fault where it is none, or where its signature does not hold. */
export const readOpenPosts = async (text: string): Promise<Result<ReadOpenPosts, Fault[]>> => {
  const file = readCanonical(text, OpenPostsFile);
  if (!file) return refuse([{ place: 'file', message: 'elsewhere.fault.file' }]);
  const { statement: list, signature } = file;
  const sha256 = sha256Of(canonicalJson(list));
  if (!(await isSigned(sha256, signature, 'open-posts')))
    return refuse([{ place: 'file', message: 'elsewhere.fault.signature' }]);
  return ok({ list, key: fingerprintOf(signature.publicKey), sha256 });
};
