import * as z from 'zod';
import type { Check } from '#shared/analysis/gate.ts';
import { provenance } from '#shared/domain/provenance.ts';

/**
 * Totals and ranks of the shortlist go by scores from which each rater's severity is taken away, where the diagnostics allow it; else by
 * the scores as they were given. Absent: always by those.
 */
export const SeverityRule = z.strictObject({
  /** The additive model of applications and raters, raters shrunken (`shared/analysis/adjust.ts`). */
  method: z.literal('row-column'),
  ...provenance,
});

/** What severity adjustment came to when a proposal was drawn up: it is part of what the committee decides on. */
export const SeverityAdjustment = z.object({
  /** Which scores made totals and ranks. */
  counts: z.enum(['adjusted', 'raw']),
  /** The diagnostics: adjusted scores count where all have passed. */
  checks: z.array(
    z.object({
      /** `ratings` stands in lists of before `few` was checked, and could not fail. */
      check: z.enum(['connected', 'few', 'reliability', 'residuals', 'ratings'] satisfies (
        | Check['check']
        | 'ratings'
      )[]),
      passed: z.boolean(),
      /** What was found, and the bound that it was held against. */
      found: z.number(),
      /** It is a reliability that the ratings do not tell; lists of before 28 November 2026 say only 0. */
      unknown: z.literal(true).optional(),
      /** Of a reliability: 95 %, where the ratings tell it; lists of before 29 November 2026 lack it. */
      interval: z.tuple([z.number(), z.number()]).readonly().optional(),
      bound: z.number(),
    }),
  ),
});
export type SeverityAdjustment = z.infer<typeof SeverityAdjustment>;

/** The mean of an application's scores by raters, both ways, in percent of the scale with four decimals. */
export const RatedScores = z.object({
  raw: z.number(),
  /** Each score less its rater's severity; it may lie below 0 and above 100. */
  adjusted: z.number(),
  /** The standard error of the adjusted one. */
  error: z.number(),
});
export type RatedScores = z.infer<typeof RatedScores>;
