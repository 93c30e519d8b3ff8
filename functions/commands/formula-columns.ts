import type { CommandDeps } from '#functions/commands/deps.ts';
import { type FormulaValues, reckonerFor } from '#functions/commands/formula-values.ts';
import { type NamedFormula, sharedIn } from '#functions/commands/formulas.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { permit } from '#shared/domain/permission.ts';

/** A formula of the committee as a column of the ranking. */
export type FormulaColumn = { formula: NamedFormula; values: FormulaValues };

/** The formulas of a round with their values, for who may see them now; none for anybody else, who may have the list without. */
export const formulaColumns = async (
  deps: Pick<CommandDeps, 'records'>,
  place: Workplace,
): Promise<FormulaColumn[]> => {
  const { by, round } = place;
  if (!permit('formulas.read', by.role, round.state.stage).ok) return [];
  const shared = await sharedIn(deps, place);
  if (shared.length === 0) return [];
  const reckoner = await reckonerFor(deps, place);
  if (!reckoner.ok) return [];
  const { valuesOf } = reckoner.value;
  return shared.map((formula) => ({
    formula,
    values: formula.checked ? valuesOf(formula.checked) : new Map(),
  }));
};
