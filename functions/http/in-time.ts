import type { Context, MiddlewareHandler } from 'hono';
import { requestIdOf } from '#functions/http/request.ts';
import { log } from '#functions/log.ts';
import type { Refusal } from '#shared/errors.ts';

/** Enough to draw an answer, compress it and send it. */
const marginMilliseconds = 1500;

/** What a function is told of its invocation; what is asked in a test is told nothing. */
type Invoked = { lambdaContext?: { getRemainingTimeInMillis?: () => number } };

/**
 * Answers before the function is stopped, in whose place a gateway would say a word of its own. The work may still come to its end: what it stores,
 * it stores whole or not at all, and the same sent again counts once.
 */
export const inTime =
  (
    answer: (c: Context, refusal: Refusal) => Response | Promise<Response>,
  ): MiddlewareHandler<{ Bindings: Invoked }> =>
  async (c, next) => {
    const left = leftIn(c.env);
    const work = next();
    if (left === undefined || (await isDone(work, left - marginMilliseconds))) return await work;
    const requestId = requestIdOf(c);
    work.catch((error: unknown) => log.error('REQUEST_FAILED', { requestId }, error));
    log.error('REQUEST_TOO_LONG', { requestId, route: c.req.routePath });
    c.header('retry-after', '5');
    return await answer(c, { kind: 'took-too-long' });
  };

/** @returns false where the time is over first; work that failed by then is done */
const isDone = async (work: Promise<unknown>, milliseconds: number): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), Math.max(0, milliseconds));
  const done = work.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([done, promise]);
  } finally {
    clearTimeout(timer);
  }
};

const leftIn = (env: Invoked | undefined): number | undefined =>
  env?.lambdaContext?.getRemainingTimeInMillis?.();
