import type { HomeClock, HomeLog, Invocation, Invoke } from '#infra/local/ports.ts';

/** Functions that are called without anyone waiting for their answer. */
export type Deliveries = {
  /**
   * Invokes as Lambda does asynchronously: two more tries unless the template says otherwise, after one and two
   * minutes. A stop of the home forgets them; who needs more (outbox, uploads) keeps a list of its own and asks again.
   */
  deliver: (functionName: string, payload: unknown) => void;
  close: () => void;
};

type Options = {
  invoke: Invoke;
  clock: HomeClock;
  log: HomeLog;
  /** Tries after the first, by function name. */
  retriesOf: (functionName: string) => number;
  onDropped: (functionName: string) => void;
};

type Delivery = { functionName: string; payload: unknown; attempt: number };

const minute = 60_000;

export const createDeliveries = ({ invoke, clock, log, retriesOf, onDropped }: Options): Deliveries => {
  const waiting = new Set<() => void>();
  let closed = false;

  const attempt = async (delivery: Delivery): Promise<void> => {
    const { functionName, payload, attempt: tries } = delivery;
    const result = await invoke(functionName, payload);
    if (closed || result.outcome === 'returned') return;
    const facts = { function: functionName, reason: reasonOf(result) };
    if (tries < retriesOf(functionName)) {
      log('DELIVERY_RETRIED', 'An asynchronous invocation failed and is tried again.', facts);
      later({ ...delivery, attempt: tries + 1 });
    } else {
      log('DELIVERY_GIVEN_UP', 'An asynchronous invocation failed for the last time.', facts);
      onDropped(functionName);
    }
  };

  const later = (delivery: Delivery): void => {
    const cancel = clock.at(clock.now() + delivery.attempt * minute, () => {
      waiting.delete(cancel);
      void attempt(delivery);
    });
    waiting.add(cancel);
  };

  return {
    deliver: (functionName, payload) => void attempt({ functionName, payload, attempt: 0 }),
    close: () => {
      closed = true;
      for (const cancel of waiting) cancel();
    },
  };
};

/** Why an invocation came to nothing, in a word for the log. */
export const reasonOf = (result: Exclude<Invocation, { outcome: 'returned' }>): string =>
  result.outcome === 'failed' ? result.payload.errorType : result.error;
