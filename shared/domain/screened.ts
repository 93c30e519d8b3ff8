import * as z from 'zod';
import { ApplicationNumber, DocumentId } from '#shared/domain/ids.ts';
import { Promised } from '#shared/domain/promised-first.ts';
import { Instant } from '#shared/domain/time.ts';

/** How one eligibility rule of the round file came out. */
export const RuleResult = z.object({ code: z.string(), met: z.enum(['met', 'not-met', 'unknown']) });
export type RuleResult = z.infer<typeof RuleResult>;

/** What the program found. `admitted` is a proposal; `unclear` waits for a person, whatever the reason (DESIGN 2). */
export const Screened = z.object({
  rules: z.array(RuleResult),
  /** Requirements of the round file whose document is missing. */
  missing: z.array(z.string()),
  /** Other applications of the round that name the same IIN. */
  sameIin: z.array(ApplicationNumber),
  /** An earlier intake promised the entry; of that nothing but its label, since whoever judges knows nobody. */
  promised: Promised.optional(),
  /**
   * Files of required documents that wait for the scanner; until each document has one that it lets through, the proposal does not count. Absent once
   * none waits any more, and from records before 28 November 2026, which did not note it (`asScanned`).
   */
  waiting: z.array(z.object({ requirement: z.string(), document: DocumentId })).optional(),
  proposal: z.enum(['admitted', 'unclear']),
});
export type Screened = z.infer<typeof Screened>;

const look = { at: Instant, document: DocumentId, says: z.enum(['clean', 'infected', 'unreadable']) };

/** The scanner looked at a file that screening waited for. */
export const ScreenedFileSettled = z.object({ type: z.literal('screened-file-settled'), ...look });

/** What the scanner said of a file after somebody had judged without being able to open it. */
export const LaterLook = z.object(look);

/** The judgement stays to be read and counts no more: somebody judges again. */
export const JudgementOutdated = z.object({ type: z.literal('judgement-outdated'), ...look });
