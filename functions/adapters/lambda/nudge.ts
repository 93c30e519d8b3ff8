import type * as z from 'zod';
import { lazily } from '#functions/adapters/lazily.ts';
import type { Nudged } from '#shared/domain/outbox.ts';
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
    outbox: async (rows) => {
      try {
        const { client, InvokeCommand } = await lambda();
        const FunctionName = outboxFunction();
        await client.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', ...payloadOf(rows) }));
      } catch (error) {
        lost(error);
      }
    },
  };
};

/** Names alone: what a row says stays in the store. */
const payloadOf = (rows: Parameters<Nudge['outbox']>[0]) => {
  if (!rows) return {};
  const nudged: z.infer<typeof Nudged> = { rows: rows.map(({ id, at }) => ({ id, at })) };
  return { Payload: JSON.stringify(nudged) };
};
