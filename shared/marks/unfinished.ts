import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { endsOf, importedCriteria } from '#shared/domain/rubric.ts';
import { scoringTotal } from '#shared/domain/scoring.ts';
import { pointReasons } from '#shared/domain/standing-reason.ts';
import type { MarksByNumber } from '#shared/marks/expectation.ts';

/**
 * What is certain of a total that is not whole yet, whatever is still to come: it reaches the least points that the shortlist asks for, and each mark its
 * own, it misses one of them, or both may be.
 */
export type Reach = 'reached' | 'missed' | 'open';
export type ReachChange = { number: ApplicationNumber; before: Reach; after: Reach };
type ReachCount = Readonly<Record<Reach, number>>;

/** What marks settle for applications whose total is not whole even with them. */
export type Settled = { changed: readonly ReachChange[]; before: ReachCount; after: ReachCount };

/** Marks by criterion and number. */
type Marks = ReadonlyMap<string, MarksByNumber>;

export type ReachRule = {
  file: Pick<RoundFile, 'rubric' | 'shortlist' | 'minimums'>;
  /** Between what the raters' part of a total lies, in percent; undefined where nothing bounds it. */
  ratedOf: (candidacy: Candidacy) => { least: number; most: number } | undefined;
};

/** @param candidacies whose total is not whole with the marks of `after`, none withdrawn */
export const settledBy = (
  candidacies: readonly Candidacy[],
  { before, after }: { before: Marks; after: Marks },
  rule: ReachRule,
): Settled => {
  const reaches = candidacies.map((one) => ({
    number: one.number,
    before: reachOf(one, before, rule),
    after: reachOf(one, after, rule),
  }));
  return {
    changed: reaches.filter((one) => one.before !== one.after).toSorted(byReachAndNumber),
    before: countOf(reaches.map((one) => one.before)),
    after: countOf(reaches.map((one) => one.after)),
  };
};

/** A mark that is missing may be any of its scale; of who did not sit the test it is the least. */
export const reachOf = (
  candidacy: Candidacy,
  marks: Marks,
  { file: { rubric, shortlist, minimums }, ratedOf }: ReachRule,
): Reach => {
  const rated = ratedOf(candidacy);
  if (!rated) return 'open';
  const reachesAt = (end: 'least' | 'most'): boolean => {
    const given = importedCriteria(rubric.criteria).map((criterion) => {
      const ends = endsOf(criterion);
      const mark = marks.get(criterion.code)?.get(candidacy.number);
      return [criterion.code, mark === undefined ? ends[end] : (mark ?? ends.least)] as const;
    });
    const points = Object.fromEntries(given);
    const total = scoringTotal(candidacy, rubric.criteria, points, rated[end]) ?? 0;
    return pointReasons({ total, marks: points }, shortlist.minimumPoints, minimums).length === 0;
  };
  if (reachesAt('least')) return 'reached';
  return reachesAt('most') ? 'open' : 'missed';
};

/** The round file without the criteria that another organisation has still to mark: their weight is spread over the others. */
export const markedSoFar = <F extends Pick<RoundFile, 'rubric'>>(file: F, marks: Marks): F => {
  const criteria = file.rubric.criteria.filter(
    ({ code, markedBy }) => markedBy !== 'import' || marks.has(code),
  );
  return { ...file, rubric: { ...file.rubric, criteria } };
};

const countOf = (reaches: readonly Reach[]): ReachCount => {
  const count = { reached: 0, missed: 0, open: 0 };
  for (const reach of reaches) count[reach] += 1;
  return count;
};

/** First who misses the least points: that is what somebody must look at. */
const order: readonly Reach[] = ['missed', 'open', 'reached'];

const byReachAndNumber = (a: ReachChange, b: ReachChange): number =>
  order.indexOf(a.after) - order.indexOf(b.after) || (a.number < b.number ? -1 : 1);
