import { exitCodes, HomeFault } from '#infra/local/ports.ts';

/** Where the intrinsic functions of one template find what they refer to. */
export type Scope = {
  /** For messages: the stack's name. */
  stack: string;
  /** A parameter, a resource or a pseudo parameter; undefined where nothing has that name. */
  ref: (name: string) => unknown;
  attribute: (logicalId: string, attribute: string) => unknown;
  imported: (name: string) => unknown;
  mapped: (map: string, key: string, second: string) => unknown;
  condition: (name: string) => boolean;
};

/** Stands for AWS::NoValue: a property that is as if it were not there. */
const absent = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/**
 * The value of a template expression, every intrinsic function replaced.
 * @throws HomeFault naming an intrinsic that the home does not know, or a reference that leads nowhere
 */
export const resolve = (value: unknown, scope: Scope): unknown => {
  const resolved = resolveOrAbsent(value, scope);
  return resolved === absent ? undefined : resolved;
};

const resolveOrAbsent = (value: unknown, scope: Scope): unknown => {
  if (Array.isArray(value)) {
    return value.map((item) => resolveOrAbsent(item, scope)).filter((item) => item !== absent);
  }
  if (typeof value === 'string') return dynamicReferences(value, scope);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (first && entries.length === 1 && isIntrinsicName(first[0])) return callIntrinsic(first, scope);
  return Object.fromEntries(
    entries
      .map(([key, item]): [string, unknown] => [key, resolveOrAbsent(item, scope)])
      .filter(([, item]) => item !== absent),
  );
};

const isIntrinsicName = (name: string): boolean =>
  name === 'Ref' || name === 'Condition' || name.startsWith('Fn::');

const callIntrinsic = ([name, argument]: [string, unknown], scope: Scope): unknown => {
  // Inside a policy statement, Condition is an ordinary member that holds an object.
  if (name === 'Condition' && typeof argument !== 'string') {
    return { Condition: resolveOrAbsent(argument, scope) };
  }
  const intrinsic = intrinsics[name];
  if (!intrinsic) throw fault(scope, `uses ${name}, which this home does not know`);
  return intrinsic(argument, scope);
};

const fault = (scope: Scope, problem: string): HomeFault =>
  new HomeFault(`The template of ${scope.stack} ${problem}.`, exitCodes.unhostable);

const refer = (name: unknown, scope: Scope): unknown => {
  if (name === 'AWS::NoValue') return absent;
  const value = typeof name === 'string' ? scope.ref(name) : undefined;
  if (value === undefined) throw fault(scope, `refers to ${String(name)}, which is not in it`);
  return value;
};

const listOf = (argument: unknown, scope: Scope): unknown[] => {
  const list = resolve(argument, scope);
  if (!Array.isArray(list))
    throw fault(scope, `has an intrinsic that needs a list: ${JSON.stringify(argument)}`);
  return list;
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const join: Intrinsic = (argument, scope) => {
  const [separator, items] = listOf(argument, scope);
  return (Array.isArray(items) ? items : []).map(textOf).join(textOf(separator));
};

const attribute: Intrinsic = (argument, scope) => {
  const [logicalId = '', name = ''] =
    typeof argument === 'string' ? argument.split(/\.(.*)/s) : listOf(argument, scope).map(textOf);
  return scope.attribute(logicalId, name);
};

const substitute: Intrinsic = (argument, scope) => {
  const [text, more] = Array.isArray(argument) ? argument : [argument, {}];
  const given = resolve(more, scope);
  const variables = new Map(Object.entries(given ?? {}));
  return textOf(text).replaceAll(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, name: string) => {
    if (literal !== '') return whole.replace('!', '');
    if (variables.has(name)) return textOf(variables.get(name));
    return textOf(name.includes('.') ? attribute(name, scope) : refer(name, scope));
  });
};

const select: Intrinsic = (argument, scope) => {
  const [index, items] = listOf(argument, scope);
  const item: unknown = Array.isArray(items) ? items[Number(index)] : undefined;
  if (item === undefined) throw fault(scope, `selects item ${String(index)} of a list that has none`);
  return item;
};

const split: Intrinsic = (argument, scope) => {
  const [separator, text] = listOf(argument, scope).map(textOf);
  return (text ?? '').split(separator ?? '');
};

const find: Intrinsic = (argument, scope) => {
  const [map = '', key = '', second = ''] = listOf(argument, scope).map(textOf);
  return scope.mapped(map, key, second);
};

const choose: Intrinsic = (argument, scope) => {
  const [condition, then, otherwise] = Array.isArray(argument) ? argument : [];
  return resolveOrAbsent(scope.condition(textOf(condition)) ? then : otherwise, scope);
};

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: refer,
  Condition: (argument, scope) => scope.condition(textOf(argument)),
  'Fn::GetAtt': attribute,
  'Fn::Join': join,
  'Fn::Sub': substitute,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::If': choose,
  'Fn::FindInMap': find,
  'Fn::ImportValue': (argument, scope) => scope.imported(textOf(resolve(argument, scope))),
  'Fn::Base64': (argument, scope) => Buffer.from(textOf(resolve(argument, scope))).toString('base64'),
  'Fn::Equals': (argument, scope) => {
    const [left, right] = listOf(argument, scope);
    return textOf(left) === textOf(right);
  },
  'Fn::And': (argument, scope) => listOf(argument, scope).every((item) => item === true),
  'Fn::Or': (argument, scope) => listOf(argument, scope).includes(true),
  'Fn::Not': (argument, scope) => listOf(argument, scope)[0] !== true,
};

/** `{{resolve:ssm:/name}}`, with or without a version. */
const dynamicReferences = (text: string, scope: Scope): string =>
  text.replaceAll(/\{\{resolve:([a-z-]+):([^}:]+)(?::\d+)?\}\}/g, (_whole, service: string, name: string) => {
    if (service !== 'ssm')
      throw fault(scope, `resolves a value from ${service}, which this home does not have`);
    return textOf(scope.imported(`ssm:${name}`));
  });
