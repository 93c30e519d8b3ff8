import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type {
  ErrorReport,
  InvocationOrder,
  WorkerMessage,
  WorkerStart,
} from '#infra/local/lambda/protocol.ts';
import type { FunctionDescription } from '#infra/local/template/description.ts';

/** What one invocation in a thread came to. */
export type ThreadResult =
  | { outcome: 'returned'; payload: string }
  | { outcome: 'failed'; error: ErrorReport };

/** One worker thread that runs one function, one invocation at a time. */
export type Thread = {
  /** Resolves when the bundle is loaded; an error report says why it could not be. */
  loaded: Promise<ErrorReport | undefined>;
  run: (order: InvocationOrder, timeoutMilliseconds: number) => Promise<ThreadResult>;
  /** False from the moment on that it is known to end. */
  alive: () => boolean;
  /** Called once when the thread is gone, for whatever reason. */
  onGone: (callback: () => void) => void;
  end: () => Promise<void>;
};

export type ThreadOptions = {
  function: FunctionDescription;
  environment: Record<string, string>;
  clockOffset: SharedArrayBuffer | undefined;
  onOutput: (functionName: string, text: string) => void;
};

/** Below this V8 itself has too little room; Lambda's smallest size leaves about as much. */
const smallestHeapMegabytes = 192;

export const startThread = (options: ThreadOptions): Thread => {
  const worker = createWorker(options);
  let current: { requestId: string; settle: (result: ThreadResult) => void } | undefined;
  const { promise: loaded, resolve: load } = Promise.withResolvers<ErrorReport | undefined>();
  let died: ErrorReport | undefined;

  const settle = (result: ThreadResult): void => {
    current?.settle(result);
    current = undefined;
  };

  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'ready') load(undefined);
    else if (message.kind === 'unloadable') load(message.error);
    else if (message.requestId !== current?.requestId) return;
    else if (message.kind === 'returned') settle({ outcome: 'returned', payload: message.payload });
    else settle({ outcome: 'failed', error: message.error });
  });
  worker.on('error', (error: unknown) => {
    died = deathReport(error);
  });
  worker.on('exit', (code) => {
    died ??= exitError(`Runtime exited with error: exit status ${code}`);
    load(died);
    settle({ outcome: 'failed', error: died });
  });

  const run = (order: InvocationOrder, timeoutMilliseconds: number): Promise<ThreadResult> => {
    const { promise, resolve } = Promise.withResolvers<ThreadResult>();
    const timer = setTimeout(() => {
      died = timeoutError(order.requestId, timeoutMilliseconds);
      settle({ outcome: 'failed', error: died });
      void worker.terminate();
    }, timeoutMilliseconds);
    current = {
      requestId: order.requestId,
      settle: (result) => {
        clearTimeout(timer);
        resolve(result);
      },
    };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(order);
    return promise;
  };

  const end = async (): Promise<void> => {
    died ??= exitError('Runtime was ended by the home');
    await worker.terminate();
  };

  return {
    loaded,
    run,
    alive: () => died === undefined,
    onGone: (callback) => void worker.once('exit', callback),
    end,
  };
};

const createWorker = ({ function: of, environment, clockOffset, onOutput }: ThreadOptions): Worker => {
  const [fileName = 'index', handlerName = 'handler'] = of.handler.split(/\.(?=[^.]+$)/);
  const workerData: WorkerStart = {
    file: bundleFile(of.code, fileName),
    handlerName,
    context: { functionName: of.name, functionArn: of.arn, memoryMegabytes: of.memoryMegabytes },
    ...(clockOffset && { clockOffset }),
  };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData,
    env: environment,
    execArgv: [],
    stdout: true,
    stderr: true,
    name: of.name,
    resourceLimits: { maxOldGenerationSizeMb: Math.max(of.memoryMegabytes, smallestHeapMegabytes) },
  });
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => onOutput(of.name, text));
  }
  return worker;
};

const bundleFile = (folder: string, name: string): string => {
  const found = ['.mjs', '.js', '.cjs']
    .map((extension) => join(folder, `${name}${extension}`))
    .find(existsSync);
  return found ?? join(folder, `${name}.js`);
};

const exitError = (errorMessage: string): ErrorReport => ({
  errorType: 'Runtime.ExitError',
  errorMessage,
  trace: [],
});

const timeoutError = (requestId: string, milliseconds: number): ErrorReport => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(milliseconds / 1000).toFixed(2)} seconds`,
  trace: [],
});

const deathReport = (error: unknown): ErrorReport => {
  if (!(error instanceof Error)) return exitError(String(error));
  const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (outOfMemory) return exitError('Runtime exited with error: signal: killed');
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
};
