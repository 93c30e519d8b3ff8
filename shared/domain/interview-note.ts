import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** One member's notes of an interview, or of one station where it has several. */
export const InterviewNote = z.object({
  raterId: PersonId,
  /** Absent for an interview in one piece, and in notes of before 28 November 2026, which are of the whole interview. */
  station: z.string().optional(),
  text: DocumentRef,
  at: Instant,
});
export type InterviewNote = z.infer<typeof InterviewNote>;
