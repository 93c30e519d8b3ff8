import type { Context } from 'hono';
import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import type { RaterOverview } from '#functions/commands/rater-overview.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import { translatorFor } from '#functions/http/refusal-text.ts';
import { bindingLine, bindingTexts, chanceTexts } from '#shared/binding-texts.ts';
import { PersonId, Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** Regions by their codes; what is not known yet is absent. */
const RegionGauge = z.object({
  standing: z.enum(['comparable', 'not-yet', 'cannot']),
  /** Why not yet: of some region too few raters are known, or too little is known of them. */
  wants: z.enum(['raters', 'scores']).optional(),
  /** Whether raters differ measurably at all. */
  differ: z.boolean().optional(),
  /** Whether the round file asks for adjusting: else a difference stays in the scores as it is. */
  adjusts: z.boolean(),
  /** Groups of raters that no common application links. */
  groups: z.int(),
  regions: z.array(z.object({ region: z.string(), raters: z.int(), ratings: z.int() })),
  /** Of a difference between two regions' severities the share that adjusting would leave in the scores, and the standard error of the difference, in points. */
  between: z.array(
    z.object({
      regions: z.tuple([z.string(), z.string()]),
      left: z.number().optional(),
      error: z.number().optional(),
    }),
  ),
  links: z.object({ given: z.int(), planned: z.int() }),
  anchors: z.object({ scored: z.int(), of: z.int() }).optional(),
});

/** How the raters of a round stand. */
export const AssignmentAnswer = z.object({
  /** Applications that one member may be given by the round file. */
  load: z.object({ atLeast: z.int().optional(), atMost: z.int() }).optional(),
  /** Ratings by raters of other regions, of all, and how many the round file wants, or are sought because guests score. */
  links: z.object({ ratings: z.int(), all: z.int(), wanted: z.int().optional() }),
  /** How many applications everybody scores. */
  anchors: z.int().optional(),
  /** The greatest probability with which a rater came to an application when all were drawn, and where it could not be kept, in the language of the request. */
  chance: z.object({ atMostPercent: z.int(), above: z.array(z.string()) }).optional(),
  /** Whether the scores that are in connect this region with others; absent while there are none. */
  comparable: RegionGauge.optional(),
  /** Who has not said what they can score, and is given nothing. */
  untold: z.array(PersonId),
  /** For the secretary: what cannot be kept now, in the language of the request. */
  binding: z.array(z.string()),
  drawn: z.object({ at: Instant, seed: Sha256, drawing: Sha256 }).optional(),
});

export const assignmentAnswer = async (
  deps: ApiDeps,
  c: Context,
  overview: RaterOverview,
): Promise<z.input<typeof AssignmentAnswer>> => {
  const t = translatorFor(c);
  const { rule, links, anchors, chance, gauge, untold, binding, drawn, raters, numbers } = overview;
  const { load } = rule;
  const words = new Map<string, string>([...(await namesOf(deps, raters)), ...numbers]);
  return {
    load: load && { atLeast: load.atLeast, atMost: load.atMost },
    links,
    anchors,
    chance: chance && {
      atMostPercent: chance.atMostPercent,
      above: chanceTexts(t, chance, words).map(bindingLine),
    },
    comparable: gauge && {
      standing: gauge.standing,
      wants: gauge.wants,
      differ: gauge.differ,
      adjusts: gauge.adjusts,
      groups: gauge.groups,
      regions: gauge.panels.map(({ panel, ...counts }) => ({ region: panel, ...counts })),
      between: gauge.between.map(({ panels: [one, other], left, error }) => ({
        regions: [one, other],
        left,
        error,
      })),
      links: gauge.links,
      anchors: gauge.anchors,
    },
    untold: [...untold],
    binding: bindingTexts(t, binding, words).map(bindingLine),
    drawn,
  };
};
