import * as z from 'zod';
import { provenance } from '#shared/domain/provenance.ts';

/** One more independent rating for whom chance may have put on either side of the shortlist's last place (ANCHORS B8). */
export const FurtherRule = z.strictObject({
  /** Further ratings of one application at most, and of the whole round. */
  atMost: z.int().min(1).max(6),
  budget: z.int().min(1).max(20_000),
  /** Two are told apart where their intervals of so many percent do not touch. */
  level: z.int().min(20).max(95),
  /** A group of so many or fewer is left to the tie rule; 0 where it is not said. */
  leave: z.int().min(2).max(100).optional(),
  ...provenance,
});
export type FurtherRule = z.infer<typeof FurtherRule>;

/** Where two intervals of so many percent do not touch, chance alone makes such a difference about once in twenty (Goldstein and Healy 1995). */
const levelShown = 84;

/** Percent that intervals near the line hold: as the round file says, else by `levelShown`. */
export const lineLevel = (further: Pick<FurtherRule, 'level'> | undefined): number =>
  further?.level ?? levelShown;

/** Whether the shortlist has a last place that somebody may stand near, or the round file asks for more ratings there. */
export const hasLine = ({ raters, shortlist }: LineRules): boolean =>
  raters.further !== undefined || shortlist.atMost !== undefined;

type LineRules = {
  raters: { further?: FurtherRule | undefined };
  shortlist: { atMost?: number | undefined };
};
