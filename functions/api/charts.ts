import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation } from '#functions/api/operation.ts';
import { described, onRound } from '#functions/api/selection.ts';
import { isLinked, type ScoreCharts, type Spread, scoreCharts } from '#functions/commands/score-charts.ts';
import { partIn } from '#functions/http/part.ts';
import type { Icc, Interval } from '#shared/analysis/icc.ts';
import type { Report } from '#shared/analysis/report.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { SeverityAdjustment } from '#shared/domain/severity-rule.ts';
import { CardStage, GatedStage } from '#shared/domain/stage.ts';
import { ok } from '#shared/result.ts';

/** How values lie on a scale: how many there are, their mean in percent of it, and how many lie in each tenth. */
const SpreadAnswer = { count: z.int(), mean: z.number().optional(), tenths: z.array(z.int()).length(10) };

const Estimate = z.object({ value: z.number(), interval: z.tuple([z.number(), z.number()]).optional() });

const ChartsAnswer = z.object({
  part: CardStage,
  /** Of interviews that have several, in their order, by code; all that follows is of `station`. */
  stations: z.array(z.string()).optional(),
  station: z.string().optional(),
  /**
   * Of raters, linked by applications that they judged in common. Where there are more than one, neither severities nor ranks can be told, and
   * are absent.
   */
  groups: z.int(),
  /** By code, as lists of scores have them. `severity` is what the rater adds to a score: below 0 is severe. */
  raters: z.array(
    z.object({
      rater: z.string(),
      ...SpreadAnswer,
      severity: z.object({ value: z.number(), se: z.number() }).optional(),
      /** Standard deviation of what the rater gave, and its ratio to the pooled one of all: well below 1 uses little of the scale. */
      sd: z.number().optional(),
      sdRatio: z.number().optional(),
    }),
  ),
  criteria: z.array(z.object({ criterion: z.string(), ...SpreadAnswer })),
  /** How many went on from each stage that was decided, after all that were submitted. */
  funnel: z.array(z.object({ stage: z.enum(['submitted', ...GatedStage.options]), count: z.int() })),
  /** With 95 % intervals; absent is what the scores cannot tell. */
  agreement: z.object({
    icc21: Estimate.optional(),
    icc2k: Estimate.optional(),
    alphaOrdinal: Estimate.optional(),
    /** ICC(2,1) of the applications that everybody was to score, by those who scored all of them. */
    anchored: Estimate.extend({ raters: z.int(), applications: z.int() }).optional(),
    /** How many raters an application would need for a reliability of their mean, by Spearman and Brown. */
    ratersNeeded: z.array(z.object({ reliability: z.number(), raters: z.number().optional() })).optional(),
  }),
  /** What was decided with the shortlist, where the round file asks for adjusting: which scores counted, and every check. Adjusted scores of interviews never count. */
  adjustment: SeverityAdjustment.optional(),
  /** Best first by the adjusted score; the ranks are those that 95 % intervals leave open. */
  applications: z.array(
    z.object({
      number: ApplicationNumber,
      raw: z.number(),
      adjusted: z.number(),
      se: z.number(),
      ranks: z.tuple([z.int(), z.int()]),
    }),
  ),
  /** How far the scores of each application lie apart, in percent of the scale; `tooFar` is more than the round file allows of scores. */
  dispersion: z.array(
    z.object({
      number: ApplicationNumber,
      scores: z.int(),
      lowest: z.number(),
      highest: z.number(),
      range: z.number(),
      sd: z.number().optional(),
      tooFar: z.boolean(),
    }),
  ),
});

/** What the page of charts shows: with the same rights, and with nothing that it leaves out. */
export const chartOperations = (deps: ApiDeps): Operation[] => [readingCharts(deps)];

const readingCharts = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('readCharts', 'charts.read'),
      method: 'GET',
      path: '/api/rounds/:round/charts',
      summary:
        'What the scores look like: by rater and criterion, the funnel, how far raters agree, how sure each rank is; with `part=interviews` the scorecards of the interviews.',
      query: {
        part: CardStage,
        station: z
          .string()
          .describe('of interviews that have several, by its code; the first where it is left out'),
      },
      answer: { status: 200, schema: ChartsAnswer },
      refusals: ['not-found', 'wrong-stage', 'unfinished-work', 'practice-needed', 'invalid'],
    },
    (c) =>
      onRound(c, 'charts.read', async (command) => {
        const part = partIn(c);
        if (!part.ok) return part;
        const found = await scoreCharts(deps, {
          ...command,
          part: part.value,
          station: c.req.query('station'),
        });
        return found.ok ? ok(chartsAnswer(found.value)) : found;
      }),
  );

const chartsAnswer = (charts: ScoreCharts) => {
  const { part, stations, station, groups, raters, criteria, apart, funnel, adjustment, report } = charts;
  const known = new Map((report?.raters ?? []).map((one) => [one.id, one]));
  return {
    part,
    ...(station && { stations: stations.map(({ code }) => code), station: station.code }),
    groups,
    raters: raters.map((one) => raterAnswer(one, known.get(one.rater), isLinked(charts))),
    criteria: criteria.map(({ criterion, spread }) =>
      Object.assign({ criterion: criterion.code }, spreadAnswer(spread)),
    ),
    funnel: [...funnel],
    agreement: agreementAnswer(charts),
    adjustment,
    applications: (report && isLinked(charts) ? report.applications : []).map(
      ({ id, raw, adjusted, se, rankInterval: ranks }) => ({
        number: ApplicationNumber.parse(id),
        raw,
        adjusted,
        se,
        ranks,
      }),
    ),
    dispersion: apart.map(({ number, dispersion, isTooFar }) => ({
      number,
      scores: dispersion.ratings,
      lowest: dispersion.lowest,
      highest: dispersion.highest,
      range: dispersion.range,
      sd: dispersion.standardDeviation,
      tooFar: isTooFar,
    })),
  };
};

const raterAnswer = (
  { rater, spread }: ScoreCharts['raters'][number],
  known: Report['raters'][number] | undefined,
  linked: boolean,
) => ({
  rater,
  ...spreadAnswer(spread),
  ...(known && linked && { severity: { value: known.severity, se: known.se } }),
  sd: known?.sd ?? undefined,
  sdRatio: known?.sdRatio ?? undefined,
});

const agreementAnswer = ({ report, anchored }: ScoreCharts) => {
  const { icc21, icc2k, iccInterval, alphaOrdinal, alphaInterval } = report?.reliability ?? {};
  return {
    icc21: estimate(icc21, report?.oneRater.iccInterval),
    icc2k: estimate(icc2k, iccInterval),
    alphaOrdinal: estimate(alphaOrdinal, alphaInterval),
    anchored: anchored && anchoredAnswer(anchored),
    ratersNeeded: report?.oneRater.ratersNeeded.map(({ reliability, raters: needed }) => ({
      reliability,
      raters: needed ?? undefined,
    })),
  };
};

const anchoredAnswer = ({ single, singleInterval, raters, applications }: Icc) => ({
  value: single,
  interval: singleInterval && pairOf(singleInterval),
  raters,
  applications,
});

const spreadAnswer = ({ count, mean, tenths }: Spread) => ({
  count,
  ...(count > 0 && { mean }),
  tenths: [...tenths],
});

const estimate = (value?: number | null, interval?: Interval | null) =>
  value === null || value === undefined
    ? undefined
    : { value, ...(interval && { interval: pairOf(interval) }) };

const pairOf = ([low, high]: Interval): [number, number] => [low, high];
