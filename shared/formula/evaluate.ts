import { gatherings, weightedMean } from '#shared/formula/gathering.ts';
import type { Formula, PairSign } from '#shared/formula/parse.ts';

/** One value, or none: what is missing is missing, and never 0. */
export type Cell = number | boolean | undefined;

/** Of one application: a value, or a value of each who judged it, always in the same order of people. */
export type Value = Cell | readonly Cell[];

/**
 * What a formula comes to for one application; no value where it cannot be told: what it needs is missing, something is divided by 0,
 * or it is not finite.
 * @param valueOf what a name stands for; none where there is none
 */
export const evaluate = (formula: Formula, valueOf: (name: string) => Value): Value => {
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'name':
      return valueOf(formula.name);
    case 'sign': {
      const of = evaluate(formula.of, valueOf);
      return forEach([of], ([one]) =>
        formula.sign === '-' ? (isNumber(one) ? -one : undefined) : isTruth(one) ? !one : undefined,
      );
    }
    case 'pair': {
      const both = [evaluate(formula.left, valueOf), evaluate(formula.right, valueOf)];
      return forEach(both, ([left, right]) => paired(formula.sign, left, right));
    }
    case 'call':
      return called(
        formula.name,
        formula.given.map((one) => evaluate(one, valueOf)),
      );
    default:
      return formula satisfies never;
  }
};

/** What a checked formula comes to. */
export const valueFor = (formula: Formula, valueOf: (name: string) => Value): Cell => {
  const value = evaluate(formula, valueOf);
  return isMany(value) ? undefined : value;
};

const isNumber = (cell: Cell): cell is number => typeof cell === 'number';
const isTruth = (cell: Cell): cell is boolean => typeof cell === 'boolean';
const isMany = (value: Value): value is readonly Cell[] => Array.isArray(value);

/** Works on each value by itself; what is one for all stands beside each. */
const forEach = (values: readonly Value[], work: (cells: readonly Cell[]) => Cell): Value => {
  const many = values.find(isMany);
  const at = (index: number): Cell =>
    finiteOf(work(values.map((value) => (isMany(value) ? value[index] : value))));
  return many ? many.map((_one, index) => at(index)) : at(0);
};

const paired = (sign: PairSign, left: Cell, right: Cell): Cell => {
  if (sign === 'and') return decided(left, right, false);
  if (sign === 'or') return decided(left, right, true);
  if (isTruth(left) && isTruth(right)) return sign === '=' ? left === right : left !== right;
  return isNumber(left) && isNumber(right) ? counted[sign](left, right) : undefined;
};

/** One of two may decide alone, whatever the other would have been (Kleene 1938). */
const decided = (left: Cell, right: Cell, by: boolean): Cell => {
  if (left === by || right === by) return by;
  return isTruth(left) && isTruth(right) ? !by : undefined;
};

const counted: Readonly<Record<Exclude<PairSign, 'and' | 'or'>, (left: number, right: number) => Cell>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => (right === 0 ? undefined : left / right),
  '=': (left, right) => isEqual(left, right),
  '!=': (left, right) => !isEqual(left, right),
  '<': (left, right) => left < right && !isEqual(left, right),
  '<=': (left, right) => left <= right || isEqual(left, right),
  '>': (left, right) => left > right && !isEqual(left, right),
  '>=': (left, right) => left >= right || isEqual(left, right),
};

/** 0.1 + 0.2 is 0.3 to people, and not to a processor. */
const isEqual = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

const called = (name: string, given: readonly Value[]): Value => {
  const [first, second] = given;
  if (name === 'wavg') {
    const pairs = forPairs(first, second);
    return finiteOf(pairs && weightedMean(pairs));
  }
  if (given.length > 1 || !isGathering(name)) return forEach(given, (cells) => eachOf(name, cells));
  return isMany(first) ? gathered(name, first) : undefined;
};

const isGathering = (name: string): boolean =>
  Object.hasOwn(gatherings, name) || name === 'count' || name === 'any' || name === 'all';

const gathered = (name: string, cells: readonly Cell[]): Cell => {
  if (name === 'count') return cells.filter((cell) => isNumber(cell) || cell === true).length;
  const told = cells.filter(isTruth);
  if (name === 'any') return told.length === 0 ? undefined : told.includes(true);
  if (name === 'all') return told.length === 0 ? undefined : !told.includes(false);
  return finiteOf(gatherings[name]?.(cells.filter(isNumber).toSorted((a, b) => a - b)));
};

const finiteOf = (value: Cell): Cell => (isNumber(value) && !Number.isFinite(value) ? undefined : value);

const forPairs = (values: Value, weights: Value): (readonly [number, number])[] | undefined => {
  const many = [values, weights].find(isMany);
  const at = (value: Value, index: number): Cell => (isMany(value) ? value[index] : value);
  return many?.flatMap((_one, index) => {
    const [value, weight] = [at(values, index), at(weights, index)];
    return isNumber(value) && isNumber(weight) ? [[value, weight] as const] : [];
  });
};

const eachOf = (name: string, cells: readonly Cell[]): Cell => {
  const [first, second, third] = cells;
  if (name === 'has') return first !== undefined;
  if (name === 'coalesce') return cells.find((cell) => cell !== undefined);
  if (name === 'if') return isTruth(first) ? (first ? second : third) : undefined;
  const numbers = cells.filter(isNumber);
  // What one of several is, nobody knows while another is missing.
  if (numbers.length < cells.length || first === undefined) return undefined;
  return ofNumbers[name]?.(numbers);
};

const ofNumbers: Readonly<Record<string, (numbers: readonly number[]) => number | undefined>> = {
  min: (numbers) => Math.min(...numbers),
  max: (numbers) => Math.max(...numbers),
  abs: ([value = 0]) => Math.abs(value),
  floor: ([value = 0]) => Math.floor(value),
  ceil: ([value = 0]) => Math.ceil(value),
  sqrt: ([value = 0]) => (value < 0 ? undefined : Math.sqrt(value)),
  round: ([value = 0, digits = 0]) => roundedTo(value, digits),
};

/** To so many decimals, six at most; a half goes away from 0, as people were taught. */
const roundedTo = (value: number, digits: number): number => {
  const power = powers[Math.min(6, Math.max(0, Math.floor(digits)))] ?? 1;
  const size = Math.abs(value) * power;
  // 1.005 × 100 is 100.49999999999999 to a processor.
  return (Math.sign(value) * Math.floor(size + 0.5 + 1e-12 * Math.max(1, size))) / power;
};

const powers = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000];
