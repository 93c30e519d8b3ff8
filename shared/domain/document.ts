import * as z from 'zod';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { Sha256 } from '#shared/domain/ids.ts';

/** What a person typed, kept as numbered versions in the persons table under the record that it belongs to. */
export const DocumentRef = z.object({
  /** `application#ID`, `equality#ID` of an application, `round#ID` or `person#ID`. */
  owner: z.string(),
  kind: z.enum([
    'form',
    'equality',
    'profile',
    'reason',
    'card',
    'comment',
    'feedback',
    'place',
    'claim',
    'inquiry',
    'reference',
    'redacted',
    'guest',
    'wishes',
    'note',
    'packet',
    'formula',
  ]),
  version: z.int().min(1),
  /** SHA-256 over the salt and the canonical JSON: proves the text while it exists, says nothing once it is erased. */
  digest: Sha256,
});
export type DocumentRef = z.infer<typeof DocumentRef>;

/** A new version of a typed document, written in the transaction of the event that names it. */
export type DocumentWrite = { ref: DocumentRef; salt: string; body: unknown };

/** @param salt at least 128 bits of chance, kept beside the body and erased with it */
export const writeDocument = (
  place: Pick<DocumentRef, 'owner' | 'kind' | 'version'>,
  body: unknown,
  salt: string,
): DocumentWrite => ({ ref: { ...place, digest: sha256Of(salt + canonicalJson(body)) }, salt, body });
