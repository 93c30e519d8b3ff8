import { lazily } from '#functions/adapters/lazily.ts';
import type { Nudge } from '#shared/ports/world.ts';

/**
 * Invokes the outbox function without waiting for its work. A call that is lost costs a minute, so it is reported
 * and never fails the command that was stored before it.
 * @param lost told about a call that could not be made
 */
export const lambdaNudge = (outboxFunction: () => string, lost: (error: unknown) => void): Nudge => {
  const lambda = lazily(async () => {
    const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
    return { client: new LambdaClient({ maxAttempts: 2 }), InvokeCommand };
  });
  return {
    outbox: async () => {
      try {
        const { client, InvokeCommand } = await lambda();
        await client.send(new InvokeCommand({ FunctionName: outboxFunction(), InvocationType: 'Event' }));
      } catch (error) {
        lost(error);
      }
    },
  };
};
