import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { lambdaNudge } from '#functions/adapters/lambda/nudge.ts';

const lambda = mockClient(LambdaClient);
afterEach(() => lambda.reset());

describe('asking the outbox to look at once', () => {
  it('does not wait for its work', async () => {
    lambda.on(InvokeCommand).resolves({ StatusCode: 202 });
    const lost: unknown[] = [];

    await lambdaNudge(
      () => 'irikteu-outbox',
      (error) => lost.push(error),
    ).outbox();

    expect(lambda.commandCalls(InvokeCommand)[0]?.args[0].input).toEqual({
      FunctionName: 'irikteu-outbox',
      InvocationType: 'Event',
    });
    expect(lost).toEqual([]);
  });

  it('never fails the command that was stored before it', async () => {
    lambda.on(InvokeCommand).rejects(new Error('throttled'));
    const lost: unknown[] = [];

    await lambdaNudge(
      () => 'irikteu-outbox',
      (error) => lost.push(error),
    ).outbox();

    expect(lost).toEqual([expect.objectContaining({ message: 'throttled' })]);
  });
});
