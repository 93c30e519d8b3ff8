import * as z from 'zod';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { StandingList } from '#shared/domain/standing.ts';

/** What a pass mark would do to a list, everything else left as it is. */
export const Threshold = z.object({
  /** Percent of the scale: a whole number, or the round file's own. */
  passMark: z.number(),
  /** Whether it is the one that the round file has. */
  own: z.boolean(),
  /** How many have a total that reaches it. */
  reach: z.int(),
  /** How many of these would go on: no more than the round file's limit. */
  goOn: z.int(),
  /** So many more than go on in the list; fewer where it is below 0. */
  more: z.int(),
});
export type Threshold = z.infer<typeof Threshold>;

type Line = { passMark: number; atMost: number | undefined };

/** The pass mark of a stage, in percent of the scale, and how many may go on at most; undefined where points do not decide. */
export const lineOf = (
  stage: StandingList['stage'],
  { shortlist, results }: Pick<RoundFile, 'shortlist' | 'results'>,
): Line | undefined => {
  if (stage === 'scoring') return { passMark: shortlist.minimumPoints, atMost: shortlist.atMost };
  if (stage === 'interviews' || stage === 'claims')
    return { passMark: results.minimumPoints, atMost: undefined };
  return undefined;
};

/**
 * What each whole pass mark from the lowest total to the one above the highest would do, and the round file's own, in ascending order; none where
 * points do not decide or nobody has any. Only who has a total is counted.
 */
export const thresholdsOf = (
  { stage, standings }: Pick<StandingList, 'stage' | 'standings'>,
  file: Pick<RoundFile, 'shortlist' | 'results'>,
): Threshold[] => {
  const line = lineOf(stage, file);
  const totals = standings.flatMap(({ total }) => total ?? []);
  if (!line || totals.length === 0) return [];
  const { passMark: own, atMost = Infinity } = line;
  const goingOn = standings.filter(({ outcome }) => outcome === 'goes-on').length;
  const lowest = Math.floor(totals.reduce((least, total) => Math.min(least, total), 100));
  const highest = Math.min(100, 1 + Math.floor(totals.reduce((most, total) => Math.max(most, total), 0)));
  const whole = Array.from({ length: highest - lowest + 1 }, (_, step) => lowest + step);
  return [...new Set([...whole, own])]
    .toSorted((a, b) => a - b)
    .map((passMark) => {
      const reach = totals.filter((total) => total >= passMark).length;
      const goOn = Math.min(reach, atMost);
      return { passMark, own: passMark === own, reach, goOn, more: goOn - goingOn };
    });
};

/** One or several pass marks that would do the same. */
export type ThresholdRange = Threshold & { upTo: number };

/** The same with neighbours in one row where nothing changes between them; the round file's own keeps its row. */
export const rangesOf = (thresholds: readonly Threshold[]): ThresholdRange[] => {
  const ranges: ThresholdRange[] = [];
  for (const one of thresholds) {
    const last = ranges.at(-1);
    if (last && !last.own && !one.own && last.reach === one.reach) last.upTo = one.passMark;
    else ranges.push({ ...one, upTo: one.passMark });
  }
  return ranges;
};
