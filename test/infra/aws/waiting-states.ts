import * as z from 'zod';
import { asText, at } from '#test/infra/aws/stacks.ts';

const Definition = z.looseObject({
  StartAt: z.string(),
  States: z.record(z.string(), z.looseObject({ Resource: z.string().optional() })),
});

export type WaitingState = { name: string; start: string; state: unknown };

/** Every state of a deployed machine that waits for a token, wherever it stands in it. */
export const waitsIn = (id: string, properties: unknown): WaitingState[] => {
  const text = asText(at(properties, 'DefinitionString'));
  const { StartAt: start, States } = Definition.parse(JSON.parse(text));
  const found = Object.entries(States).flatMap(([name, state]): WaitingState[] =>
    state.Resource?.endsWith('.waitForTaskToken') ? [{ name, start, state }] : [],
  );
  const marks = text.split('waitForTaskToken').length - 1;
  if (marks !== found.length)
    throw new Error(`${id} waits in a Map or a Parallel, which nobody looked into.`);
  return found;
};
