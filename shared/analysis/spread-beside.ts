import { type Estimate, jackknife, within } from '#shared/analysis/estimates.ts';
import { square } from '#shared/analysis/square.ts';

/** What one rater gave to one application. */
type Given = { application: string; rater: string; total: number };

/** Count, sum and sum of squares. */
type Sums = { count: number; sum: number; squares: number };

/**
 * How much of the scale a rater uses beside those who scored the same applications: the standard deviation of their scores over the pooled
 * one of the others, each about the own mean (the sd ratio of ANCHORS 5.4). Below 1, everybody got nearly the same. With the interval of the
 * jackknife over applications.
 * @param common every score of the applications that this rater scored
 * @returns undefined where the others' scores do not vary, or are too few
 */
export const spreadBeside = (rater: string, common: readonly Given[]): Estimate | undefined => {
  const sorted = common.toSorted(
    (a, b) => byCodeUnit(a.application, b.application) || byCodeUnit(a.rater, b.rater),
  );
  // From the middle of all, so that squares of large numbers take no digits away.
  const middle = sorted.reduce((sum, { total }) => sum + total, 0) / sorted.length;
  const byApplication = [...Map.groupBy(sorted, ({ application }) => application).values()].map((given) =>
    given.map((one) => ({ rater: one.rater, total: one.total - middle })),
  );
  const sums = new Map<string, Sums>();
  const note = (given: readonly Omit<Given, 'application'>[], times: 1 | -1): void => {
    for (const one of given) {
      const before = sums.get(one.rater) ?? { count: 0, sum: 0, squares: 0 };
      sums.set(one.rater, {
        count: before.count + times,
        sum: before.sum + times * one.total,
        squares: before.squares + times * square(one.total),
      });
    }
  };
  for (const given of byApplication) note(given, 1);
  const estimate = jackknife(byApplication.length, ratioIn(rater, sums), (left) => {
    const given = byApplication[left] ?? [];
    note(given, -1);
    const ratio = ratioIn(rater, sums);
    note(given, 1);
    return ratio;
  });
  return estimate && within(estimate, 0, Infinity);
};

const byCodeUnit = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

const ratioIn = (rater: string, sums: ReadonlyMap<string, Sums>): number | undefined => {
  const own = sums.get(rater);
  let [squares, freedom] = [0, 0];
  for (const [other, one] of sums) {
    if (other === rater || one.count < 2) continue;
    squares += aboutMean(one);
    freedom += one.count - 1;
  }
  if (!own || own.count < 2 || freedom < 2 || !(squares > 0)) return undefined;
  return Math.sqrt(aboutMean(own) / (own.count - 1) / (squares / freedom));
};

/** Where all are alike rounding may leave a little, of either sign. */
const aboutMean = ({ count, sum, squares }: Sums): number => {
  const left = squares - square(sum) / count;
  return left > 1e-9 * squares ? left : 0;
};
