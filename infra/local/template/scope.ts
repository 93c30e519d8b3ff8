import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';
import type { Stack } from '#infra/local/template/assembly.ts';
import { knownProperties } from '#infra/local/template/known-properties.ts';
import { resolve, type Scope } from '#infra/local/template/resolve.ts';
import { resourceTypes } from '#infra/local/template/resource-types.ts';

/** A resource as the home sees it: every intrinsic replaced, its physical name and ARN known. */
export type Resource = {
  stack: string;
  logicalId: string;
  type: string;
  name: string;
  arn: string;
  ref: string;
  properties: Readonly<Record<string, unknown>>;
};

/** All resources of some types, with their properties read by a schema. */
export type All = <T>(types: readonly string[], schema: z.ZodType<T>) => (Resource & { of: T })[];

/** Values that one stack hands to another: exports by name, parameters as `ssm:NAME`. */
type Handed = Map<string, unknown>;

/**
 * Resolves the resources of all stacks, in the order of their dependencies.
 * @param origin the address that browsers see, as the HTTP API's endpoint
 * @throws HomeFault for a type or property that is not hosted, or a reference that leads nowhere
 */
export const resolveStacks = (stacks: readonly Stack[], origin: string): Resource[] => {
  const handed: Handed = new Map();
  const unmapped = stacks.flatMap(({ name, template }) =>
    Object.entries(template.Resources)
      .filter(([, { Type }]) => resourceTypes[Type] === undefined)
      .map(([logicalId, { Type }]) => `${Type} (${logicalId} in ${name})`),
  );
  if (unmapped.length > 0) {
    throw new HomeFault(
      `This home cannot host ${unmapped.join(', ')}. Each type needs an entry in infra/local/template/resource-types.ts.`,
      exitCodes.unhostable,
    );
  }
  return stacks.flatMap((stack) => resolveStack(stack, origin, handed));
};

const resolveStack = (stack: Stack, origin: string, handed: Handed): Resource[] => {
  const { template } = stack;
  const scope = scopeOf(stack, origin, handed);
  const resources = Object.entries(template.Resources)
    .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition))
    .map(([logicalId, { Type, Properties }]): Resource => {
      const properties = membersOf(resolve(Properties, scope));
      refuseUnhosted(knownProperties[Type], properties, `${Type} ${logicalId} in ${stack.name}`);
      const { name, arn, ref } = identify(stack, logicalId, scope, origin);
      return { stack: stack.name, logicalId, type: Type, name, arn, ref, properties };
    });
  for (const { type, properties } of resources) {
    if (type === 'AWS::SSM::Parameter') handed.set(`ssm:${String(properties['Name'])}`, properties['Value']);
  }
  for (const { Value, Export } of Object.values(template.Outputs)) {
    if (Export) handed.set(String(resolve(Export.Name, scope)), resolve(Value, scope));
  }
  return resources;
};

const refuseUnhosted = (
  known: readonly string[] | undefined,
  properties: Readonly<Record<string, unknown>>,
  where: string,
): void => {
  if (!known) return;
  const found = Object.keys(properties).filter(
    (property) => properties[property] !== undefined && !known.includes(property),
  );
  if (found.length === 0) return;
  throw new HomeFault(`This home does not host ${found.join(', ')} of ${where}.`, exitCodes.unhostable);
};

const membersOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

/** Physical name, ARN and reference, from the table of types. Does not touch the other properties: no circles. */
const identify = (stack: Stack, logicalId: string, scope: Scope, origin: string) => {
  const resource = stack.template.Resources[logicalId];
  const type = resource && resourceTypes[resource.Type];
  if (!resource || !type) throw new HomeFault(`${logicalId} is not in ${stack.name}.`, exitCodes.unhostable);
  const given = type.nameProperty === undefined ? undefined : resource.Properties[type.nameProperty];
  const name = given === undefined ? generatedName(stack.name, logicalId) : String(resolve(given, scope));
  const facts = { name, logicalId, region: stack.awsRegion, account: stack.account, origin };
  const arn = fill(type.arn ?? '{name}', facts);
  const filled = (pattern: string): string => fill(pattern, { ...facts, arn });
  return { name, arn, ref: filled(type.ref ?? '{name}'), filled };
};

const fill = (pattern: string, facts: Readonly<Record<string, string>>): string =>
  pattern.replaceAll(/\{(\w+)\}/g, (whole, key: string) => facts[key] ?? whole);

/** Stable over upgrades, valid for every service (a bucket's name is lower-case and at most 63 characters). */
const generatedName = (stack: string, logicalId: string): string => {
  const tail = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex').slice(0, 8);
  return `${stack}-${logicalId}`.toLowerCase().slice(0, 50).concat('-', tail);
};

const scopeOf = (stack: Stack, origin: string, handed: Handed): Scope => {
  const { template, name } = stack;
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::Region': stack.awsRegion,
    'AWS::AccountId': stack.account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': name,
    'AWS::StackId': `arn:aws:cloudformation:${stack.awsRegion}:${stack.account}:stack/${name}/local`,
    'AWS::NotificationARNs': [],
  };
  const lost = (problem: string): never => {
    throw new HomeFault(`The template of ${name} ${problem}.`, exitCodes.unhostable);
  };

  const parameter = (key: string): unknown => {
    const { Type, Default } = template.Parameters[key] ?? {};
    const value = Type?.startsWith('AWS::SSM::Parameter::Value')
      ? handed.get(`ssm:${String(Default)}`)
      : Default;
    return value ?? lost(`has the parameter ${key} without a value`);
  };

  const scope: Scope = {
    stack: name,
    ref: (key) => {
      if (pseudo[key] !== undefined) return pseudo[key];
      if (template.Parameters[key]) return parameter(key);
      return template.Resources[key] && identify(stack, key, scope, origin).ref;
    },
    attribute: (logicalId, attribute) => {
      const type = resourceTypes[template.Resources[logicalId]?.Type ?? ''];
      const pattern = type?.attributes?.[attribute];
      if (!pattern) return lost(`asks for ${logicalId}.${attribute}, which this home does not give`);
      return identify(stack, logicalId, scope, origin).filled(pattern);
    },
    imported: (key) => handed.get(key) ?? lost(`imports ${key}, which no earlier stack exports`),
    mapped: (map, key, second) =>
      template.Mappings[map]?.[key]?.[second] ?? lost(`looks up ${map}.${key}.${second}, which is not there`),
    condition: (key) => {
      if (!(key in template.Conditions)) lost(`names the condition ${key}, which is not in it`);
      return resolve(template.Conditions[key], scope) === true;
    },
  };
  return scope;
};
