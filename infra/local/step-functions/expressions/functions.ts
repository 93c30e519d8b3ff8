import { createHash, randomUUID } from 'node:crypto';

/**
 * The functions that Step Functions adds to JSONata. Messages are ours; what they accept follows AWS's recorded
 * answers: sequences of one collapse (`$range(1,9,9)` is 1), arrays made by a function do not (`$partition([0],3)`).
 */

const algorithms = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

/** The longest array that `$range` and `$partition` make; a payload of 256 KiB holds no more. */
const longest = 131_072;

const fault = (message: string): Error => new Error(message);

const wholeNumber = (value: unknown, what: string): number => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw fault(`${what} must be a number`);
  return Math.floor(value);
};

const partition = (items: unknown, size: unknown): unknown => {
  if (items === undefined) return undefined;
  const list = Array.isArray(items) ? items : [items];
  const length = wholeNumber(size, 'The second argument of $partition');
  if (length < 1) throw fault('The second argument of $partition must be 1 or more');
  return Array.from({ length: Math.ceil(list.length / length) }, (_, index) =>
    list.slice(index * length, (index + 1) * length),
  );
};

const range = (first: unknown, last: unknown, step: unknown): unknown => {
  const from = wholeNumber(first, 'The first argument of $range');
  const to = wholeNumber(last, 'The second argument of $range');
  const by = wholeNumber(step, 'The third argument of $range');
  if (by === 0) throw fault('The third argument of $range must not be 0');
  const length = Math.max(0, Math.floor((to - from) / by) + 1);
  if (length > longest) throw fault(`$range must not make more than ${longest} numbers`);
  const numbers = Array.from({ length }, (_, index) => from + index * by);
  return Object.assign(numbers, { sequence: true });
};

const hash = (data: unknown, algorithm: unknown): string => {
  if (typeof data !== 'string') throw fault('The first argument of $hash must be a string');
  const known = typeof algorithm === 'string' ? algorithms.get(algorithm) : undefined;
  if (!known) throw fault(`The second argument of $hash must be one of ${[...algorithms.keys()].join(', ')}`);
  return createHash(known).update(data, 'utf8').digest('hex');
};

/** The same seed gives the same number: the first 52 bits of its hash, as a fraction. */
const random = (seed: unknown): number => {
  const source = seed === undefined ? randomUUID() : `seed ${wholeNumber(seed, 'The seed of $random')}`;
  return Number.parseInt(createHash('sha256').update(source).digest('hex').slice(0, 13), 16) / 2 ** 52;
};

const parse = (text: unknown): unknown => {
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw fault('The argument of $parse must be a string');
  return JSON.parse(text);
};

/** Bound for each evaluation. `$eval` is there as nothing: Step Functions does not have it. */
export const addedFunctions: Readonly<Record<string, unknown>> = {
  partition,
  range,
  hash,
  random: (seed?: unknown) => random(seed),
  uuid: () => randomUUID(),
  parse,
  eval: undefined,
};
