import * as z from 'zod';
import { FurtherRule } from '#shared/domain/further-rule.ts';
import { provenance } from '#shared/domain/provenance.ts';
import { SeverityRule } from '#shared/domain/severity-rule.ts';

/** How many raters an application has, when one more is asked, and what raters are told. */
export const RaterRule = z.strictObject({
  perApplication: z.int().min(1).max(9),
  /** Scores further apart than this, in percent of the scale, go to one more rater. */
  adjustmentGate: z.strictObject({ apartPercent: z.int().min(1).max(100), ...provenance }),
  /** What raters are told of their own scores while they score; absent where nothing is. */
  feedback: z
    .strictObject({
      /** From so many own scores on. */
      atLeast: z.int().min(5).max(100),
      /** How far severities spread, without whose they are; or nothing. */
      toSecretary: z.enum(['spread', 'nothing']),
      ...provenance,
    })
    .optional(),
  /** One more rating for exactly the tie group at the line of the shortlist; absent where nobody is asked for more. */
  further: FurtherRule.optional(),
  /** Whether scores are adjusted for how severe raters are; absent where they count as they were given. */
  severityAdjustment: SeverityRule.optional(),
  ...provenance,
});
