/** What the home and a worker thread that runs one function say to each other. */

/** Given when the thread starts. */
export type WorkerStart = {
  /** Absolute path of the bundle's file, and the name of the exported handler. */
  file: string;
  handlerName: string;
  context: { functionName: string; functionArn: string; memoryMegabytes: number };
  /** Rehearsal: one number, the milliseconds by which this function's clock differs from the machine's. */
  clockOffset?: SharedArrayBuffer;
};

/** The event as JSON text, since a function never sees more than JSON carries. */
export type InvocationOrder = { requestId: string; event: string; deadline: number };

/** Error as Lambda's Node runtime reports it. */
export type ErrorReport = { errorType: string; errorMessage: string; trace: string[] };

export type WorkerMessage =
  | { kind: 'ready' }
  | { kind: 'unloadable'; error: ErrorReport }
  | { kind: 'returned'; requestId: string; payload: string }
  | { kind: 'failed'; requestId: string; error: ErrorReport };
