import type * as z from 'zod';
import { lazily } from '#functions/adapters/lazily.ts';

type Contract<Input, Output> = { name: string; input: z.ZodType<Input>; output: z.ZodType<Output> };

/**
 * Asks another function and waits for its answer; the client is loaded with the first question.
 * @throws when it failed or answered something else. What it says may name whom it was about; its own log has it.
 */
export const lambdaAsking = <Input, Output>(
  { name, output }: Contract<Input, Output>,
  functionName: () => string,
): ((question: Input) => Promise<Output>) => {
  const lambda = lazily(async () => {
    const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
    return { client: new LambdaClient({}), InvokeCommand };
  });
  return async (question) => {
    const { client, InvokeCommand } = await lambda();
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName: functionName(), Payload: JSON.stringify(question) }),
    );
    if (FunctionError !== undefined || !Payload) throw new Error(`The function ${name} gave no answer.`);
    return output.parse(JSON.parse(Payload.transformToString()));
  };
};
