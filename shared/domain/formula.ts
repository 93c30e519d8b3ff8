import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { FormulaId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** A formula that somebody shares with the committee. It informs and never decides: nothing reads it but pages, lists and charts. */
const SharedFormula = z.object({
  id: FormulaId,
  by: PersonId,
  at: Instant,
  /** What it is called, and the formula in one spelling. */
  document: DocumentRef,
  removed: z.object({ by: PersonId, at: Instant }).optional(),
});
export type SharedFormula = z.infer<typeof SharedFormula>;

/** The formulas of one round in the order of saving, also those that were removed; its id is the round's. */
const Formulas = z.object({ roundId: RoundId, formulas: z.array(SharedFormula) });
export type Formulas = z.infer<typeof Formulas>;

export const FormulasEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('formula-saved'),
    at: Instant,
    roundId: RoundId,
    formula: FormulaId,
    by: PersonId,
    document: DocumentRef,
  }),
  z.object({ type: z.literal('formula-removed'), at: Instant, formula: FormulaId, by: PersonId }),
]);
export type FormulasEvent = z.infer<typeof FormulasEvent>;

export const formulasAggregate: Aggregate<Formulas, FormulasEvent> = {
  name: 'formulas',
  event: FormulasEvent,
  snapshot: Formulas,
  evolve: (before, event) => {
    const { at, by } = event;
    if (event.type === 'formula-saved') {
      const { roundId, formula: id, document } = event;
      return { roundId, formulas: [...(before?.formulas ?? []), { id, by, at, document }] };
    }
    if (!before) throw new Error(`Formulas cannot begin with ${event.type}.`);
    const formulas = before.formulas.map((one) =>
      one.id === event.formula ? { ...one, removed: { by, at } } : one,
    );
    return { ...before, formulas };
  },
  lists: () => ({}),
};

/** So many columns a table can show; and so many in all, that the record stays small. */
const mostStanding = 20;
const mostEver = 400;

export const standingFormulas = (formulas: Formulas | undefined): SharedFormula[] =>
  (formulas?.formulas ?? []).filter(({ removed }) => removed === undefined);

type Decision = Result<FormulasEvent[], Refusal>;

/** Shares a formula that was checked. */
export const saveFormula = (
  formulas: Formulas | undefined,
  saved: { roundId: RoundId; formula: FormulaId; by: PersonId; document: DocumentRef },
  now: Instant,
): Decision => {
  const isFull = (formulas?.formulas.length ?? 0) >= mostEver;
  if (isFull || standingFormulas(formulas).length >= mostStanding) {
    const facts = { maximum: isFull ? mostEver : mostStanding };
    return refuse({ kind: 'invalid', faults: [{ place: 'formula', message: 'formula.fault.full', facts }] });
  }
  return ok([{ type: 'formula-saved', at: now, ...saved }]);
};

/** Takes one away: whoever shared it, or who runs the committee. Once more changes nothing. */
export const removeFormula = (
  formulas: Formulas | undefined,
  { formula, by, runsCommittee }: { formula: FormulaId; by: PersonId; runsCommittee: boolean },
  now: Instant,
): Decision => {
  const found = formulas?.formulas.find(({ id }) => id === formula);
  if (!found) return refuse({ kind: 'not-found', what: 'formula' });
  if (found.by !== by && !runsCommittee) return refuse({ kind: 'not-allowed' });
  return ok(found.removed ? [] : [{ type: 'formula-removed', at: now, formula, by }]);
};
