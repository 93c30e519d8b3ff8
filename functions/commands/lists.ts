import * as z from 'zod';
import { type ScreeningView, screeningView } from '#functions/commands/candidate-views.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type FormulaColumn, formulaColumns } from '#functions/commands/formula-columns.ts';
import { rankingOf } from '#functions/commands/score-reach.ts';
import { type ScoreTable, scoreTable } from '#functions/commands/score-table.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { CardStage } from '#shared/domain/stage.ts';
import { type SeenList, seenList } from '#shared/domain/walls.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What a committee compares outside the pages; by application number, without anything that names a person. */
export const ListName = z.enum(['applications', 'scores', 'ranking']);
export type ListName = z.infer<typeof ListName>;

export type RoundList =
  | { name: 'applications'; place: Workplace; screening: ScreeningView }
  | { name: 'scores'; place: Workplace; table: ScoreTable }
  | { name: 'ranking'; place: Workplace; list: SeenList; formulas: readonly FormulaColumn[] };

/** `part`: whose cards, where it is a list of scores. */
type ListCommand = CommitteeCommand & { name: ListName; part?: CardStage };

type Deps = Pick<CommandDeps, 'records' | 'readLog' | 'clock' | 'chance'>;

/**
 * One list of a round, to be taken away as a file. That it was asked for is noted first. An application with which the reader has a
 * conflict of interest is not in it; in the ranking, which is as it lies on the table or was decided last, its place says so.
 */
export const roundList = async (deps: Deps, command: ListCommand): Promise<Result<RoundList, Refusal>> => {
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
  command: ListCommand,
  place: Workplace,
): Promise<Result<RoundList, Refusal>> => {
  const { name, part = 'scoring' } = command;
  if (name === 'applications') {
    const screening = await screeningView(deps, command);
    return screening.ok ? ok({ name, place, screening: screening.value }) : screening;
  }
  if (name === 'scores') {
    const table = await scoreTable(deps, place, part);
    return table.ok ? ok({ name, place, table: table.value }) : table;
  }
  const list = await rankingOf(deps, place);
  if (!list) return refuse({ kind: 'no-proposal' });
  const formulas = await formulaColumns(deps, place);
  return ok({ name, place, list: seenList(list, wallIn(place)), formulas });
};
