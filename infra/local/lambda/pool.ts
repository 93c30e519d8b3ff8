import { randomUUID } from 'node:crypto';
import { freemem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  startThread,
  type Thread,
  type ThreadOptions,
  type ThreadResult,
} from '#infra/local/lambda/thread.ts';
import type { Invocation } from '#infra/local/ports.ts';

export type PoolOptions = ThreadOptions & { most: number };

type Waiting = {
  event: string;
  answer: (invocation: Invocation) => void;
  /** Drops it when nobody waits for it any more. */
  timer?: NodeJS.Timeout;
};

/** Lambda answers 429 beyond its concurrency; here that is a queue longer than anyone would wait for. */
const longestQueue = 2_000;
/** Lambda's own limit of a synchronous event and of its answer. Bytes. */
const largestPayload = 6 * 1024 * 1024;
const idleMilliseconds = 5 * 60_000;
const memoryForAnother = 256 * 1024 * 1024;

/** All threads of one function: one more is started while someone waits, and the last one stays. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #threads = new Set<Thread>();
  readonly #idle: { thread: Thread; retire: NodeJS.Timeout }[] = [];
  readonly #queue: Waiting[] = [];
  #starting = false;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /**
   * @param event JSON text
   * @param patience milliseconds after which it is dropped unless it has begun
   */
  invoke(event: string, patience?: number): Promise<Invocation> {
    if (this.#closed) return Promise.resolve(refusal('ServiceException', 'The home is stopping.'));
    if (Buffer.byteLength(event) > largestPayload) return Promise.resolve(tooLarge);
    if (this.#queue.length >= longestQueue) {
      return Promise.resolve(refusal('TooManyRequestsException', 'Rate Exceeded.'));
    }
    const { promise, resolve: answer } = Promise.withResolvers<Invocation>();
    // The one that rested last is warmest.
    const free = this.#idle.pop();
    clearTimeout(free?.retire);
    if (free) void this.#work(free.thread, { event, answer });
    else {
      this.#enqueue({ event, answer }, patience);
      this.warm();
    }
    return promise;
  }

  #enqueue({ event, answer }: Waiting, patience: number | undefined): void {
    const drop = (): void => {
      const place = this.#queue.indexOf(entry);
      if (place < 0) return;
      this.#queue.splice(place, 1);
      answer(refusal('TooManyRequestsException', 'Rate Exceeded.'));
    };
    const timer = patience === undefined ? undefined : setTimeout(drop, patience);
    const entry: Waiting = { event, answer, ...(timer && { timer }) };
    this.#queue.push(entry);
  }

  #shift(): Waiting | undefined {
    const next = this.#queue.shift();
    clearTimeout(next?.timer);
    return next;
  }

  size(): number {
    return this.#threads.size;
  }

  /** Starts one more thread, unless there are enough; also before anyone asks, so that nobody waits for the first. */
  warm(): void {
    const tight = this.#threads.size > 0 && freemem() < memoryForAnother;
    if (this.#closed || this.#starting || this.#threads.size >= this.#options.most || tight) return;
    this.#starting = true;
    const thread = startThread(this.#options);
    this.#threads.add(thread);
    thread.onGone(() => this.#forget(thread));
    void this.#load(thread);
  }

  /** Lets what runs come to its end, at most this long, and then ends the threads. */
  async close(graceMilliseconds: number): Promise<void> {
    const until = Date.now() + graceMilliseconds;
    while ((this.#queue.length > 0 || this.#idle.length < this.#threads.size) && Date.now() < until) {
      await sleep(20);
    }
    this.#closed = true;
    for (let entry = this.#shift(); entry; entry = this.#shift())
      entry.answer(refusal('ServiceException', 'The home is stopping.'));
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  async #load(thread: Thread): Promise<void> {
    const error = await thread.loaded;
    this.#starting = false;
    if (error === undefined) return this.#rest(thread);
    // One caller is told why the bundle cannot be loaded; the next one tries again, as on Lambda.
    this.#shift()?.answer({ outcome: 'failed', payload: error });
    await thread.end();
    if (this.#queue.length > 0) this.warm();
  }

  async #work(thread: Thread, { event, answer }: Waiting): Promise<void> {
    const timeout = this.#options.function.timeoutSeconds * 1000;
    const order = { requestId: randomUUID(), event, deadline: Date.now() + timeout };
    const result = await thread.run(order, timeout);
    answer(invocationOf(result));
    if (thread.alive()) this.#rest(thread);
  }

  #rest(thread: Thread): void {
    const next = this.#shift();
    if (next) {
      void this.#work(thread, next);
      if (this.#queue.length > 0) this.warm();
      return;
    }
    const retire = setTimeout(() => this.#retire(thread), idleMilliseconds);
    this.#idle.push({ thread, retire: retire.unref() });
  }

  #retire(thread: Thread): void {
    if (this.#threads.size <= 1) return;
    this.#takeFromIdle(thread);
    void thread.end();
  }

  #takeFromIdle(thread: Thread): void {
    const place = this.#idle.findIndex((entry) => entry.thread === thread);
    if (place >= 0) clearTimeout(this.#idle.splice(place, 1)[0]?.retire);
  }

  #forget(thread: Thread): void {
    this.#threads.delete(thread);
    this.#takeFromIdle(thread);
    if (this.#queue.length > 0) this.warm();
  }
}

const tooLarge: Invocation = {
  outcome: 'refused',
  error: 'RequestTooLargeException',
  message: `Request must be smaller than ${largestPayload} bytes for the InvokeFunction operation`,
};

const refusal = (
  error: Extract<Invocation, { outcome: 'refused' }>['error'],
  message: string,
): Invocation => ({ outcome: 'refused', error, message });

const invocationOf = (result: ThreadResult): Invocation => {
  if (result.outcome === 'failed') return { outcome: 'failed', payload: result.error };
  if (Buffer.byteLength(result.payload) > largestPayload) {
    const errorMessage = `Response payload size exceeded maximum allowed payload size (${largestPayload} bytes).`;
    return { outcome: 'failed', payload: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } };
  }
  return { outcome: 'returned', payload: JSON.parse(result.payload) };
};
