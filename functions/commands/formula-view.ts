import type { CommandDeps } from '#functions/commands/deps.ts';
import { reckonerFor } from '#functions/commands/formula-values.ts';
import { formulasIn, type NamedFormula, readIn } from '#functions/commands/formulas.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { ApplicationNumber, FormulaId } from '#shared/domain/ids.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import type { Checked } from '#shared/formula/check.ts';
import { type Distribution, distributionOf } from '#shared/formula/distribution.ts';
import type { Cell } from '#shared/formula/evaluate.ts';
import { type Term, termsOf } from '#shared/formula/terms.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What a formula comes to, for one reader. */
export type FormulaResult = {
  rows: readonly { number: ApplicationNumber; value: Cell }[];
  distribution: Distribution;
};

export type FormulaView = {
  place: Workplace;
  /** All that were shared, oldest first. */
  formulas: readonly NamedFormula[];
  terms: readonly Term[];
  /** The shared one that was asked for. */
  chosen: NamedFormula | undefined;
  /** What it comes to, or the one that was typed. */
  result: FormulaResult | undefined;
  /** What is wrong with what was typed. */
  fault: Fault | undefined;
};

type Asked = CommitteeCommand & { formula?: FormulaId | undefined; typed?: string | undefined };

/** The formulas of a round; and what one of them comes to, or one that is only tried. Nothing is stored. */
export const formulaView = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: Asked,
): Promise<Result<FormulaView, Refusal>> => {
  const found = await workplace(deps, command, 'formulas.read');
  if (!found.ok) return found;
  const place = found.value;
  const formulas = await formulasIn(deps, place);
  const chosen = formulas.find(({ id }) => id === command.formula);
  if (command.formula !== undefined && !chosen) return refuse({ kind: 'not-found', what: 'formula' });
  const read = chosen ? chosenIn(chosen) : typedIn(place, command.typed);
  const result = read.checked && (await resultOf(deps, place, read.checked));
  if (result?.ok === false) return result;
  const { fault } = read;
  return ok({ place, formulas, terms: termsOf(place.file), chosen, result: result?.value, fault });
};

type Read = { checked: Checked | undefined; fault: Fault | undefined };

const chosenIn = ({ checked }: NamedFormula): Read => ({ checked, fault: undefined });

const typedIn = ({ file }: Workplace, typed: string | undefined): Read => {
  const read = typed === undefined ? undefined : readIn(file, typed);
  return read?.ok === false
    ? { checked: undefined, fault: read.error }
    : { checked: read?.value, fault: undefined };
};

const resultOf = async (
  deps: Pick<CommandDeps, 'records'>,
  place: Workplace,
  checked: Checked,
): Promise<Result<FormulaResult, Refusal>> => {
  const reckoner = await reckonerFor(deps, place);
  if (!reckoner.ok) return reckoner;
  const values = reckoner.value.valuesOf(checked);
  const rows = [...values].map(([number, value]) => ({ number, value }));
  return ok({ rows, distribution: distributionOf(rows.map(({ value }) => value)) });
};
