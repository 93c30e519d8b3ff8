import { correctedNow } from '#functions/commands/corrected.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { discussedIn } from '#functions/commands/discussed.ts';
import { marksBasis } from '#functions/commands/marks-basis.ts';
import { decidedList } from '#functions/commands/proposals/proposal.ts';
import { ratersOf } from '#functions/commands/rater-coding.ts';
import { readableScores } from '#functions/commands/readable-scores.ts';
import { eachOf } from '#functions/commands/selection.ts';
import { cardsOf, type Naming } from '#functions/commands/sheet-cards.ts';
import { type InterviewSheets, interviewSheets } from '#functions/commands/sheet-interview.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { givenNamesOf } from '#functions/commands/staff-names.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { DiscussedSince } from '#shared/domain/after-discussion.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { grantedTotals } from '#shared/domain/corrected.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { weightedTotal } from '#shared/domain/ranking.ts';
import { importedCriteria, type Points } from '#shared/domain/rubric.ts';
import { givenScores, scoringTotal } from '#shared/domain/scoring.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Locale } from '#shared/i18n/locale.ts';
import type {
  AskedCriterion,
  EvaluationSheet,
  EvaluationSheets,
  SheetPart,
} from '#shared/papers/evaluation-sheets.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'readLog' | 'clock' | 'chance' | 'region'> &
  Pick<SignInDeps, 'people'>;

/** Applications in one file: a round with more has several, each drawn while somebody waits. */
export const sheetsPerFile = 100;

const readsAtOnce = 32;

/** One application, or a part of the round, counted from 1 in the order of application numbers. */
export type Which = { applicationId: ApplicationId } | { part: number };

export type SheetsOverview = { place: Workplace; applications: number; parts: number };

/** How many sheets a reader may have, and in how many files they come. */
export const sheetsOverview = async (
  deps: Pick<Deps, 'records' | 'clock'>,
  command: CommitteeCommand,
): Promise<Result<SheetsOverview, Refusal>> => {
  const found = await readableIn(deps, command);
  if (!found.ok) return found;
  const { place, all } = found.value;
  return ok({ place, applications: all.length, parts: Math.ceil(all.length / sheetsPerFile) });
};

/**
 * The data of evaluation sheets, for who may have everybody's scores (`readableScores`). That they were asked for is noted first: they hold
 * what people typed about applicants (law 94-V, art. 22).
 */
export const evaluationSheets = async (
  deps: Deps,
  command: CommitteeCommand & { which: Which },
): Promise<Result<EvaluationSheets, Refusal>> => {
  const found = await readableIn(deps, command);
  if (!found.ok) return found;
  const { place, all, everyone } = found.value;
  const chosen = chosenOf(all, command.which);
  if (chosen.length === 0) return refuse({ kind: 'not-found', what: 'application' });
  const now = deps.clock.now();
  const owner =
    'part' in command.which ? `round#${command.roundId}` : `application#${command.which.applicationId}`;
  await deps.readLog.add({ reader: place.by, owner, what: 'evaluation-sheet', at: now });
  const { file, round } = place;
  const { marksOf } = await marksBasis(deps.records, { roundId: round.state.id, file });
  const held = await interviewSheets(deps, place);
  const nameOf = await namesFor(deps, place, [...everyone, ...besideOf(held)]);
  const since = await discussedIn(deps.records, round.state, 'scoring');
  const sheet = sheetIn(deps, place, { nameOf, marksOf, ratedOf: await ratedIn(deps, place), since, held });
  const { rubric, interviews } = file;
  const corrected = await correctedNow(deps.records, round.state.id);
  const granted = chosen.map((one) => Object.assign({}, one, { corrected: grantedTotals(one, corrected) }));
  return ok({
    kind: 'evaluation-sheets',
    roundId: round.state.id,
    roundFile: round.state.plan.file,
    region: deps.region,
    intake: file.intake,
    title: file.title,
    zone: file.timeZone,
    madeAt: now,
    scoring: { ...sourceOf(rubric), criteria: rubric.criteria.map(askedOf) },
    interview: {
      ...sourceOf(interviews),
      criteria: interviews.criteria.map(askedOf),
      weight: interviews.weight,
      ...(interviews.stations && {
        stations: interviews.stations.map(({ code, title, criteria }) => ({ code, title, criteria })),
      }),
    },
    named: file.cards?.sheets === 'names',
    signatures: await signaturesIn(deps, place),
    sheets: await eachOf(granted, readsAtOnce, sheet),
  });
};

/** The same as PDF, in one language; it is kept nowhere. */
export const drawEvaluationSheets = async (
  deps: Deps & Pick<CommandDeps, 'drawPaper'>,
  command: CommitteeCommand & { which: Which; locale: Locale },
): Promise<Result<{ pdf: Uint8Array<ArrayBuffer>; filename: string }, Refusal>> => {
  const data = await evaluationSheets(deps, command);
  if (!data.ok) return data;
  const { which, locale } = command;
  const [first] = data.value.sheets;
  const name = 'part' in which ? `${data.value.intake}-${which.part}` : first?.number;
  const pdf = await deps.drawPaper({ roundId: command.roundId, locale, data: data.value });
  return ok({ pdf, filename: `evaluation-sheets-${name}-${locale}.pdf` });
};

const readableIn = async (
  deps: Pick<Deps, 'records' | 'clock'>,
  command: CommitteeCommand,
): Promise<Result<{ place: Workplace; all: Candidacy[]; everyone: Candidacy[] }, Refusal>> => {
  const found = await workplace(deps, command, 'evaluation-sheets.read');
  if (!found.ok) return found;
  const readable = await readableScores(deps, found.value, 'scoring');
  if (!readable.ok) return readable;
  const { everyone, all } = readable.value;
  return ok({ place: found.value, everyone, all: all.toSorted((a, b) => (a.number < b.number ? -1 : 1)) });
};

const chosenOf = (all: readonly Candidacy[], which: Which): readonly Candidacy[] =>
  'part' in which
    ? all.slice((which.part - 1) * sheetsPerFile, which.part * sheetsPerFile)
    : all.filter(({ applicationId }) => applicationId === which.applicationId);

const sourceOf = ({ source, confidence, verifiedOn }: Workplace['file']['rubric']) => ({
  source,
  confidence,
  verifiedOn,
});

const askedOf = ({ code, title, weight, independent, markedBy, scale }: AskedCriterion): AskedCriterion => ({
  code,
  title,
  weight,
  ...(independent && { independent }),
  ...(markedBy && { markedBy }),
  scale,
});

/** By code, unless the round file wants names; who gave none stays a code. */
const namesFor = async (
  deps: Deps,
  { round, file, committee }: Workplace,
  everyone: Parameters<typeof ratersOf>[2],
): Promise<(rater: PersonId) => string> => {
  const { codes } = await ratersOf(deps, { round, committee }, everyone);
  const names = file.cards?.sheets === 'names' ? await givenNamesOf(deps, [...codes.keys()]) : new Map();
  return (rater) => names.get(rater) ?? codes.get(rater) ?? '–';
};

/** Whoever judged in interviews that were owed alone has a code as well. */
const besideOf = (held: InterviewSheets | undefined): Parameters<typeof ratersOf>[2] => [
  { raters: [...(held?.judges ?? [])], scores: [], scorecards: [] },
];

const signaturesIn = async (
  deps: Deps,
  { committee }: Workplace,
): Promise<EvaluationSheets['signatures']> => {
  const seats = (committee?.state.seats ?? []).filter(
    ({ seat, leftAt }) => leftAt === undefined && (seat === 'chair' || seat === 'secretary'),
  );
  const names = await givenNamesOf(
    deps,
    seats.map(({ personId }) => personId),
  );
  return seats.map(({ seat, personId }) => ({ seat, name: names.get(personId) }));
};

type Context = {
  nameOf: Naming;
  marksOf: (candidacy: Candidacy) => Points | undefined;
  ratedOf: (id: ApplicationId) => SheetPart['rated'];
  since: DiscussedSince;
  /** Undefined before the interviews are over. */
  held: InterviewSheets | undefined;
};

/** Scores both ways as they were decided with the shortlist; before that nothing says which of them count. */
const ratedIn = async (
  { records }: Pick<Deps, 'records'>,
  { round }: Workplace,
): Promise<Context['ratedOf']> => {
  const list = await decidedList(records, round.state, 'scoring');
  const byId = new Map(list?.standings.map(({ applicationId, rated }) => [applicationId, rated]));
  return (id) => {
    const rated = byId.get(id);
    return rated && list?.adjustment && { ...rated, counts: list.adjustment.counts };
  };
};

const sheetIn =
  (deps: Deps, { file }: Workplace, context: Context) =>
  async (candidacy: Candidacy): Promise<EvaluationSheet> => {
    const { number } = candidacy;
    const scoring = await scoringPart(deps, candidacy, { ...context, criteria: file.rubric.criteria });
    const interview = await context.held?.part(candidacy, context.nameOf);
    if (!interview) return { number, scoring };
    const isWhole = scoring.total !== undefined && interview.total !== undefined;
    const total = isWhole
      ? weightedTotal(
          { scoring: scoring.total ?? 0, interview: interview.total ?? 0 },
          file.interviews.weight,
        )
      : undefined;
    return { number, scoring, interview, ...(total !== undefined && { total }) };
  };

const scoringPart = async (
  deps: Deps,
  candidacy: Candidacy,
  { criteria, nameOf, marksOf, ratedOf, since }: Context & { criteria: readonly RubricCriterion[] },
): Promise<SheetPart> => {
  const both = ratedOf(candidacy.applicationId);
  const isMarked = importedCriteria(criteria).length > 0;
  const marks = isMarked ? marksOf(candidacy) : undefined;
  const total = scoringTotal(candidacy, criteria, marks, both?.[both.counts]);
  return {
    cards: await cardsOf(deps, candidacy, {
      type: 'score-given',
      cards: givenScores(candidacy),
      nameOf,
      since,
    }),
    ...(marks && { marks }),
    ...(isMarked && !marks && { marksMissing: true }),
    ...(total !== undefined && { total }),
    ...(both && { rated: both }),
    ...(candidacy.corrected.scoring !== undefined && { corrected: true }),
  };
};
