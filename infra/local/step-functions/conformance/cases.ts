import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** A recorded case, as the README beside the cases describes it; only what is played here. */

const Answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('echo') }),
  z.object({ kind: z.literal('returns'), value: z.json() }),
  z.object({ kind: z.literal('delay'), seconds: z.number() }),
  z.object({ kind: z.literal('returnsLarge'), bytes: z.int() }),
  z.object({ kind: z.literal('fail'), errorType: z.string(), errorMessage: z.string() }),
]);
export type FunctionAnswer = z.infer<typeof Answer>;

const Case = z.object({
  id: z.string(),
  kind: z.enum(['execution', 'state', 'create', 'validate']),
  definition: z.record(z.string(), z.json()),
  input: z.json().optional(),
  needs: z.array(z.string()).default([]),
  lambda: z.record(z.string(), Answer).default({}),
  stateMachines: z.record(z.string(), z.json()).default({}),
  stateName: z.string().optional(),
  variables: z.json().optional(),
  context: z.json().optional(),
  mock: z.record(z.string(), z.json()).optional(),
  stateConfiguration: z.record(z.string(), z.json()).optional(),
  inspection: z.record(z.string(), z.json()).optional(),
  expected: z.record(z.string(), z.json()),
  history: z.array(z.record(z.string(), z.json())).optional(),
  historyOrder: z.enum(['exact', 'multiset', 'subset']).optional(),
});
export type Case = z.infer<typeof Case>;

/** The JSONata cases of a folder with the recordings. */
export const readCases = (folder: string): Case[] => {
  const jsonata = join(folder, 'jsonata');
  return readdirSync(jsonata)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .flatMap((file) => z.array(Case).parse(JSON.parse(readFileSync(join(jsonata, file), 'utf8'))));
};

/** Why a case is not played here; undefined for one that is. */
export const reasonToLeaveOut = ({ kind, needs, definition }: Case): string | undefined => {
  if (kind === 'validate') return 'ValidateStateMachineDefinition API';
  if (kind === 'execution' && JSON.stringify(definition).includes('"Mode":"DISTRIBUTED"'))
    return 'Distributed Map';
  const strange = needs.filter((need) => need !== 'lambda' && need !== 'nested');
  return strange.length > 0 ? `needs ${strange.join(', ')}` : undefined;
};
