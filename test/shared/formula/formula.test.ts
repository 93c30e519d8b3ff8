import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFormula } from '#shared/formula/check.ts';
import { evaluate, type Value, valueFor } from '#shared/formula/evaluate.ts';
import { functions } from '#shared/formula/functions.ts';
import { parseFormula, printFormula } from '#shared/formula/parse.ts';
import { anyFormula, anyScores, kinds, unplaced, valuesOf } from './formulas.ts';
import { slowly } from './slow-reading.ts';

/** Three raters of whom one judged no sample lesson, one interviewer, and a total. */
const scores: Readonly<Record<string, Value>> = {
  methods: [2, 5, 3],
  'sample-lesson': [4, undefined, 1],
  'interview.speech': [7],
  total: 61.5,
};

const comesTo = (text: string, values: Readonly<Record<string, Value>> = scores) => {
  const read = readFormula(text, kinds);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return valueFor(read.value.formula, (name) => values[name]);
};

const faultOf = (text: string) => {
  const read = readFormula(text, kinds);
  return read.ok ? undefined : [read.error.message.replace('formula.fault.', ''), read.error.facts?.['at']];
};

it('the table of README.md has every function', () => {
  const text = readFileSync(new URL('../../../shared/formula/README.md', import.meta.url), 'utf8');

  for (const { example } of functions) expect(text).toContain(`| \`${example}\` |`);
});

describe('a formula', () => {
  it.for([
    ['avg(methods) + 2 * avg(sample-lesson)', 10 / 3 + 5],
    ['max(methods) - min(methods)', 3],
    ['spread(methods) = max(methods) - min(methods)', true],
    ['count(methods < 3)', 1],
    ['count(sample-lesson)', 2],
    ['median(methods)', 3],
    ['median(sample-lesson)', 2.5],
    ['var(methods)', 7 / 3],
    ['stddev(sample-lesson)', Math.sqrt(4.5)],
    ['stddev(interview.speech)', undefined],
    ['wavg(methods, sample-lesson)', (2 * 4 + 3 * 1) / 5],
    ['wavg(methods, 0 * methods)', undefined],
    ['avg(max(methods, sample-lesson))', 3.5],
    ['avg(coalesce(sample-lesson, methods))', 10 / 3],
    ['avg(if(methods > 2; sample-lesson; 0))', 0.5],
    ['any(sample-lesson > 3)', true],
    ['all(sample-lesson > 3)', false],
    ['if(total >= 60 and not any(methods < 2), 1, 0)', 1],
    ['round(avg(methods), 1)', 3.3],
    ['round(1.005, 2)', 1.01],
    ['round(-2.5)', -3],
    ['0.1 + 0.2 = 0.3', true],
    ['0.1 + 0.2 > 0.3', false],
    ['total / 0', undefined],
    ['total / (1 - 1) = total', undefined],
    ['sqrt(0 - total)', undefined],
    ['-2 * -3', 6],
    ['2 − 3 × 2 ≤ 0', true],
    ['1 - 2 - 3', -4],
    ['8 / 4 / 2', 1],
    ['(1 + 2) * 3', 9],
    ['AVG(Methods) = avg(methods)', true],
    ['coalesce(total / 0, 5)', 5],
    ['has(total)', true],
    ['count(methods < 3 or sample-lesson < 2)', 2],
  ] as const)('%s is %s', ([text, expected]) => {
    const answer = comesTo(text);

    if (typeof expected === 'number') expect(answer).toBeCloseTo(expected, 12);
    else expect(answer).toBe(expected);
  });

  it.for([
    ['', 'end', 1],
    ['   ', 'end', 4],
    ['avg(methods', 'bracket', 12],
    ['avg(methods))', 'rest', 13],
    ['methods', 'many', 1],
    ['1 + methods', 'many', 1],
    ['avg(total)', 'one', 1],
    ['avg', 'no-arguments', 1],
    ['avg()', 'arguments', 1],
    ['round(1, 2, 3)', 'arguments-between', 1],
    ['mean(methods)', 'unknown-function', 1],
    ['total + lesson', 'unknown-name', 9],
    ['total-methods', 'unknown-hyphen', 1],
    ['avg(methods) + (methods < 3)', 'no-number', 17],
    ['total and total > 1', 'no-truth', 1],
    ['if(total, 1, 0)', 'no-truth', 4],
    ['if(total > 1, 1, total > 2)', 'no-number', 18],
    ['avg(methods + interview.speech)', 'apart', 15],
    ['1 < total < 5', 'chain', 11],
    ['total = 1,5', 'comma', 9],
    ['total ^ 2', 'sign', 7],
    ['total + 🙂', 'sign', 9],
    ['1 2', 'rest', 3],
    ['1 +', 'end', 4],
    ['+ 1', 'value', 1],
    ['1e5', 'rest', 2],
    ['1234567890', 'number', 1],
    [`${'('.repeat(60)}1${')'.repeat(60)}`, 'deep', 41],
    ['1 + '.repeat(200), 'long', undefined],
    ['балл + 1', 'unknown-name', 1],
  ] as const)('%s is refused: %s at character %s', ([text, what, at]) => {
    expect(faultOf(text)).toEqual([what, at]);
  });

  it('says of missing values nothing, and counts them nowhere', () => {
    const none = { methods: [undefined, undefined], total: undefined };

    for (const text of [
      'sum(methods)',
      'avg(methods)',
      'max(methods)',
      'any(methods > 1)',
      'total + 1',
      'min(total, 1)',
    ])
      expect(comesTo(text, none)).toBeUndefined();
    expect(comesTo('count(methods)', none)).toBe(0);
    // Who may not see any of it is not told that there are none.
    expect(comesTo('count(methods)', {})).toBeUndefined();
    expect(comesTo('total > 1 and 1 > 2', none)).toBe(false);
    expect(comesTo('total > 1 or 2 > 1', none)).toBe(true);
    expect(comesTo('total > 1 or 1 > 2', none)).toBeUndefined();
  });

  it('is the same when it is printed and read again', () => {
    fc.assert(
      fc.property(anyFormula, (formula) => {
        const text = printFormula(formula);
        const again = parseFormula(text);

        if (text.length > 500) return;
        // So many within each other are refused; everything else is read as it was meant.
        if (!again.ok) expect(again.error.message).toBe('formula.fault.deep');
        else {
          expect(unplaced(again.value)).toEqual(unplaced(formula));
          expect(printFormula(again.value)).toBe(text);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws, whatever is typed and whatever the scores are', () => {
    const pieces = fc.array(
      fc.constantFrom(
        'avg(',
        'methods',
        'total',
        ')',
        '(',
        ',',
        '-',
        ' ',
        'not ',
        '<',
        '=',
        '1',
        '.5',
        'if(',
        '1,5',
        'ә',
        '\u0000',
        '🙂',
      ),
    );
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      pieces.map((all) => all.join('')),
    );
    fc.assert(
      fc.property(typed, anyFormula, anyScores, (text, formula, some) => {
        const read = readFormula(text, kinds);
        if (read.ok) valueFor(read.value.formula, valuesOf(some));
        else expect(read.error.place).toBe('formula');
        // Also one that no check has seen.
        evaluate(formula, valuesOf(some));
      }),
      { numRuns: 2000 },
    );
  });

  it('comes to what a second, slow reading of it does, and to the same bits in any order of raters', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyFormula, anyScores, fc.nat(), (formula, some, turn) => {
        const read = readFormula(printFormula(formula), kinds);
        if (!read.ok) return;
        const value = valueFor(read.value.formula, valuesOf(some));
        const { raters, interviewers, total } = some;
        const turned = <T>(all: readonly T[]): T[] =>
          [...all.slice(turn % (all.length || 1)), ...all.slice(0, turn % (all.length || 1))].toReversed();
        const other = { raters: turned(raters), interviewers: turned(interviewers), total };
        expect(valueFor(read.value.formula, valuesOf(other))).toBe(value);

        const expected = slowly(read.value.formula, valuesOf(some));
        if (typeof value === 'number' && typeof expected === 'number') expect(value).toBeCloseTo(expected, 6);
        else expect(value).toBe(expected);
        if (value !== undefined) compared += 1;
      }),
      // A seed, since rounding may part two readings at a half or a limit.
      { numRuns: 20_000, seed: 7 },
    );
    expect(compared).toBeGreaterThan(500);
  });
});
