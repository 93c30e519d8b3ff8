import { isObject, type Json, type JsonObject } from '#infra/local/step-functions/json.ts';

/** What differs, and where: `path: expected …, was …`. Undefined when all is as recorded. */
export type Difference = string | undefined;

/**
 * Compares with a recording: `"$any"` and `"$opt"` stand for any value, `{"$like": "a $any b"}` for a text with gaps,
 * `{"$json": X}` for a text that is JSON like X; an object where a text was given is compared with the parsed text.
 */
export const differenceOf = (expected: Json, actual: Json | undefined, path = ''): Difference => {
  if (expected === '$opt') return undefined;
  if (actual === undefined) return `${path}: missing`;
  if (expected === '$any') return undefined;
  if (Array.isArray(expected)) return differenceOfArrays(expected, actual, path);
  if (isObject(expected)) return differenceOfObjects(expected, actual, path);
  return expected === actual ? undefined : unlike(expected, actual, path);
};

const differenceOfObjects = (expected: JsonObject, actual: Json, path: string): Difference => {
  const { $like: like, $json: inside } = expected;
  if (typeof like === 'string') {
    const isLike = typeof actual === 'string' && likeness(like).test(actual);
    return isLike ? undefined : unlike(expected, actual, path);
  }
  const value = typeof actual === 'string' ? parsed(actual) : actual;
  if (inside !== undefined) return differenceOf(inside, value, path);
  if (!isObject(value)) return unlike(expected, actual, path);
  for (const key of new Set([...Object.keys(expected), ...Object.keys(value)])) {
    const wanted = expected[key];
    if (wanted === undefined) return `${path}/${key}: not expected`;
    const difference = differenceOf(wanted, value[key], `${path}/${key}`);
    if (difference) return difference;
  }
  return undefined;
};

const differenceOfArrays = (expected: Json[], actual: Json, path: string): Difference => {
  const value = typeof actual === 'string' ? parsed(actual) : actual;
  if (!Array.isArray(value) || value.length !== expected.length) return unlike(expected, actual, path);
  for (const [index, item] of expected.entries()) {
    const difference = differenceOf(item, value[index], `${path}/${index}`);
    if (difference) return difference;
  }
  return undefined;
};

const parsed = (text: string): Json => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const likeness = (pattern: string): RegExp =>
  new RegExp(`^${pattern.split('$any').map(escaped).join('[\\s\\S]*')}$`);

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

const unlike = (expected: Json, actual: Json, path: string): string =>
  `${path}: expected ${JSON.stringify(expected)}, was ${JSON.stringify(actual)}`;
