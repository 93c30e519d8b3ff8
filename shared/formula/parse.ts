import type { Fault } from '#shared/errors.ts';
import { formulaFault, type Token, tokensOf } from '#shared/formula/tokens.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

export type PairSign = 'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/';

/** A formula as it was understood; `at` is where a part of it begins in what was typed. */
export type Formula =
  | { kind: 'number'; value: number; at: number }
  | { kind: 'name'; name: string; at: number }
  | { kind: 'sign'; sign: '-' | 'not'; of: Formula; at: number }
  | { kind: 'pair'; sign: PairSign; left: Formula; right: Formula; at: number }
  | { kind: 'call'; name: string; given: readonly Formula[]; at: number };

/** How strongly signs bind what stands beside them; `not` and a minus before something lie in between. */
const strengths: Readonly<Record<PairSign, number>> = {
  or: 1,
  and: 2,
  '=': 4,
  '!=': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
};
const notStrength = 3;
const minusStrength = 7;
const comparing = 4;

const isPairSign = (text: string): text is PairSign => Object.hasOwn(strengths, text);

/** Brackets, functions and signs within each other. */
const deepest = 40;

/** Understands a formula, or says at which character it does not. */
export const parseFormula = (text: string): Result<Formula, Fault> => {
  const tokens = tokensOf(text);
  if (!tokens.ok) return tokens;
  const reader = { tokens: tokens.value, index: 0 };
  const formula = read(reader, 0, 1);
  if (!formula.ok) return formula;
  return next(reader).kind === 'end' ? formula : unread('rest', next(reader));
};

type Reader = { tokens: readonly Token[]; index: number };
type Read = Result<Formula, Fault>;

const unread = (what: string, { at, text }: Token): Result<never, Fault> =>
  refuse(formulaFault(what, at, text));

const next = ({ tokens, index }: Reader): Token =>
  tokens[index] ?? tokens.at(-1) ?? { kind: 'end', text: '', at: 1 };

const take = (reader: Reader): Token => {
  const token = next(reader);
  reader.index += 1;
  return token;
};

const isNext = (reader: Reader, sign: string): boolean =>
  next(reader).kind === 'sign' && next(reader).text === sign;

/** Top-down operator precedence (Pratt 1973): goes on as long as signs bind more strongly than `least`. */
const read = (reader: Reader, least: number, depth: number): Read => {
  let left = first(reader, depth);
  while (left.ok) {
    const { kind, text: sign } = next(reader);
    if (kind === 'number' || !isPairSign(sign)) return left;
    const strength = strengths[sign];
    if (strength <= least) return left;
    take(reader);
    const right = read(reader, strength, depth + 1);
    if (!right.ok) return right;
    left = ok({ kind: 'pair', sign, left: left.value, right: right.value, at: left.value.at });
    // 1 < x < 5 would compare yes or no with 5.
    const after = next(reader);
    if (strength === comparing && isPairSign(after.text) && strengths[after.text] === comparing) {
      return unread('chain', after);
    }
  }
  return left;
};

const first = (reader: Reader, depth: number): Read => {
  const token = take(reader);
  const { kind, text, at } = token;
  if (depth > deepest) return unread('deep', token);
  if (kind === 'number') return ok({ kind, value: Number(text), at });
  if (text === '-' || text === 'not') return signed(reader, { sign: text, at }, depth);
  if (text === '(') return closed(reader, read(reader, 0, depth + 1));
  if (kind !== 'name' || isPairSign(text)) return unread(kind === 'end' ? 'end' : 'value', token);
  return isNext(reader, '(') ? called(reader, token, depth) : ok({ kind, name: text, at });
};

const signed = (reader: Reader, { sign, at }: { sign: '-' | 'not'; at: number }, depth: number): Read => {
  const of = read(reader, sign === '-' ? minusStrength : notStrength, depth + 1);
  return of.ok ? ok({ kind: 'sign', sign, of: of.value, at }) : of;
};

const called = (reader: Reader, { text: name, at }: Token, depth: number): Read => {
  take(reader);
  const given: Formula[] = [];
  while (given.length > 0 ? isNext(reader, ',') : !isNext(reader, ')')) {
    if (given.length > 0) take(reader);
    const one = read(reader, 0, depth + 1);
    if (!one.ok) return one;
    given.push(one.value);
  }
  return closed(reader, ok({ kind: 'call', name, given, at }));
};

const closed = (reader: Reader, inside: Read): Read => {
  if (!inside.ok) return inside;
  const token = take(reader);
  return token.kind === 'sign' && token.text === ')' ? inside : unread('bracket', token);
};

/** The same formula in one spelling: read again, it is the same. */
export const printFormula = (formula: Formula): string => {
  switch (formula.kind) {
    case 'number':
      return String(formula.value);
    case 'name':
      return formula.name;
    case 'call':
      return `${formula.name}(${formula.given.map(printFormula).join(', ')})`;
    case 'sign': {
      const { sign, of } = formula;
      const inside = within(of, sign === '-' ? minusStrength : notStrength);
      return sign === '-' ? `-${inside}` : `not ${inside}`;
    }
    case 'pair': {
      const { sign, left, right } = formula;
      const strength = strengths[sign];
      // Of equal strength, the left one was read first; comparisons stand in no row.
      const before = within(left, strength === comparing ? strength : strength - 1);
      return `${before} ${sign} ${within(right, strength)}`;
    }
    default:
      return formula satisfies never;
  }
};

/** In brackets where it binds no stronger than what stands around it. */
const within = (formula: Formula, least: number): string => {
  const text = printFormula(formula);
  return strengthOf(formula) > least ? text : `(${text})`;
};

const strengthOf = (formula: Formula): number => {
  if (formula.kind === 'pair') return strengths[formula.sign];
  if (formula.kind !== 'sign') return Number.POSITIVE_INFINITY;
  return formula.sign === '-' ? minusStrength : notStrength;
};
