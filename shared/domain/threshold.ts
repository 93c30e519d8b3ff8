import * as z from 'zod';
import { interviewPart, missedIn, partOf } from '#shared/domain/minimum.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { endsOf } from '#shared/domain/rubric.ts';
import type { Standing, StandingList } from '#shared/domain/standing.ts';

/** What a pass mark of totals, or a minimum of one part, would do to a list, everything else left as it is. */
export const Threshold = z.object({
  /** Percent of the scale, of a criterion its points: a whole number, or the round file's own. */
  passMark: z.number(),
  /** Whether it is the one that the round file has. */
  own: z.boolean(),
  /** How many have as much. */
  reach: z.int(),
  /** How many of these would go on: whom nothing else stops, and no more than the round file's limit. */
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

/** The list as it is drawn up: without a total nobody is counted. */
type List = Pick<StandingList, 'stage' | 'standings'>;
type Rules = Pick<RoundFile, 'shortlist' | 'results' | 'minimums'>;
type Totalled = Standing & { total: number };

const totalledIn = (standings: readonly Standing[]): Totalled[] =>
  standings.flatMap((one) => (one.total === undefined ? [] : [{ ...one, total: one.total }]));

/**
 * What each whole pass mark from the lowest total to the one above the highest would do, and the round file's own, in ascending order; none where
 * points do not decide or nobody has any. Only who has a total is counted.
 */
export const thresholdsOf = ({ stage, standings }: List, file: Rules): Threshold[] => {
  const line = lineOf(stage, file);
  if (!line) return [];
  const marked = totalledIn(standings).map((one) => ({
    value: one.total,
    passes: missedIn(one, file.minimums).length === 0,
  }));
  return countedAt(marked, { ...line, own: line.passMark, most: 100, standings });
};

/** The same of each part that has a minimum and of which anybody has something at the stage, the pass mark and the other minimums left as they are. */
export const partThresholdsOf = (
  { stage, standings }: List,
  file: Rules & Pick<RoundFile, 'rubric'>,
): { code: string; thresholds: Threshold[] }[] => {
  const line = lineOf(stage, file);
  const { minimums = [], rubric } = file;
  if (!line) return [];
  return minimums.flatMap(({ code, atLeast: own }) => {
    const others = minimums.filter((one) => one.code !== code);
    const marked = totalledIn(standings).flatMap((one) => {
      const value = partOf(code, one);
      const passes = one.total >= line.passMark && missedIn(one, others).length === 0;
      return value === undefined ? [] : [{ value, passes }];
    });
    const criterion = rubric.criteria.find((one) => one.code === code);
    const most = code === interviewPart || !criterion ? 100 : endsOf(criterion).most;
    const thresholds = countedAt(marked, { ...line, own, most, standings });
    return thresholds.length > 0 ? [{ code, thresholds }] : [];
  });
};

/** `value` is compared with the mark; `passes` says whether everything else lets the person go on. */
const countedAt = (
  marked: readonly { value: number; passes: boolean }[],
  {
    own,
    most,
    atMost = Infinity,
    standings,
  }: { own: number; most: number; atMost: number | undefined; standings: readonly Standing[] },
): Threshold[] => {
  if (marked.length === 0) return [];
  const goingOn = standings.filter(({ outcome }) => outcome === 'goes-on').length;
  const lowest = Math.floor(marked.reduce((least, { value }) => Math.min(least, value), Infinity));
  const above = 1 + Math.floor(marked.reduce((greatest, { value }) => Math.max(greatest, value), -Infinity));
  const highest = Math.min(most, above);
  const whole = Array.from({ length: Math.max(0, highest - lowest + 1) }, (_, step) => lowest + step);
  return [...new Set([...whole, own])]
    .toSorted((a, b) => a - b)
    .map((passMark) => {
      const reaching = marked.filter(({ value }) => value >= passMark);
      const goOn = Math.min(reaching.filter(({ passes }) => passes).length, atMost);
      return { passMark, own: passMark === own, reach: reaching.length, goOn, more: goOn - goingOn };
    });
};

/** One or several pass marks that would do the same. */
export type ThresholdRange = Threshold & { upTo: number };

/** The same with neighbours in one row where nothing changes between them; the round file's own keeps its row. */
export const rangesOf = (thresholds: readonly Threshold[]): ThresholdRange[] => {
  const ranges: ThresholdRange[] = [];
  for (const one of thresholds) {
    const last = ranges.at(-1);
    if (last && !last.own && !one.own && last.reach === one.reach && last.goOn === one.goOn)
      last.upTo = one.passMark;
    else ranges.push({ ...one, upTo: one.passMark });
  }
  return ranges;
};
