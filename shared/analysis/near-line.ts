import { normalReach } from '#shared/analysis/normal.ts';
import { rankIntervals, tieGroup } from '#shared/analysis/ranking.ts';

/** Scores with their errors as they are compared, in any unit, and how many ratings each one has had beyond the first ones. */
export type Contenders = {
  scores: Float64Array;
  errors: Float64Array;
  /** Further ratings that were asked for already. */
  further: Int32Array;
};

export type NearLineRule = {
  /** So many go on. */
  places: number;
  /** Percent that an interval holds: two are told apart where theirs do not touch. */
  level: number;
  /** Further ratings of one application at most. */
  atMost: number;
  /** A group of so many or fewer is left to the tie rule; none by default. */
  leave?: number | undefined;
};

export type NearLine = {
  /** Whom chance may have put on either side of the line, as places in the table. */
  group: number[];
  /** Of those: who gets one more rating. */
  ask: number[];
  /** Why nobody is asked: nobody is near the line, or as few as are left to the tie rule, or everybody there has had all that the rule allows. */
  stop?: 'settled' | 'spent';
};

/**
 * Who gets one more independent rating (ANCHORS B8): exactly the tie group at the line, and none of it who has had as many as the rule
 * allows. Asked again each time the ratings came in, it stops by itself. Whoever is still in the group then is a matter for the tie rule and the
 * committee, not for more ratings.
 */
export const nearLine = (
  { scores, errors, further }: Contenders,
  { places, level, atMost, leave = 0 }: NearLineRule,
): NearLine => {
  if (places < 1 || places >= scores.length) return { group: [], ask: [], stop: 'settled' };
  const group = tieGroup(rankIntervals(scores, errors, normalReach(level / 100)), places);
  if (group.length <= leave) return { group, ask: [], stop: 'settled' };
  const ask = group.filter((item) => (further[item] ?? 0) < atMost);
  return ask.length > 0 ? { group, ask } : { group, ask, stop: 'spent' };
};
