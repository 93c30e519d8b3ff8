import { lazily } from '#functions/adapters/lazily.ts';
import { drawOnDemand } from '#shared/papers/on-demand.ts';
import type { DrawPaper } from '#shared/ports/papers.ts';

/** Asks the function that has the fonts, and waits for the file; the client is loaded with the first paper. */
export const lambdaDrawing = (papersFunction: () => string): DrawPaper => {
  const lambda = lazily(async () => {
    const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
    return { client: new LambdaClient({}), InvokeCommand };
  });
  return async (order) => {
    const { client, InvokeCommand } = await lambda();
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName: papersFunction(), Payload: JSON.stringify(order) }),
    );
    // What it says may name what it was asked to draw; its own log has it.
    if (FunctionError !== undefined || !Payload) throw new Error('The paper was not drawn.');
    const { pdf } = drawOnDemand.output.parse(JSON.parse(Payload.transformToString()));
    return new Uint8Array(Buffer.from(pdf, 'base64'));
  };
};
