import { enableCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type {
  ErrorReport,
  InvocationOrder,
  WorkerMessage,
  WorkerStart,
} from '#infra/local/lambda/protocol.ts';
import { replaceDate } from '#infra/local/lambda/rehearsal-date.ts';

/** The runtime of one function in a worker thread: loads its bundle once, then runs one invocation at a time. */

type Handler = (event: unknown, context: object) => unknown;

const start: WorkerStart = workerData;
const realNow = Date.now.bind(Date);

const say = (message: WorkerMessage): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message);
};

const reportOf = (error: unknown): ErrorReport =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

/** A CommonJS bundle's exports may be visible only as the default export. */
const findHandler = (module: Record<string, unknown>): unknown => {
  const { default: exported } = module;
  const inside: unknown =
    typeof exported === 'object' && exported !== null ? Reflect.get(exported, start.handlerName) : undefined;
  return module[start.handlerName] ?? inside;
};

const contextOf = ({ requestId, deadline }: InvocationOrder): object => ({
  awsRequestId: requestId,
  functionName: start.context.functionName,
  invokedFunctionArn: start.context.functionArn,
  memoryLimitInMB: String(start.context.memoryMegabytes),
  functionVersion: '$LATEST',
  logGroupName: `/aws/lambda/${start.context.functionName}`,
  logStreamName: 'local',
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => Math.max(deadline - realNow(), 0),
});

const run = async (handler: Handler, order: InvocationOrder): Promise<void> => {
  const { requestId } = order;
  try {
    const answer = await handler(JSON.parse(order.event), contextOf(order));
    // A function that answers nothing answers null.
    say({ kind: 'returned', requestId, payload: JSON.stringify(answer) ?? 'null' });
  } catch (error) {
    say({ kind: 'failed', requestId, error: reportOf(error) });
  }
};

/** As Lambda's runtime names a rejection that nobody caught, which ends it. */
const unhandled = (reason: unknown): never => {
  const { errorType, errorMessage, trace } = reportOf(reason);
  const error = new Error(`${errorType}: ${errorMessage}`);
  error.name = 'Runtime.UnhandledPromiseRejection';
  error.stack = trace.join('\n');
  throw error;
};

const load = async (): Promise<void> => {
  if (start.clockOffset) replaceDate(new Float64Array(start.clockOffset));
  enableCompileCache();
  process.on('unhandledRejection', unhandled);
  try {
    const handler = findHandler(await import(pathToFileURL(start.file).href));
    if (!isHandler(handler)) {
      const errorMessage = `index.${start.handlerName} is undefined or not exported`;
      say({ kind: 'unloadable', error: { errorType: 'Runtime.HandlerNotFound', errorMessage, trace: [] } });
      return;
    }
    parentPort?.on('message', (order: InvocationOrder) => void run(handler, order));
    say({ kind: 'ready' });
  } catch (error) {
    say({ kind: 'unloadable', error: reportOf(error) });
  }
};

await load();
