import type { Statement } from '#infra/local/template/properties.ts';

/** One thing that a caller wants to do. Context holds the condition keys that are known, such as ses:FromAddress. */
export type Wish = {
  action: string;
  resource: string;
  context?: Readonly<Record<string, string>> | undefined;
};

/**
 * Evaluates a role's statements as IAM does for identity policies: an explicit Deny wins, nothing is allowed that no
 * statement allows. Conditions that need what the home does not know never hold.
 */
export const evaluate = (
  statements: readonly Statement[],
  wish: Wish,
): 'allowed' | 'denied' | 'not-granted' => {
  const matching = statements.filter((statement) => matches(statement, wish));
  if (matching.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return matching.length > 0 ? 'allowed' : 'not-granted';
};

const matches = ({ Action, Resource, Condition }: Statement, { action, resource, context }: Wish): boolean =>
  (Action ?? []).some((pattern) => patternOf(pattern.toLowerCase()).test(action.toLowerCase())) &&
  (Resource ?? ['*']).some((pattern) => patternOf(pattern).test(resource)) &&
  Object.entries(Condition ?? {}).every(([operator, keys]) => holds(operator, keys, context ?? {}));

const patterns = new Map<string, RegExp>();

/** IAM's wildcards: * for any run of characters, also none, and ? for one. */
export const patternOf = (text: string): RegExp => {
  const known = patterns.get(text);
  if (known) return known;
  const source = text
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const pattern = new RegExp(`^${source}$`, 's');
  patterns.set(text, pattern);
  return pattern;
};

const comparisons: Readonly<Record<string, (expected: string, actual: string) => boolean>> = {
  StringEquals: (expected, actual) => expected === actual,
  StringNotEquals: (expected, actual) => expected !== actual,
  StringLike: (expected, actual) => patternOf(expected).test(actual),
  StringNotLike: (expected, actual) => !patternOf(expected).test(actual),
  ArnEquals: (expected, actual) => patternOf(expected).test(actual),
  ArnLike: (expected, actual) => patternOf(expected).test(actual),
  Bool: (expected, actual) => expected === actual,
};

/** Whether a statement with this operator is judged as IAM does; one that is not must not be hosted. */
export const isKnownOperator = (operator: string): boolean =>
  comparisons[operator.replace(/^ForAnyValue:/, '')] !== undefined;

/** A negative operator must hold for every value, the others for one. */
const holds = (
  operator: string,
  keys: Readonly<Record<string, unknown>>,
  context: Readonly<Record<string, string>>,
): boolean => {
  const name = operator.replace(/^ForAnyValue:/, '');
  const compare = comparisons[name];
  if (!compare) return false;
  return Object.entries(keys).every(([key, value]) => {
    const actual = context[key];
    const expected = [value].flat().map(String);
    if (actual === undefined) return name.includes('Not');
    return name.includes('Not')
      ? expected.every((one) => compare(one, actual))
      : expected.some((one) => compare(one, actual));
  });
};
