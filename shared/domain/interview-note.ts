import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** One member's notes of an interview. */
export const InterviewNote = z.object({ raterId: PersonId, text: DocumentRef, at: Instant });
export type InterviewNote = z.infer<typeof InterviewNote>;
