import * as z from 'zod';
import { type ScreeningView, screeningView } from '#functions/commands/candidate-views.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type CardMarks, discussedIn, markedCards } from '#functions/commands/discussed.ts';
import { type FormulaColumn, formulaColumns } from '#functions/commands/formula-columns.ts';
import { marksBasis } from '#functions/commands/marks-basis.ts';
import { ratersOf } from '#functions/commands/rater-coding.ts';
import { rankingOf, readableScores } from '#functions/commands/score-reach.ts';
import { eachOf } from '#functions/commands/selection.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import type { Points } from '#shared/domain/rubric.ts';
import { countedScores } from '#shared/domain/scoring.ts';
import { type SeenList, seenList } from '#shared/domain/walls.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What a committee compares outside the pages; by application number, without anything that names a person. */
export const ListName = z.enum(['applications', 'scores', 'ranking']);
export type ListName = z.infer<typeof ListName>;

/** What one rater gave; raters by code (`raterCodes`). */
export type CodedScore = CardMarks & { rater: string; points: Points; total: number };

export type ScoreTable = {
  /** R1, R2, …: the same person for every reader, as long as the round lasts. */
  raters: readonly string[];
  /** Of those that everybody was to score. */
  anchors: ReadonlySet<ApplicationNumber>;
  applications: readonly {
    number: ApplicationNumber;
    scores: readonly CodedScore[];
    marks: Points | undefined;
  }[];
};

export type RoundList =
  | { name: 'applications'; place: Workplace; screening: ScreeningView }
  | { name: 'scores'; place: Workplace; table: ScoreTable }
  | { name: 'ranking'; place: Workplace; list: SeenList; formulas: readonly FormulaColumn[] };

type Deps = Pick<CommandDeps, 'records' | 'readLog' | 'clock' | 'chance'>;

const readsAtOnce = 32;

/**
 * One list of a round, to be taken away as a file. That it was asked for is noted first. An application with which the reader has a
 * conflict of interest is not in it; in the ranking, which is as it lies on the table or was decided last, its place says so.
 */
export const roundList = async (
  deps: Deps,
  command: CommitteeCommand & { name: ListName },
): Promise<Result<RoundList, Refusal>> => {
  const found = await workplace(deps, command, 'lists.export');
  if (!found.ok) return found;
  const place = found.value;
  const list = await listOf(deps, command, place);
  if (!list.ok) return list;
  const owner = `round#${command.roundId}`;
  await deps.readLog.add({ reader: place.by, owner, what: 'list', at: deps.clock.now() });
  return list;
};

const listOf = async (
  deps: Deps,
  command: CommitteeCommand & { name: ListName },
  place: Workplace,
): Promise<Result<RoundList, Refusal>> => {
  const { name } = command;
  if (name === 'applications') {
    const screening = await screeningView(deps, command);
    return screening.ok ? ok({ name, place, screening: screening.value }) : screening;
  }
  if (name === 'scores') {
    const table = await scoreTable(deps, place);
    return table.ok ? ok({ name, place, table: table.value }) : table;
  }
  const list = await rankingOf(deps, place);
  if (!list) return refuse({ kind: 'no-proposal' });
  const formulas = await formulaColumns(deps, place);
  return ok({ name, place, list: seenList(list, wallIn(place)), formulas });
};

/**
 * Everybody's scores, for who runs the committee, and for an auditor once scoring is over. Whoever still owes a score is not told what
 * others gave, nor a chair of what they may still be asked to score (`readableScores`).
 */
export const scoreTable = async (
  { records, chance }: Pick<CommandDeps, 'records' | 'chance'>,
  { by, round, file, committee }: Workplace,
): Promise<Result<ScoreTable, Refusal>> => {
  const readable = await readableScores({ records }, { by, round, committee });
  if (!readable.ok) return readable;
  const { everyone, all } = readable.value;
  const { state } = round;
  const { marksOf } = await marksBasis(records, { roundId: state.id, file });
  const { codes } = await ratersOf({ records, chance }, { round, committee }, everyone);
  const seen = new Set(all.flatMap((one) => countedScores(one).map(({ raterId }) => raterId)));
  const since = await discussedIn(records, state, 'scoring');
  const drawn = new Set('raters' in state ? state.raters?.anchors : undefined);
  return ok({
    anchors: new Set(all.flatMap(({ applicationId, number }) => (drawn.has(applicationId) ? [number] : []))),
    raters: [...codes].flatMap(([rater, code]) => (seen.has(rater) ? [code] : [])),
    applications: await eachOf(all, readsAtOnce, async (one) => {
      const cards = countedScores(one);
      const { applicationId } = one;
      const marks = await markedCards(records, since, { applicationId, type: 'score-given', cards });
      const scores = cards.map((card): CodedScore => {
        const { raterId, points, total } = card;
        return Object.assign({ rater: codes.get(raterId) ?? '', points, total }, marks.get(card));
      });
      return {
        number: one.number,
        marks: marksOf(one),
        scores: scores.toSorted((a, b) => Number(a.rater.slice(1)) - Number(b.rater.slice(1))),
      };
    }),
  });
};
