import * as fc from 'fast-check';
import type { Cell, Value } from '#shared/formula/evaluate.ts';
import type { Formula, PairSign } from '#shared/formula/parse.ts';
import type { Kind } from '#shared/formula/terms.ts';

/*
 * Formulas of chance, and scores of chance to reckon with.
 */

/** Names of the tests: two of raters, one of interviewers, one for each application. */
export const kinds: ReadonlyMap<string, { kind: Kind }> = new Map<string, { kind: Kind }>([
  ['methods', { kind: { of: 'number', over: 'raters' } }],
  ['sample-lesson', { kind: { of: 'number', over: 'raters' } }],
  ['interview.speech', { kind: { of: 'number', over: 'interviewers' } }],
  ['total', { kind: { of: 'number', over: 'one' } }],
]);

const at = 1;
const number = fc
  .tuple(fc.integer({ min: 0, max: 200 }), fc.constantFrom(1, 10, 100))
  .map(([value, over]): Formula => ({ kind: 'number', value: value / over, at }));
const name = fc.constantFrom(...kinds.keys()).map((one): Formula => ({ kind: 'name', name: one, at }));
const signs: readonly PairSign[] = ['or', 'and', '=', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/'];
const names = [
  'count',
  'sum',
  'avg',
  'wavg',
  'median',
  'min',
  'max',
  'spread',
  'var',
  'stddev',
  'any',
  'all',
  'abs',
  'round',
  'floor',
  'ceil',
  'sqrt',
  'if',
  'coalesce',
  'has',
];

/** Any formula that can be written, also those that mean nothing. */
export const anyFormula: fc.Arbitrary<Formula> = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    number,
    name,
    fc
      .tuple(fc.constantFrom('-' as const, 'not' as const), tie('formula'))
      .map(([sign, of]): Formula => ({ kind: 'sign', sign, of, at })),
    fc
      .tuple(fc.constantFrom(...signs), tie('formula'), tie('formula'))
      .map(([sign, left, right]): Formula => ({ kind: 'pair', sign, left, right, at })),
    fc
      .tuple(fc.constantFrom(...names), fc.array(tie('formula'), { maxLength: 3 }))
      .map(([called, given]): Formula => ({ kind: 'call', name: called, given, at })),
  ),
})).formula;

/** The same formula without where its parts stood in the text. */
export const unplaced = (formula: Formula): unknown =>
  JSON.parse(JSON.stringify(formula, (key, value: unknown) => (key === 'at' ? undefined : value)));

/** What an application may have: so many raters, each with or without a value. */
export const anyScores: fc.Arbitrary<{ raters: [Cell, Cell][]; interviewers: Cell[]; total: Cell }> =
  fc.record({
    raters: fc.array(fc.tuple(points(), points()), { maxLength: 5 }),
    interviewers: fc.array(points(), { maxLength: 4 }),
    total: points(),
  });

function points(): fc.Arbitrary<Cell> {
  return fc.option(
    fc.integer({ min: -40, max: 400 }).map((tenth) => tenth / 10),
    { nil: undefined, freq: 4 },
  );
}

export const valuesOf =
  ({ raters, interviewers, total }: { raters: [Cell, Cell][]; interviewers: Cell[]; total: Cell }) =>
  (asked: string): Value => {
    if (asked === 'methods') return raters.map(([first]) => first);
    if (asked === 'sample-lesson') return raters.map(([, second]) => second);
    return asked === 'interview.speech' ? interviewers : total;
  };
