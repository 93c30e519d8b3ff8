import { exits, runAsProcess, sandboxCommand } from '#infra/sandbox/given.ts';
import { raschJson, raschPage } from '#infra/sandbox/rasch-tables.ts';
import { type Column, tableOf } from '#infra/sandbox/table.ts';
import { gateOf, meanReliability } from '#shared/analysis/gate.ts';
import { bandsOf, type Interval } from '#shared/analysis/icc.ts';
import { type AlphaStanding, alphaStanding } from '#shared/analysis/krippendorff.ts';
import { raschOf } from '#shared/analysis/rasch/rasch.ts';
import { haloOf } from '#shared/analysis/raters.ts';
import { type RatingsFile, readMarks, readRatings } from '#shared/analysis/ratings-csv.ts';
import { analyse, type Report } from '#shared/analysis/report.ts';
import { Locale } from '#shared/i18n/index.ts';

const usage = `npm run analyse -- RATINGS.csv [--json] [--rasch] [--seed TEXT] [--lang kk|ru|en]

Scores with the raters' severity taken away, how sure they are, and how well the raters agree. Columns: application, rater, score,
and if there are any criterion, its weight, and panel. What each number is: infra/sandbox/README.md.

  --json        as JSON, not rounded
  --rasch       also severities of the many-facet Rasch model, as a check: whole scores only
  --seed TEXT   for the draws behind alpha's interval (default "irikteu")
  --lang CODE   the language in which faults are explained (default en)
`;

/** The command line. @returns the exit code */
export const main = sandboxCommand(usage, ['seed', 'rasch'], (given, print) => {
  const { json, seed, text, need } = given;
  const file = need(readRatings(text));
  const rasch = given.rasch ? need(raschOf(need(readMarks(text)))) : undefined;
  const analysis = analyse(file.ratings, seed ?? 'irikteu');
  const { report } = analysis;
  if (json) {
    const told = withHalos(report, file);
    print(JSON.stringify(rasch ? { ...told, rasch: raschJson(rasch, report) } : told, null, 2));
  } else {
    print(pageOf(analysis, file));
    if (rasch) print(raschPage(rasch, report, Locale.parse(given.lang)));
  }
  return exits.done;
});

type Analysis = ReturnType<typeof analyse>;

/** For each rater, where the table has criteria; the order of its rows does not show. */
const halosIn = ({ ratings, sheets }: RatingsFile): ReadonlyMap<string, number | undefined> | undefined => {
  if (!sheets) return undefined;
  const cards = ratings
    .map(({ application, rater }, index) => ({ application, rater, sheet: sheets[index] ?? [] }))
    .toSorted((a, b) => (a.application < b.application ? -1 : 1));
  const byRater = Map.groupBy(cards, ({ rater }) => rater);
  return new Map(Array.from(byRater, ([rater, own]) => [rater, haloOf(own.map(({ sheet }) => sheet))]));
};

const withHalos = (report: Report, file: RatingsFile) => {
  const halos = halosIn(file);
  if (!halos) return report;
  return {
    ...report,
    raters: report.raters.map((one) => ({ ...one, halo: halos.get(one.id) ?? null })),
  };
};

const shown = (value: number): string => value.toFixed(4);

const pageOf = ({ report, table, adjustment }: Analysis, file: RatingsFile): string =>
  [
    tableOf(report.applications, [
      { title: 'application', of: ({ id }) => id },
      { title: 'raw', of: ({ raw }) => shown(raw), right: true },
      { title: 'adjusted', of: ({ adjusted }) => shown(adjusted), right: true },
      { title: 'error', of: ({ se }) => shown(se), right: true },
      {
        title: 'ranks',
        of: ({ rankInterval: [best, worst] }) => (best === worst ? best : `${best}–${worst}`),
        right: true,
      },
      { title: 'range', of: ({ range }) => shown(range), right: true },
      { title: 'sd', of: ({ sd }) => orDash(sd), right: true },
    ]),
    '',
    tableOf(report.raters, [
      { title: 'rater', of: ({ id }) => id },
      { title: 'severity', of: ({ severity }) => signed(severity), right: true },
      { title: 'error', of: ({ se }) => shown(se), right: true },
      { title: 'ratings', of: ({ ratings }) => ratings, right: true },
      { title: 'sd', of: ({ sd }) => orDash(sd), right: true },
      { title: 'sd ratio', of: ({ sdRatio }) => orDash(sdRatio), right: true },
      ...haloColumns(file),
      { title: '', of: ({ severity, se }) => severityWord(severity, se) },
    ]),
    ...panelsOf(report, file),
    '',
    ...reliabilityOf(report),
    '',
    ...gateWords(table, adjustment),
  ].join('\n');

const haloColumns = (file: RatingsFile): Column<Report['raters'][number]>[] => {
  const halos = halosIn(file);
  return halos ? [{ title: 'halo', of: ({ id }) => orDash(halos.get(id) ?? null), right: true }] : [];
};

const orDash = (value: number | null): string => (value === null ? '–' : shown(value));

const signed = (value: number): string => `${value < 0 ? '' : '+'}${shown(value)}`;

/** Only what 95 % intervals allow to say. */
const severityWord = (severity: number, se: number): string => {
  if (Math.abs(severity) <= 1.96 * se) return '';
  return severity < 0 ? 'severe' : 'lenient';
};

/** Summed by size, so that the order of the file's rows does not show in the last digit. */
const mean = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b).reduce((sum, value) => sum + value, 0) / values.length;

const panelsOf = ({ raters }: Report, { ratings, panels }: RatingsFile): string[] => {
  if (!panels) return [];
  const severity = new Map(raters.map((rater) => [rater.id, rater.severity]));
  const names = [...new Set(panels)].toSorted();
  const rows = names.map((name) => ({ name, own: ratings.filter((_, index) => panels[index] === name) }));
  return [
    '',
    tableOf(rows, [
      { title: 'panel', of: ({ name }) => name },
      { title: 'mean score', of: ({ own }) => shown(mean(own.map(({ score }) => score))), right: true },
      {
        title: 'mean severity',
        of: ({ own }) => signed(mean(own.map(({ rater }) => severity.get(rater) ?? 0))),
        right: true,
      },
      { title: 'ratings', of: ({ own }) => own.length, right: true },
    ]),
  ];
};

const line = (
  name: string,
  value: number | null,
  interval: Interval | null,
  words: (value: number) => string,
): string => {
  const range = interval ? `  95 % ${shown(interval[0])} to ${shown(interval[1])}` : '';
  return `${name.padEnd(22)}${value === null ? 'not known' : `${shown(value)}${range}  (${words(value)})`}`;
};

/** Judged as on the page of charts: an ICC by the ends of its interval, where there is one; alpha by its value. */
const reliabilityOf = ({ reliability, oneRater }: Report): string[] => {
  const { icc21, icc2k, iccInterval, alphaOrdinal, alphaInterval, alphaIntervalDistance } = reliability;
  return [
    line('ICC(2,1), one rater', icc21, oneRater.iccInterval, bands(oneRater.iccInterval)),
    line('ICC(2,k), their mean', icc2k, iccInterval, bands(iccInterval)),
    line('alpha, ordinal', alphaOrdinal, alphaInterval, againstBounds),
    line('alpha, interval data', alphaIntervalDistance, null, againstBounds),
    ...oneRater.ratersNeeded.map(
      ({ reliability: wanted, raters }) =>
        `${`raters for ${wanted}`.padEnd(22)}${raters === null ? (icc21 === null ? 'not known' : 'no number: raters do not agree') : shown(raters)}`,
    ),
  ];
};

const bands = (interval: Interval | null) => (value: number) => bandsOf(value, interval).join(' to ');

const againstBounds = (value: number): string => {
  const { side, bound } = alphaStanding(value);
  return alphaWords[side](bound);
};

const alphaWords: Record<AlphaStanding['side'], (bound: number) => string> = {
  below: (bound) => `below ${bound}, the customary lower bound`,
  above: (bound) => `at least ${bound}, the customary lower bound`,
  firm: (bound) => `at least ${bound}: customarily relied upon`,
};

const gateWords = (table: Analysis['table'], adjustment: Analysis['adjustment']): string[] => {
  const isKnown = meanReliability(table, adjustment) !== undefined;
  return gateOf(table, adjustment).map(({ check, passed, found }) =>
    check === 'reliability' && !isKnown
      ? 'NOT KNOWN how reliable the mean of the raters is: the ratings do not tell it.'
      : checkWords[check](passed, found),
  );
};

const checkWords = {
  connected: (passed: boolean, found: number) =>
    passed
      ? 'All raters are linked by common applications: scores compare.'
      : `NOT LINKED: raters fall into ${found} groups without a common application. Scores compare only within a group.`,
  few: (passed: boolean, found: number) =>
    found === 0
      ? 'Every rater has at least 8 ratings.'
      : `${passed ? 'Some ratings' : 'MANY RATINGS'} (${shown(100 * found)} %) are by raters who have fewer than 8.`,
  reliability: (passed: boolean, found: number) =>
    passed
      ? `The mean of the raters is reliable enough (${shown(found)}).`
      : `UNRELIABLE: ${shown(found)} is below 0.5.`,
  residuals: (passed: boolean, found: number) =>
    `${passed ? 'Few ratings are far from what is expected' : 'MANY RATINGS are far from what is expected'} (${shown(100 * found)} %).`,
};

if (import.meta.main) await runAsProcess(main);
