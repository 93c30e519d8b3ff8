import * as z from 'zod';
import { FurtherRule } from '#shared/domain/further-rule.ts';
import { provenance } from '#shared/domain/provenance.ts';
import { SeverityRule } from '#shared/domain/severity-rule.ts';

/** Applications of one member of the committee: at least so many (none, where it is not said) where there are enough, and never more. */
const LoadRule = z.strictObject({
  atLeast: z.int().min(1).max(20_000).optional(),
  atMost: z.int().min(1).max(20_000),
  ...provenance,
});

/** What raters must be able to score, as far as they said it of themselves. */
const MatchRule = z.strictObject({
  /** All raters of an application read the language of the post that it names first. */
  language: z.literal(true).optional(),
  /** At least one of them knows its subject. */
  subject: z.literal(true).optional(),
  ...provenance,
});

/** How many of all ratings, in percent, come at least from raters of other regions, who make this committee comparable with others. */
const LinkRule = z.strictObject({ atLeastPercent: z.int().min(1).max(50), ...provenance });

/** So many applications are scored by everybody of the committee who may: beside them it shows how severe each rater is (ANCHORS 5.3). */
const AnchorRule = z.strictObject({ applications: z.int().min(1).max(50), ...provenance });

/** When raters are first drawn, nobody comes to a given application with a greater probability, so that nobody can count on reading it (ANCHORS 5.5). */
const ChanceRule = z.strictObject({ atMostPercent: z.int().min(2).max(99), ...provenance });

/** Who is given what to score, beside equal loads; each is absent where the round does not ask for it. */
const assignmentRule = {
  load: LoadRule.optional(),
  match: MatchRule.optional(),
  links: LinkRule.optional(),
  anchors: AnchorRule.optional(),
  chance: ChanceRule.optional(),
};
const AssignmentRule = z.object(assignmentRule);
export type AssignmentRule = z.infer<typeof AssignmentRule>;

/** How many raters an application has, who they are, when one more is asked, and what raters are told. */
export const RaterRule = z.strictObject({
  perApplication: z.int().min(1).max(9),
  ...assignmentRule,
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
