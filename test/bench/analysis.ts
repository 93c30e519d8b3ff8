import { tableOf } from '#infra/sandbox/table.ts';
import { adjust } from '#shared/analysis/adjust.ts';
import { rank } from '#shared/analysis/ranking.ts';
import type { RatingTable } from '#shared/analysis/ratings.ts';
import { type Comparability, comparabilityOf, simulatedRound } from '#test/builders/simulated-round.ts';
import { constant, type Figure, figureOf, heading, inTurn, record } from './harness.ts';
import { lsqr } from './lsqr.ts';

/** Severity adjustment beside a plain implementation, and what links between regions are worth. */
export const run = async (): Promise<void> => {
  links();
  heading('Rater adjustment (3 ratings an application, 100 a rater)');
  for (const applications of [100_000, 1_000_000]) {
    const { table } = simulatedRound(
      { applications, raters: applications * 0.03, share: 1 },
      `bench ${applications}`,
    );
    const ratings = objectsOf(table);
    const [ours, plain] = await inTurn(
      applications > 100_000 ? 1 : 3,
      () => timed(() => rank(adjust(table).adjusted)),
      () => timed(() => zScores(ratings)),
    );
    record({
      section: '2 adjustment',
      what: `${applications.toLocaleString('en')} × 3 with variances, errors and ranking`,
      unit: 'ms',
      ours,
      against: { what: 'objects and maps, a z-score for each rater, ranking', figure: plain },
      goal: 'at 1M at most 120 ms, a tenth of the plain way',
    });
    await besideLsqr(table);
  }
  const { table } = simulatedRound({ applications: 2000, raters: 400, share: 1 }, 'bench');
  record({
    section: '2 adjustment',
    what: '2,000 × 3 by 400 raters: farthest from the two lines of ANCHORS 5.3, each in turn until nothing moves',
    unit: 'points',
    ours: constant(farthest(table)),
    against: { what: 'what may differ', figure: constant(1e-6) },
    goal: 'equal within 1e-6',
  });
};

/** The general way to the same severities, which knows no elimination of applications; without variances, errors and ranking. */
const besideLsqr = async (table: RatingTable): Promise<void> => {
  const { adjusted, variances } = adjust(table);
  const solve = (): Float64Array => lsqr(table, variances.residual / variances.rater, 1e-10);
  const theirs = solve();
  const apart = adjusted.reduce(
    (most, value, item) => Math.max(most, Math.abs(value - (theirs[item] ?? 0))),
    0,
  );
  if (!(apart < 1e-6)) throw new Error(`LSQR comes to scores that are ${apart} points away.`);
  const applications = table.applications.length.toLocaleString('en');
  process.stdout.write(
    `  ${applications} × 3: LSQR comes to the same within ${apart.toPrecision(2)} points\n`,
  );
  const [ours, peer] = await inTurn(
    table.applications.length > 100_000 ? 1 : 3,
    () => timed(() => rank(adjust(table).adjusted)),
    () => timed(solve),
  );
  record({
    section: '2 adjustment',
    what: `${applications} × 3 with variances, errors and ranking`,
    unit: 'ms',
    ours,
    against: { what: 'LSQR (Paige and Saunders 1982) over typed arrays, scores alone', figure: peer },
    goal: "a tenth of scipy's lsqr",
  });
};

/** What ANCHORS 5.3 measured, by the share of ratings across regions; recovery stands there as a range for all adjusted ones. */
const stated = [
  { share: 0, bias: '0.40' },
  { share: 0.02, bias: '0.13' },
  { share: 0.05, bias: '0.08' },
  { share: 0.1, bias: '0.045' },
] as const;

/** The table of ANCHORS 5.3, side by side, and each figure of it beside the raw scores. */
const links = (): void => {
  heading('Links between regions (1,906 applications, 60 raters, 4 regions, 20 repeats)');
  const rows = stated.map(({ share, bias }) => ({ share, bias, of: linked(share) }));
  for (const { share, of } of rows) {
    const across = `${100 * share} % of ratings across regions`;
    record({
      section: '2 links',
      what: `${across}: bias between regions, adjusted`,
      unit: 'points',
      ours: of((one) => one.bias.adjusted),
      against: { what: 'the raw means', figure: of((one) => one.bias.raw) },
      goal: 'ANCHORS 5.3: 0.40 raw; adjusted 0.40 at 0 %, 0.13 at 2 %, 0.08 at 5 %, 0.045 at 10 %',
    });
    record({
      section: '2 links',
      what: `${across}: of the truly best fifth found, adjusted`,
      unit: 'share',
      ours: of((one) => one.recovered.adjusted),
      against: { what: 'by the raw means', figure: of((one) => one.recovered.raw) },
      goal: 'ANCHORS 5.3: 0.68 raw, 0.75 to 0.76 adjusted',
    });
    record({
      section: '2 links',
      what: `${across}: of the best fifth changed by adjusting`,
      unit: 'share',
      ours: of((one) => one.changed),
      against: { what: 'ANCHORS 5.3', figure: constant(0.19) },
      goal: 'ANCHORS 5.3: 0.18 to 0.20 where raters are well linked',
    });
  }
  heading('The same as the table of ANCHORS 5.3: ours, and in brackets what stands there');
  process.stdout.write(
    `${tableOf(rows, [
      { title: 'across', of: ({ share }) => `${100 * share} %`, right: true },
      {
        title: 'bias, raw',
        of: ({ of }) =>
          beside(
            of((one) => one.bias.raw),
            '0.40',
          ),
      },
      {
        title: 'bias, adjusted',
        of: ({ bias, of }) =>
          beside(
            of((one) => one.bias.adjusted),
            bias,
          ),
      },
      {
        title: 'best fifth found, raw',
        of: ({ of }) =>
          beside(
            of((one) => one.recovered.raw),
            '0.68',
          ),
      },
      {
        title: 'adjusted',
        of: ({ share, of }) =>
          beside(
            of((one) => one.recovered.adjusted),
            whereLinked(share, '0.75–0.76'),
          ),
      },
      {
        title: 'shortlist changed',
        of: ({ share, of }) =>
          beside(
            of((one) => one.changed),
            whereLinked(share, '0.18–0.20'),
          ),
      },
    ])}\n`,
  );
};

/** Where nothing links regions nothing is stated but the bias. */
const whereLinked = (share: number, figure: string): string => (share > 0 ? figure : '–');

const linked = (share: number): ((pick: (one: Comparability) => number) => Figure) => {
  const repeats = Array.from({ length: 20 }, (_, repeat) =>
    comparabilityOf({ applications: 1906, raters: 60, share }, `repeat ${repeat}`),
  );
  return (pick) => figureOf(repeats.map(pick));
};

const beside = ({ median }: Figure, theirs: string): string => `${median.toFixed(3)} (${theirs})`;

type Plain = { application: string; rater: string; score: number };

const objectsOf = (table: RatingTable): Plain[] =>
  Array.from(table.score, (score, place) => ({
    application: table.applications[Math.floor(place / 3)] ?? '',
    rater: table.raters[table.rater[place] ?? 0] ?? '',
    score,
  }));

/** What is often done instead: each rater's scores to mean 0 and deviation 1, then each application's mean of these. */
const zScores = (ratings: readonly Plain[]): [string, number][] => {
  const of = new Map<string, { count: number; sum: number; squares: number }>();
  for (const { rater, score } of ratings) {
    const { count, sum, squares } = of.get(rater) ?? { count: 0, sum: 0, squares: 0 };
    of.set(rater, { count: count + 1, sum: sum + score, squares: squares + score * score });
  }
  const scaled = (rater: string, score: number): number => {
    const { count, sum, squares } = of.get(rater) ?? { count: 1, sum: 0, squares: 1 };
    return (score - sum / count) / Math.sqrt(squares / count - (sum / count) ** 2);
  };
  const means = meansBy('application', ratings, 0, ({ rater, score }) => scaled(rater, score));
  return [...means].toSorted(([, a], [, b]) => b - a);
};

const farthest = (table: RatingTable): number => {
  const { adjusted, variances } = adjust(table);
  const ratings = objectsOf(table);
  const ratio = variances.residual / variances.rater;
  let severity = new Map<string, number>();
  let scores = new Map<string, number>();
  for (let turn = 0; turn < 600; turn += 1) {
    const known = severity;
    scores = meansBy('application', ratings, 0, ({ rater, score }) => score - (known.get(rater) ?? 0));
    const found = scores;
    severity = meansBy(
      'rater',
      ratings,
      ratio,
      ({ application, score }) => score - (found.get(application) ?? 0),
    );
  }
  return adjusted.reduce(
    (most, value, item) =>
      Math.max(most, Math.abs(value - (scores.get(table.applications[item] ?? '') ?? 0))),
    0,
  );
};

const meansBy = (
  key: 'application' | 'rater',
  ratings: readonly Plain[],
  ratio: number,
  valueOf: (rating: Plain) => number,
): Map<string, number> => {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const rating of ratings) {
    const known = sums.get(rating[key]) ?? { sum: 0, count: 0 };
    sums.set(rating[key], { sum: known.sum + valueOf(rating), count: known.count + 1 });
  }
  return new Map(Array.from(sums, ([id, { sum, count }]) => [id, sum / (count + ratio)]));
};

const timed = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
