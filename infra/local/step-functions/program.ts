import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';
import { type Fault, faultsIn } from './checks.ts';
import { hostingFaultsIn } from './hosting.ts';
import { Definition } from './language.ts';

/** A definition that this home can run, under the hash by which executions keep the one they were started with. */
export type Program = { hash: string; text: string; definition: Definition };

/**
 * Checks that a definition uses only what is hosted.
 * @throws HomeFault (unhostable) naming the machine and every state at fault
 */
export const programOf = (name: string, definition: unknown): Program => {
  const checked = checkDefinition(definition);
  if (checked.ok) return checked.program;
  const lines = checked.faults.map(({ path, message }) => `  ${path || 'definition'}: ${message}`);
  throw new HomeFault(`State machine '${name}' cannot run here:\n${lines.join('\n')}`, exitCodes.unhostable);
};

export const checkDefinition = (
  definition: unknown,
): { ok: true; program: Program } | { ok: false; faults: Fault[] } => {
  const parsed = Definition.safeParse(definition);
  if (!parsed.success) return { ok: false, faults: shapeFaultsOf(parsed.error) };
  const faults = [...faultsIn(parsed.data), ...hostingFaultsIn(parsed.data)];
  if (faults.length > 0) return { ok: false, faults };
  const text = JSON.stringify(definition);
  const hash = createHash('sha256').update(text).digest('hex');
  return { ok: true, program: { hash, text, definition: parsed.data } };
};

export const shapeFaultsOf = ({ issues }: z.ZodError): Fault[] => issues.flatMap(faultsOf);

const jsonPathFields = new Set([
  'InputPath',
  'OutputPath',
  'ResultPath',
  'Parameters',
  'ResultSelector',
  'ItemsPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'Variable',
  'ErrorPath',
  'CausePath',
]);

const faultsOf = (issue: z.core.$ZodIssue): Fault[] => {
  const path = pathOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path,
      message: jsonPathFields.has(key)
        ? `the field ${key} belongs to JSONPath; only JSONata is hosted`
        : `the field ${key} is not hosted`,
    }));
  }
  if (issue.code === 'invalid_union' && issue.discriminator) {
    return [{ path, message: 'the Type is not a state type of the Amazon States Language' }];
  }
  return [{ path, message: issue.message }];
};

/** `state 'X', Retry/0/MaxAttempts`: the state by its name, then the field. */
const pathOf = (path: readonly PropertyKey[]): string => {
  const last = path.lastIndexOf('States');
  const state = last >= 0 ? path[last + 1] : undefined;
  const field = (state === undefined ? path : path.slice(last + 2)).map(String).join('/');
  if (state === undefined) return field;
  return `state '${String(state)}'${field ? `, ${field}` : ''}`;
};
