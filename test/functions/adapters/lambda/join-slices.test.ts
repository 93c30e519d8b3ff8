import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { lambdaJoining } from '#functions/adapters/lambda/join-slices.ts';
import { joinUpload } from '#shared/domain/slices.ts';

const lambda = mockClient(LambdaClient);
afterAll(() => lambda.restore());
afterEach(() => lambda.reset());

const order = joinUpload.input.parse({
  applicationId: 'APP001'.padEnd(20, '0'),
  documentId: 'D0C001'.padEnd(20, '0'),
  bytes: 3,
  sha256: 'a'.repeat(64),
});

const answered = (text: string) =>
  Object.assign(new TextEncoder().encode(text), { transformToString: () => text });

describe('asking for a file to be put together', () => {
  it.for([true, false])('waits for the answer: %s', async (whole) => {
    lambda.on(InvokeCommand).resolves({ StatusCode: 200, Payload: answered(JSON.stringify({ whole })) });

    expect(await lambdaJoining(() => 'irikteu-documents')(order)).toBe(whole);

    const { FunctionName, Payload } = lambda.commandCalls(InvokeCommand)[0]?.args[0].input ?? {};
    expect(FunctionName).toBe('irikteu-documents');
    expect(typeof Payload === 'string' && JSON.parse(Payload)).toEqual(order);
  });

  it('that gives no answer is no file', async () => {
    lambda.on(InvokeCommand).resolves({ StatusCode: 200, FunctionError: 'Unhandled' });

    await expect(lambdaJoining(() => 'irikteu-documents')(order)).rejects.toThrow('no answer');
  });
});
