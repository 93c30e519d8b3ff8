import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { described, done, onRound } from '#functions/api/selection.ts';
import { type FormulaView, formulaView } from '#functions/commands/formula-view.ts';
import { FormulaName, removeFormula, saveFormula } from '#functions/commands/formulas.ts';
import { ApplicationNumber, FormulaId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { longestFormula } from '#shared/formula/tokens.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

const path = '/api/rounds/:round/formulas';

const FormulasAnswer = z.object({
  formulas: z.array(
    z.object({
      id: FormulaId,
      name: FormulaName,
      formula: z.string(),
      savedAt: Instant,
      removedAt: Instant.optional(),
    }),
  ),
  /** What a formula may name, by which other name too, and whether it has one value or one of each who judged. */
  names: z.array(
    z.object({
      name: z.string(),
      short: z.string().optional(),
      values: z.enum(['one', 'raters', 'interviewers']),
    }),
  ),
});

/** Applications by number; one without `value` has none, which is not 0. */
const ValuesAnswer = z.object({
  values: z.array(
    z.object({ number: ApplicationNumber, value: z.union([z.number(), z.boolean()]).optional() }),
  ),
});

const text = z.string().max(400).optional();
const BodyName = z.strictObject({ kk: text, ru: text, en: text });

const reading = [
  'not-found',
  'wrong-stage',
  'unfinished-work',
  'practice-needed',
  'disclosure-needed',
] as const;
const keeping = [
  'not-found',
  'wrong-stage',
  'practice-needed',
  'disclosure-needed',
  'changed-meanwhile',
] as const;

/** Formulas over scores, as the pages show them: with the same rights, and with nothing that they leave out. They decide nothing. */
export const formulaOperations = (deps: ApiDeps): Operation[] => [...looking(deps), ...changing(deps)];

const looking = (deps: ApiDeps): Operation[] => [
  ask(
    {
      ...described('listFormulas', 'formulas.read'),
      method: 'GET',
      path,
      summary:
        'The formulas of the committee, also those that were removed, and what formulas may name in this round.',
      answer: { status: 200, schema: FormulasAnswer },
      refusals: reading,
    },
    (c) =>
      onRound(c, 'formulas.read', async (command) => {
        const found = await formulaView(deps, command);
        return found.ok ? ok(formulasAnswer(found.value)) : found;
      }),
  ),
  ask(
    {
      ...described('tryFormula', 'formulas.read'),
      method: 'GET',
      path: '/api/rounds/:round/formula-values',
      summary: 'What a formula comes to for each application that the reader may see. Nothing is stored.',
      query: { formula: z.string().max(longestFormula).describe('such as avg(methods) + 2 * avg(subject)') },
      answer: { status: 200, schema: ValuesAnswer },
      refusals: [...reading, 'invalid'],
    },
    (c) =>
      onRound(c, 'formulas.read', async (command) =>
        valuesOf(await formulaView(deps, { ...command, typed: c.req.query('formula') ?? '' })),
      ),
  ),
  ask(
    {
      ...described('readFormulaValues', 'formulas.read'),
      method: 'GET',
      path: `${path}/:formula/values`,
      summary: 'What a formula of the committee comes to for each application that the reader may see.',
      answer: { status: 200, schema: ValuesAnswer },
      refusals: reading,
    },
    (c) =>
      onRound(c, 'formulas.read', async (command) => {
        const formula = formulaIn(c.req.param('formula'));
        return formula.ok
          ? valuesOf(await formulaView(deps, { ...command, formula: formula.value }))
          : formula;
      }),
  ),
];

const changing = (deps: ApiDeps): Operation[] => [
  send(
    {
      ...described('shareFormula', 'formulas.keep', 'formula-saved'),
      method: 'POST',
      path,
      summary:
        'Shares a formula with the committee, named in one language at least. The same once more is shared once.',
      body: z.strictObject({ name: BodyName, formula: z.string() }),
      answer: { status: 201, schema: z.object({ id: FormulaId }) },
      refusals: keeping,
    },
    (c, input) =>
      onRound(c, 'formulas.keep', async (command) => {
        const saved = await saveFormula(deps, { ...command, ...input });
        return saved.ok ? ok({ id: saved.value }) : saved;
      }),
  ),
  ask(
    {
      ...described('removeFormula', 'formulas.keep', 'formula-removed'),
      method: 'DELETE',
      path: `${path}/:formula`,
      summary:
        'Takes a formula away: by whoever shared it, the chair or the secretary. That it was there stays on the timeline of the round.',
      answer: { status: 204 },
      refusals: keeping,
    },
    (c) =>
      onRound(c, 'formulas.keep', async (command) => {
        const formula = formulaIn(c.req.param('formula'));
        return formula.ok ? done(await removeFormula(deps, { ...command, formula: formula.value })) : formula;
      }),
  ),
];

const formulaIn = (given: string | undefined): Result<FormulaId, Refusal> => {
  const formula = FormulaId.safeParse(given);
  return formula.success ? ok(formula.data) : refuse({ kind: 'not-found', what: 'formula' });
};

const formulasAnswer = ({ formulas, terms }: FormulaView): z.infer<typeof FormulasAnswer> => ({
  formulas: formulas.map(({ id, name, text: formula, at: savedAt, removed }) => ({
    id,
    name,
    formula,
    savedAt,
    ...(removed && { removedAt: removed.at }),
  })),
  names: terms.map(({ name, short, kind }) => ({ name, ...(short && { short }), values: kind.over })),
});

const valuesOf = (found: Result<FormulaView, Refusal>): Result<z.infer<typeof ValuesAnswer>, Refusal> => {
  if (!found.ok) return found;
  const { fault, result } = found.value;
  if (fault) return refuse({ kind: 'invalid', faults: [fault] });
  return ok({ values: [...(result?.rows ?? [])] });
};
