import type { Cell, Value } from '#shared/formula/evaluate.ts';
import type { Formula, PairSign } from '#shared/formula/parse.ts';

/*
 * A second reading of what a formula comes to: slow, person by person, written from the table of shared/formula/README.md and not from
 * the code.
 */

type Scores = (asked: string) => Value;
type Call = Extract<Formula, { kind: 'call' }>;

/** What a formula comes to for one person of those who judged; `who` is undefined for what is one for all. */
export const slowly = (formula: Formula, scores: Scores, who?: number): Cell => {
  const of = (part: Formula): Cell => slowly(part, scores, who);
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'name':
      return personal(scores(formula.name), who);
    case 'sign':
      return signed(formula.sign, of(formula.of));
    case 'pair':
      return paired(formula.sign, of(formula.left), of(formula.right));
    case 'call':
      return gathersAll(formula) ? gathered(formula, scores) : single(formula.name, formula.given.map(of));
    default:
      return formula satisfies never;
  }
};

const personal = (value: Value, who: number | undefined): Cell => {
  if (typeof value === 'number' || typeof value === 'boolean' || value === undefined) return value;
  return who === undefined ? undefined : value[who];
};

const signed = (sign: '-' | 'not', value: Cell): Cell => {
  if (value === undefined) return undefined;
  return sign === '-' ? 0 - Number(value) : !value;
};

const paired = (sign: PairSign, left: Cell, right: Cell): Cell => {
  const both = new Set([left, right]);
  if (sign === 'and') return both.has(false) ? false : both.has(undefined) ? undefined : true;
  if (sign === 'or') return both.has(true) ? true : both.has(undefined) ? undefined : false;
  if (left === undefined || right === undefined) return undefined;
  const [a, b] = [Number(left), Number(right)];
  const order = Math.abs(a - b) < 1e-9 * Math.max(1, Math.abs(a), Math.abs(b)) ? 0 : a - b;
  const answer = { '+': a + b, '-': a - b, '*': a * b, '/': a / b, '=': order === 0, '!=': order !== 0 };
  const orders = { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 };
  const found: Cell = { ...answer, ...orders }[sign];
  return typeof found === 'number' && !Number.isFinite(found) ? undefined : found;
};

const gathersAll = ({ name, given }: Call): boolean =>
  name === 'wavg' ||
  (given.length === 1 && /^(?:count|sum|avg|median|min|max|spread|var|stddev|any|all)$/.test(name));

/** How many judged, where a formula has a value of each; else -1. */
const peopleIn = (formula: Formula, scores: Scores): number => {
  if (formula.kind === 'name') {
    const value = scores(formula.name);
    return typeof value === 'object' ? value.length : -1;
  }
  const parts = {
    number: [],
    sign: 'of' in formula ? [formula.of] : [],
    pair: 'left' in formula ? [formula.left, formula.right] : [],
    call: formula.kind === 'call' && !gathersAll(formula) ? formula.given : [],
  }[formula.kind];
  return Math.max(-1, ...parts.map((one) => peopleIn(one, scores)));
};

const gathered = ({ name, given }: Call, scores: Scores): Cell => {
  const people = Math.max(0, ...given.map((one) => peopleIn(one, scores)));
  const each = Array.from({ length: people }, (_, who) => given.map((one) => slowly(one, scores, who)));
  if (name === 'wavg') return weighted(each);
  const cells = each.flatMap(([first]) => (first === undefined ? [] : [first]));
  if (name === 'count') return cells.filter((cell) => cell !== false).length;
  if (name === 'any' || name === 'all') {
    return cells.length === 0 ? undefined : cells.includes(name === 'any') === (name === 'any');
  }
  return ofAll(
    name,
    cells.map(Number).toSorted((a, b) => a - b),
  );
};

const weighted = (each: readonly Cell[][]): Cell => {
  const whole = each.filter((pair) => pair.every((one) => typeof one === 'number'));
  const under = whole.reduce((all, [, weight]) => all + Number(weight), 0);
  const over = whole.reduce((all, [value, weight]) => all + Number(value) * Number(weight), 0);
  return under === 0 ? undefined : over / under;
};

const ofAll = (name: string, values: readonly number[]): Cell => {
  const n = values.length;
  const [low, high] = [values[0], values.at(-1)];
  if (low === undefined || high === undefined) return undefined;
  const total = values.reduce((a, b) => a + b, 0);
  const squares = values.reduce((all, value) => all + (value - total / n) ** 2, 0);
  const variance = n < 2 ? undefined : squares / (n - 1);
  const middle = [values[Math.ceil(n / 2) - 1] ?? 0, values[Math.floor(n / 2)] ?? 0];
  const answers: Readonly<Record<string, Cell>> = {
    sum: total,
    avg: total / n,
    median: ((middle[0] ?? 0) + (middle[1] ?? 0)) / 2,
    min: low,
    max: high,
    spread: high - low,
    var: variance,
    stddev: variance === undefined ? undefined : variance ** 0.5,
  };
  return answers[name];
};

const single = (name: string, cells: readonly Cell[]): Cell => {
  const [first, second, third] = cells;
  if (name === 'has') return first !== undefined;
  if (name === 'coalesce') return cells.find((cell) => cell !== undefined);
  if (name === 'if') return first === undefined ? undefined : first ? second : third;
  if (cells.includes(undefined)) return undefined;
  const values = cells.map(Number);
  const [value = 0, digits = 0] = values;
  const power = 10 ** Math.min(6, Math.max(0, Math.floor(digits)));
  const answers: Readonly<Record<string, Cell>> = {
    min: Math.min(...values),
    max: Math.max(...values),
    abs: value < 0 ? -value : value,
    floor: Math.floor(value),
    ceil: Math.ceil(value),
    sqrt: value < 0 ? undefined : value ** 0.5,
    round: (Math.sign(value) * Math.round(Math.abs(value) * power * (1 + 1e-12))) / power,
  };
  return answers[name];
};
