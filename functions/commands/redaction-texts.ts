import * as z from 'zod';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { RedactionPlace } from '#functions/commands/redaction-place.ts';
import { type DocumentRef, type DocumentWrite, writeDocument } from '#shared/domain/document.ts';
import type { Records } from '#shared/ports/records.ts';

/** Copies lie apart from what they are copies of: whoever reads by this owner finds no original. */
export const redactionOwner = (applicationId: string): string => `redaction#${applicationId}`;

/** No two copies of an application are written on the same version of its record. */
export const redactedDocument = (
  { chance }: Pick<CommandDeps, 'chance'>,
  { candidacy, redaction }: Pick<RedactionPlace, 'candidacy' | 'redaction'>,
  text: string,
): DocumentWrite => {
  const version = (redaction?.version ?? 0) + 1;
  const place = { owner: redactionOwner(candidacy.applicationId), kind: 'redacted', version } as const;
  return writeDocument(place, { text }, chance.token(16));
};

const Text = z.object({ text: z.string() });

/** The text of a copy; undefined once it is erased. */
export const copyText = async (
  records: Pick<Records, 'document'>,
  ref: DocumentRef,
): Promise<string | undefined> => Text.safeParse(await records.document(ref)).data?.text;
