import type * as z from 'zod';
import type { JsonText } from '#shared/domain/json-text.ts';
import type { Fault } from '#shared/errors.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

/** Says every schema issue as a fault at its place in the text. Messages are catalogue keys below `round-file`. */
export const schemaFaults = (issues: readonly Issue[], json: JsonText, at: Path = []): Fault[] =>
  issues.flatMap((issue) => {
    const path = [...at, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({
          ...json.placeOf(path, key),
          message: 'round-file.unknown-key',
          facts: { key },
        }));
      case 'invalid_union':
        return unionFaults(issue, json, path);
      default:
        return [{ ...json.placeOf(path), ...say(issue, valueAt(json.value, path), path) }];
    }
  });

/** Of several shapes, the faults of the one that what was written comes nearest to. */
const unionFaults = (
  issue: Extract<Issue, { code: 'invalid_union' }>,
  json: JsonText,
  path: Path,
): Fault[] => {
  const [first, ...rest] = issue.errors;
  if (!first) {
    const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.join(', ') : '';
    return [{ ...json.placeOf(path), message: 'round-file.option', facts: { options } }];
  }
  const nearest = rest.reduce((best, next) => (weight(next) < weight(best) ? next : best), first);
  return schemaFaults(nearest, json, path);
};

/** A shape of another kind altogether is the farthest. */
const weight = (issues: readonly Issue[]): number =>
  issues.reduce((sum, issue) => {
    if (issue.code === 'unrecognized_keys') return sum + issue.keys.length;
    return issue.code === 'invalid_type' && issue.path.length === 0 ? Number.POSITIVE_INFINITY : sum + 1;
  }, 0);

type Said = Pick<Fault, 'message' | 'facts'>;

const say = (issue: Issue, value: unknown, path: Path): Said => {
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined
        ? { message: 'round-file.missing', facts: { key: String(path.at(-1) ?? '') } }
        : { message: 'round-file.type', facts: { expected: issue.expected } };
    case 'invalid_value':
      return value === undefined
        ? { message: 'round-file.missing', facts: { key: String(path.at(-1) ?? '') } }
        : { message: 'round-file.option', facts: { options: issue.values.map(String).join(', ') } };
    case 'invalid_format':
      return (
        formatMessages[issue.format] ?? {
          message: 'round-file.format',
          facts: { pattern: issue.pattern ?? '' },
        }
      );
    case 'too_small':
      return {
        message: `round-file.${small[sizeOf(issue.origin)]}`,
        facts: { minimum: Number(issue.minimum) },
      };
    case 'too_big':
      return {
        message: `round-file.${big[sizeOf(issue.origin)]}`,
        facts: { maximum: Number(issue.maximum) },
      };
    default:
      return { message: 'round-file.format', facts: { pattern: issue.code } };
  }
};

const formatMessages: Partial<Record<string, Said>> = {
  date: { message: 'round-file.date' },
  datetime: { message: 'round-file.moment' },
};

type Size = 'text' | 'list' | 'number';
const small: Record<Size, string> = { text: 'too-short', list: 'too-few', number: 'too-small' };
const big: Record<Size, string> = { text: 'too-long', list: 'too-many', number: 'too-big' };

const sizeOf = (origin: string): Size =>
  origin === 'string' ? 'text' : origin === 'array' ? 'list' : 'number';

const valueAt = (value: unknown, path: Path): unknown => {
  let found = value;
  for (const step of path) found = memberOf(found, step);
  return found;
};

const memberOf = (value: unknown, step: string | number): unknown =>
  typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(String(step)) : undefined;
