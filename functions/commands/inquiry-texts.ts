import * as z from 'zod';
import { type DocumentRef, type DocumentWrite, writeDocument } from '#shared/domain/document.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import type { Chance } from '#shared/ports/world.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Characters of a question and of an answer: two pages. */
export const maxInquiry = 4000;

/** Trimmed; `invalid` at `place` where it is longer than two pages. */
export const inquiryText = (place: string, typed: string): Result<string, Refusal> => {
  const text = typed.trim();
  if (text.length <= maxInquiry) return ok(text);
  const fault = { place, message: 'inquiry.fault.long', facts: { maximum: maxInquiry } };
  return refuse({ kind: 'invalid', faults: [fault] });
};

/**
 * A question or an answer as a document of the application.
 * @param version of the candidacy that it was decided on: no two texts of an application are written on the same one
 */
export const inquiryDocument = (
  { chance }: { chance: Chance },
  { applicationId, version }: { applicationId: string; version: number },
  text: string,
): DocumentWrite => {
  const place = { owner: `application#${applicationId}`, kind: 'inquiry', version: version + 1 } as const;
  return writeDocument(place, { text }, chance.token(16));
};

const Text = z.object({ text: z.string() });

/** What was typed; empty where nothing was, and once it is erased. */
export const inquiryTextOf = async (
  records: Pick<Records, 'document'>,
  ref: DocumentRef | undefined,
): Promise<string> => (ref ? (Text.safeParse(await records.document(ref)).data?.text ?? '') : '');
