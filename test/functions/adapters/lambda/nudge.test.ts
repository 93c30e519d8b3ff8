import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { lambdaNudge } from '#functions/adapters/lambda/nudge.ts';
import { at } from '#test/builders/worlds.ts';

const lambda = mockClient(LambdaClient);
afterAll(() => lambda.restore());
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

  it('names the rows that were just written, and says nothing of what is in them', async () => {
    lambda.on(InvokeCommand).resolves({ StatusCode: 202 });
    const body = { kind: 'start-execution', machine: 'offer', name: 'MARKER', input: {} } as const;
    const row = { id: 'letter#1', at: at('2022-09-14T04:00'), body };

    await lambdaNudge(
      () => 'irikteu-outbox',
      () => undefined,
    ).outbox([row]);

    const { Payload } = lambda.commandCalls(InvokeCommand)[0]?.args[0].input ?? {};
    expect(Payload).toBe('{"rows":[{"id":"letter#1","at":"2022-09-14T04:00:00.000Z"}]}');
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
