import * as z from 'zod';
import { provenance, RuleCode } from '#shared/domain/provenance.ts';
import { Texts } from '#shared/domain/texts.ts';

const minutes = z.int().min(1).max(720);

/**
 * Where panels sit, and how long the way from one site to another takes. Whoever is at two of them needs that time in between: a member of
 * two panels, and an applicant between two stations.
 */
export const TravelRule = z.strictObject({
  sites: z
    .array(z.strictObject({ code: RuleCode, title: Texts }))
    .min(2)
    .max(30),
  /** Between any two of them for which nothing else is said. */
  minutes,
  /** Between these two, there and back. */
  between: z
    .array(z.strictObject({ sites: z.array(RuleCode).length(2), minutes }))
    .max(435)
    .optional(),
  ...provenance,
});
export type TravelRule = z.infer<typeof TravelRule>;

/** Where somebody is: a site of the round file; undefined for a video call, and where the round names no sites. */
export type Site = string | undefined;

/** How long the way takes; none within a site, and to or from a video call. */
export const minutesBetween = (rule: TravelRule | undefined, from: Site, to: Site): number => {
  if (!rule || from === undefined || to === undefined || from === to) return 0;
  const said = rule.between?.find(({ sites }) => sites.includes(from) && sites.includes(to));
  return said?.minutes ?? rule.minutes;
};
