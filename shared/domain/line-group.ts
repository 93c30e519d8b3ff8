import * as z from 'zod';
import { ApplicationId } from '#shared/domain/ids.ts';

/** Whom the ratings cannot tell apart from the line of the shortlist (ANCHORS 5.3): part of what the committee decides on. */
export const LineGroup = z.object({
  /** The line lies behind so many. */
  places: z.int(),
  /** Percent that an interval holds: two are told apart where theirs do not touch. */
  level: z.number(),
  /** Best first. */
  near: z.array(ApplicationId),
  /** Too few applications were rated twice to say how far chance goes: that none is near does not mean that the line is clear. */
  unknown: z.literal(true).optional(),
});
export type LineGroup = z.infer<typeof LineGroup>;
