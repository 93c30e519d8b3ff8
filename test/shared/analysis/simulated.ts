import * as fc from 'fast-check';
import type { Rating } from '#shared/analysis/ratings.ts';
import { chanceOf } from '#shared/chance.ts';

/**
 * Regions with raters of their own, each severe or mild for themselves with a standard deviation of .5 (where a region is so as a whole, as in
 * ANCHORS 5.3: `test/builders/simulated-round.ts`), three ratings each, quality 1, residual .8. A share of the ratings comes from raters of any
 * region; at 1 every rating does.
 */
export const aSimulatedRound = (
  { applications, raters, linked }: { applications: number; raters: number; linked: number },
  seed = 'round',
): { ratings: Rating[]; quality: number[]; severity: number[] } => {
  const { below } = chanceOf(seed);
  const normal = (): number => {
    let sum = -6;
    for (let term = 0; term < 12; term += 1) sum += below(2 ** 32) / 2 ** 32;
    return sum;
  };
  const regions = 4;
  const own = Math.floor(raters / regions);
  const severity = Array.from({ length: own * regions }, () => 0.5 * normal());
  const quality = Array.from({ length: applications }, normal);
  const ratings = quality.flatMap((theta, item) => {
    const home = item % regions;
    const chosen = new Set<number>();
    while (chosen.size < 3) {
      const region = below(1000) < linked * 1000 ? below(regions) : home;
      chosen.add(region * own + below(own));
    }
    return [...chosen].map((rater) => ({
      application: `A${String(item).padStart(6, '0')}`,
      rater: `R${String(rater).padStart(4, '0')}`,
      score: 5 + theta + (severity[rater] ?? 0) + 0.8 * normal(),
    }));
  });
  return { ratings, quality, severity };
};

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;

export const correlation = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  const [meanA, meanB] = [mean(a), mean(b)];
  const sum = (f: (x: number, y: number) => number): number =>
    Array.from(a).reduce((all, x, i) => all + f(x - meanA, (b[i] ?? 0) - meanB), 0);
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y));
};

/** Up to twelve applications and six raters, each pair at most once, scores in halves. */
export const anyRatings: fc.Arbitrary<Rating[]> = fc
  .uniqueArray(fc.record({ item: fc.nat(11), by: fc.nat(5), halves: fc.integer({ min: 0, max: 20 }) }), {
    minLength: 1,
    maxLength: 50,
    selector: ({ item, by }) => `${item} ${by}`,
  })
  .map((list) =>
    list.map(({ item, by, halves }) => ({ application: `A${item}`, rater: `R${by}`, score: halves / 2 })),
  );
