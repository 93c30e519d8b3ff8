import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { lambdaDrawing } from '#functions/adapters/lambda/draw-paper.ts';
import { drawOnDemand } from '#shared/papers/on-demand.ts';
import { someReceipt } from '#test/builders/receipt.ts';

const lambda = mockClient(LambdaClient);
afterAll(() => lambda.restore());
afterEach(() => lambda.reset());

const order = drawOnDemand.input.parse({
  applicationId: 'APP001'.padEnd(20, '0'),
  locale: 'kk',
  data: someReceipt(),
});

/** A payload as the SDK answers it. */
const payload = (value: unknown) => {
  const text = JSON.stringify(value);
  return Object.assign(new TextEncoder().encode(text), { transformToString: () => text });
};

describe('asking for a paper', () => {
  it('waits for it and answers its bytes', async () => {
    const pdf = Buffer.from('%PDF-1.7').toString('base64');
    lambda.on(InvokeCommand).resolves({ StatusCode: 200, Payload: payload({ pdf }) });

    const bytes = await lambdaDrawing(() => 'irikteu-papers')(order);

    expect(Buffer.from(bytes).toString()).toBe('%PDF-1.7');
    const { FunctionName, InvocationType, Payload } =
      lambda.commandCalls(InvokeCommand)[0]?.args[0].input ?? {};
    expect([FunctionName, InvocationType]).toEqual(['irikteu-papers', undefined]);
    expect(typeof Payload === 'string' && JSON.parse(Payload)).toEqual(order);
  });

  it.for([
    { FunctionError: 'Unhandled', Payload: payload({ errorMessage: 'APP001' }) },
    { Payload: payload({ pdf: 'not base64!' }) },
    {},
  ])('that was not drawn is no paper', async (answer) => {
    lambda.on(InvokeCommand).resolves({ StatusCode: 200, ...answer });

    await expect(lambdaDrawing(() => 'irikteu-papers')(order)).rejects.toThrow();
  });
});
