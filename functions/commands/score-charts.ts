import type { CommandDeps } from '#functions/commands/deps.ts';
import { decidedList } from '#functions/commands/proposals/proposal.ts';
import { closedTo } from '#functions/commands/readable-scores.ts';
import { type ScoreTable, scoreTable } from '#functions/commands/score-table.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { type Dispersion, dispersionOf, isTooFar } from '#shared/analysis/dispersion.ts';
import type { Icc } from '#shared/analysis/icc.ts';
import { type Rating, tableOf } from '#shared/analysis/ratings.ts';
import type { Report } from '#shared/analysis/report.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { endsOf } from '#shared/domain/rubric.ts';
import type { SeverityAdjustment } from '#shared/domain/severity-rule.ts';
import { CardStage, type GatedStage, gatedStages } from '#shared/domain/stage.ts';
import type { Station } from '#shared/domain/station.ts';
import type { Texts } from '#shared/domain/texts.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** How many values lie in each tenth of a scale, and where their middle is, in percent of the scale. */
export type Spread = { count: number; mean: number; tenths: readonly number[] };

export type ScoreCharts = {
  place: Workplace;
  part: CardStage;
  /** Those of the round that the reader may have, this one among them. */
  parts: readonly CardStage[];
  /** Of an interview that has several the one that is looked at, and all of them in their order: each has a scale and raters of its own. */
  station: NamedStation | undefined;
  stations: readonly NamedStation[];
  /** By code; what analysis says of each rater stands in the report. */
  raters: readonly { rater: string; spread: Spread }[];
  criteria: readonly { criterion: RubricCriterion; spread: Spread }[];
  /** How far the scores of each application lie apart, and whether that is more than the round file allows. */
  apart: readonly { number: ApplicationNumber; dispersion: Dispersion; isTooFar: boolean }[];
  /** How many applications went on from each stage that was decided, after all that were submitted. */
  funnel: readonly { stage: GatedStage | 'submitted'; count: number }[];
  /** What the adjusting came to that was decided with the shortlist, where the round file asks for it. */
  adjustment: SeverityAdjustment | undefined;
  /** Undefined where too few scores are in to say anything: two applications by two raters at least. */
  report: Report | undefined;
  /** Raters who are linked by applications that they judged in common; between two groups neither severities nor ranks are told. */
  groups: number;
  /** How far those agree who scored all anchors; undefined where the round has none, or too few of them are scored. */
  anchored: Icc | undefined;
};

/** Whether everybody compares with everybody: between groups that judged nothing in common nothing tells a severe rater from a weak field. */
export const isLinked = ({ groups }: ScoreCharts): boolean => groups === 1;

type NamedStation = Station & { code: string; title: Texts };

/** `station`: of interviews that have several, by its code; the first where none is said. */
export type ChartsCommand = CommitteeCommand & { part: CardStage; station?: string | undefined };

/** What the cards of one part of a round look like, for who may have them all (`scoreTable`). */
export const scoreCharts = async (
  { records, chance, clock }: Pick<CommandDeps, 'records' | 'chance' | 'clock'>,
  command: ChartsCommand,
): Promise<Result<ScoreCharts, Refusal>> => {
  const { part } = command;
  const found = await workplace({ records, clock }, command, 'charts.read');
  if (!found.ok) return found;
  const place = found.value;
  const table = await scoreTable({ records, chance, clock }, place, part);
  if (!table.ok) return table;
  const stations = table.value.stations.flatMap(named);
  const at = stationIn(stations, command.station);
  if (!at.ok) return at;
  const station = at.value;
  const cards = station ? cardsAt(table.value, station.code) : table.value;
  const asked = part === 'scoring' ? place.file.rubric.criteria : (station ?? place.file.interviews).criteria;
  const decided = part === 'scoring' && (await decidedList(records, place.round.state, 'scoring'));
  return ok({
    place,
    part,
    parts: partsOf(table.value, place),
    station,
    stations,
    raters: ratersIn(cards),
    criteria: criteriaIn(cards, asked),
    apart: apartIn(cards, place.file.raters.adjustmentGate.apartPercent),
    funnel: await funnelOf({ records }, place),
    adjustment: decided ? decided.adjustment : undefined,
    ...(await agreementOf(cards, command.roundId)),
  });
};

const named = ({ code, title, ...station }: Station): NamedStation[] =>
  code === undefined || !title ? [] : [{ ...station, code, title }];

const stationIn = (
  stations: readonly NamedStation[],
  asked: string | undefined,
): Result<NamedStation | undefined, Refusal> => {
  const station = asked === undefined ? stations[0] : stations.find(({ code }) => code === asked);
  if (station || asked === undefined) return ok(station);
  return refuse({ kind: 'invalid', faults: [{ place: 'station', message: 'charts.fault.station' }] });
};

/** The cards of one station alone. */
const cardsAt = ({ raters, applications, ...table }: ScoreTable, code: string): ScoreTable => {
  const own = applications.map((one) => ({
    ...one,
    scores: one.scores.filter(({ station }) => station === code),
  }));
  const seen = new Set(own.flatMap(({ scores }) => scores.map(({ rater }) => rater)));
  return { ...table, raters: raters.filter((rater) => seen.has(rater)), applications: own };
};

/** There is something to see of a part, and it is not closed to the reader as a whole. */
const partsOf = ({ isInterviewed }: ScoreTable, place: Workplace): CardStage[] =>
  CardStage.options.filter((part) => (part === 'scoring' || isInterviewed) && !closedTo(place, part));

const ratersIn = ({ raters, applications }: ScoreTable): ScoreCharts['raters'] =>
  raters.map((rater) => ({
    rater,
    spread: spreadOf(
      applications.flatMap(({ scores }) => scores.flatMap((one) => (one.rater === rater ? [one.total] : []))),
    ),
  }));

/** What raters gave at a criterion, or another organisation did. */
const criteriaIn = (
  { applications }: ScoreTable,
  criteria: readonly RubricCriterion[],
): ScoreCharts['criteria'] =>
  criteria.map((criterion) => {
    const { least, most } = endsOf(criterion);
    const given = applications.flatMap(({ scores, marks }) =>
      criterion.markedBy === 'import'
        ? (marks?.[criterion.code] ?? [])
        : scores.flatMap(({ points }) => points[criterion.code] ?? []),
    );
    return { criterion, spread: spreadOf(given.map((points) => (100 * (points - least)) / (most - least))) };
  });

const apartIn = ({ applications }: ScoreTable, percent: number): ScoreCharts['apart'] => {
  const rated = applications.filter(({ scores }) => scores.length > 0);
  const table = tableOf(rated.flatMap(ratingsIn));
  const dispersions = dispersionOf(table);
  const placeOf = new Map(table.applications.map((number, place) => [number, place]));
  return rated.flatMap(({ number }) => {
    const dispersion = dispersions[placeOf.get(number) ?? -1];
    return dispersion
      ? [{ number, dispersion, isTooFar: isTooFar(dispersion, { lowest: 0, highest: 100, percent }) }]
      : [];
  });
};

const ratingsIn = ({ number, scores }: ScoreTable['applications'][number]): Rating[] =>
  scores.map(({ rater, total }) => ({ application: number, rater, score: total }));

/** @param percents of a scale, 0 to 100 */
const spreadOf = (percents: readonly number[]): Spread => {
  const tenths = Array.from({ length: 10 }, () => 0);
  for (const percent of percents) {
    const tenth = Math.min(9, Math.floor(percent / 10));
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  const sum = percents.reduce((all, percent) => all + percent, 0);
  return { count: percents.length, mean: percents.length === 0 ? 0 : sum / percents.length, tenths };
};

const funnelOf = async (
  { records }: Pick<CommandDeps, 'records'>,
  { round }: Workplace,
): Promise<ScoreCharts['funnel']> => {
  const steps: { stage: GatedStage | 'submitted'; count: number }[] = [];
  for (const stage of gatedStages) {
    const list = await decidedList(records, round.state, stage);
    if (!list) continue;
    if (steps.length === 0) steps.push({ stage: 'submitted', count: list.standings.length });
    steps.push({ stage, count: list.standings.filter(({ outcome }) => outcome === 'goes-on').length });
  }
  return steps;
};

const agreementOf = async (
  { raters, anchors, applications }: ScoreTable,
  seed: string,
): Promise<Pick<ScoreCharts, 'report' | 'groups' | 'anchored'>> => {
  const rated = applications.filter(({ scores }) => scores.length > 0);
  if (raters.length < 2 || rated.length < 2)
    return { report: undefined, groups: raters.length, anchored: undefined };
  const ratings = rated.flatMap(ratingsIn);
  // Loaded when somebody looks: the arithmetic weighs more than most pages.
  const { analyse } = await import('#shared/analysis/report.ts');
  const { anchoredIcc } = await import('#shared/analysis/icc.ts');
  const { report, adjustment } = analyse(ratings, seed);
  return { report, groups: adjustment.connection.groups, anchored: anchoredIcc(ratings, anchors) };
};
