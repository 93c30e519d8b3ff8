import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { HomeClock, HomeLog, Invocation, Invoke } from '#infra/local/ports.ts';

/** Functions that are called without anyone waiting for their answer. */
export type Deliveries = {
  /**
   * Invokes as Lambda does asynchronously: two more tries, after one and two minutes. A lasting delivery is on disk
   * before this returns and is made again after a stop of the home, so it may happen twice, as on AWS.
   */
  deliver: (functionName: string, payload: unknown, options?: { lasting?: boolean }) => void;
  /** Makes those again that a stop of the home left behind. */
  resume: () => void;
  close: () => void;
};

type Options = {
  file: string;
  invoke: Invoke;
  clock: HomeClock;
  log: HomeLog;
  /** Tries after the first, by function name. */
  retriesOf: (functionName: string) => number;
};

type Delivery = { id: string; functionName: string; payload: unknown; attempt: number; lasting: boolean };

const minute = 60_000;

export const openDeliveries = ({ file, invoke, clock, log, retriesOf }: Options): Deliveries => {
  const store = openStore(file);
  const cancels = new Map<string, () => void>();
  let closed = false;

  const attempt = async (delivery: Delivery): Promise<void> => {
    const { functionName } = delivery;
    const result = await invoke(functionName, delivery.payload);
    if (closed) return;
    if (result.outcome === 'returned') return forget(delivery);
    const reason = reasonOf(result);
    if (delivery.attempt >= retriesOf(functionName)) {
      log('DELIVERY_GIVEN_UP', 'An asynchronous invocation failed for the last time.', {
        function: functionName,
        reason,
      });
      return forget(delivery);
    }
    const next = { ...delivery, attempt: delivery.attempt + 1 };
    log('DELIVERY_RETRIED', 'An asynchronous invocation failed and is tried again.', {
      function: functionName,
      reason,
    });
    later(next);
  };

  const later = (delivery: Delivery): void => {
    const wake = (): void => {
      cancels.delete(delivery.id);
      void attempt(delivery);
    };
    cancels.set(delivery.id, clock.at(clock.now() + delivery.attempt * minute, wake));
  };

  const forget = ({ id, lasting }: Delivery): void => {
    if (lasting) store.remove(id);
  };

  return {
    deliver: (functionName, payload, { lasting = false } = {}) => {
      const delivery = { id: randomUUID(), functionName, payload, attempt: 0, lasting };
      if (lasting) store.add(delivery);
      void attempt(delivery);
    },
    resume: () => {
      for (const delivery of store.all()) void attempt(delivery);
    },
    close: () => {
      closed = true;
      for (const cancel of cancels.values()) cancel();
      store.close();
    },
  };
};

const reasonOf = (result: Exclude<Invocation, { outcome: 'returned' }>): string =>
  result.outcome === 'failed' ? result.payload.errorType : result.error;

const openStore = (file: string) => {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec(
    'CREATE TABLE IF NOT EXISTS delivery (id TEXT PRIMARY KEY, functionName TEXT NOT NULL, payload TEXT NOT NULL) STRICT',
  );
  const insert = database.prepare('INSERT INTO delivery (id, functionName, payload) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM delivery WHERE id = ?');
  const select = database.prepare('SELECT id, functionName, payload FROM delivery');
  return {
    add: ({ id, functionName, payload }: Delivery): void =>
      void insert.run(id, functionName, JSON.stringify(payload)),
    remove: (id: string): void => void remove.run(id),
    all: (): Delivery[] =>
      select.all().map(({ id, functionName, payload }) => ({
        id: String(id),
        functionName: String(functionName),
        payload: JSON.parse(String(payload)),
        attempt: 0,
        lasting: true,
      })),
    close: () => database.close(),
  };
};
