import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** A word or a sign of a formula, and where it begins: the first character is 1. */
export type Token = { kind: 'number' | 'name' | 'sign' | 'end'; text: string; at: number };

/** Characters. */
export const longestFormula = 500;

/** What is wrong with a formula; `place` is the name of its field, and the facts say at which character. */
export const formulaFault = (what: string, at: number, found: string): Fault => ({
  place: 'formula',
  message: `formula.fault.${what}`,
  facts: { at, found },
});

/** What people type for a sign of the language. */
const spellings: Readonly<Record<string, string>> = {
  '−': '-',
  '–': '-',
  '×': '*',
  '·': '*',
  '÷': '/',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '<>': '!=',
  '==': '=',
  '&&': 'and',
  '||': 'or',
  '!': 'not',
  ';': ',',
};

/** A name may hold a hyphen or a dot, as codes of criteria do, so a minus between two names stands between spaces. */
const pattern =
  /\s+|(?<number>\d+(?:\.\d+)?)|(?<name>[\p{L}_][\p{L}\p{N}_]*(?:[-.][\p{L}\p{N}_]+)*)|(?<sign><=|>=|<>|!=|==|&&|\|\||[-+*/()=<>,;!−–×·÷≤≥≠])/uy;

/** Nine digits before the point and six behind it: what is longer cannot be a number of points. */
const number = /^\d{1,9}(?:\.\d{1,6})?$/;

/** A formula as words and signs, without what lies between them. */
export const tokensOf = (formula: string): Result<Token[], Fault> => {
  if (formula.length > longestFormula) {
    return refuse({ place: 'formula', message: 'formula.fault.long', facts: { maximum: longestFormula } });
  }
  const tokens: Token[] = [];
  let index = 0;
  while (index < formula.length) {
    const at = index + 1;
    pattern.lastIndex = index;
    const { groups, 0: text = '' } = pattern.exec(formula) ?? {};
    if (!groups) return refuse(formulaFault('sign', at, firstOf(formula.slice(index))));
    index += text.length;
    if (groups['number'] !== undefined) {
      if (!number.test(text)) return refuse(formulaFault('number', at, text));
      if (/^,\d/.test(formula.slice(index))) return refuse(formulaFault('comma', at, text));
      tokens.push({ kind: 'number', text, at });
    } else if (groups['name'] !== undefined) tokens.push({ kind: 'name', text: text.toLowerCase(), at });
    else if (groups['sign'] !== undefined) tokens.push({ kind: 'sign', text: spellings[text] ?? text, at });
  }
  return ok([...tokens, { kind: 'end', text: '', at: formula.length + 1 }]);
};

/** A whole character, also where it takes two code units. */
const firstOf = (text: string): string => String.fromCodePoint(text.codePointAt(0) ?? 0);
