/** What the parts of the one-machine home ask of each other. */

/** The home's time: the wall clock, or in rehearsal a clock that is moved by the operator. Milliseconds since 1970. */
export type HomeClock = {
  now: () => number;
  /**
   * Calls back once at or after an instant, also when that instant has passed while the home was down, across
   * more than 24.8 days (where setTimeout overflows), and when a rehearsal jumps over it. Answers how to cancel.
   * A rehearsal's jump stops at the instant, unless it is for housekeeping, which may as well happen at the next stop.
   */
  at: (instant: number, callback: () => void, purpose?: 'housekeeping') => () => void;
};

/**
 * Counts work that is under way, so that a rehearsal can let everything settle before time jumps on.
 * `track` counts a promise until it settles.
 */
export type Activity = { track: <T>(work: Promise<T>) => Promise<T>; idle: () => Promise<void> };

/** Who called a service: the logical id of a function of the template, a state machine, or the operator. */
export type Caller =
  | { kind: 'function'; logicalId: string }
  | { kind: 'state-machine'; logicalId: string }
  | { kind: 'operator' }
  | { kind: 'anonymous' };

/** One request on the wire of an AWS service, its body whole (service APIs) after its signature was checked. */
export type ServiceRequest = {
  method: string;
  /** Path and query as sent. */
  url: string;
  headers: Record<string, string | undefined>;
  body: Buffer;
  caller: Caller;
};

export type ServiceAnswer = { status: number; headers?: Record<string, string>; body: string | Buffer };

/** What running a function came to, as Lambda's Invoke answers it. */
export type Invocation =
  | { outcome: 'returned'; payload: unknown }
  /** `functionError` is Unhandled; the payload holds errorType, errorMessage and trace as Lambda gives them. */
  | { outcome: 'failed'; payload: { errorType: string; errorMessage: string; trace?: string[] } }
  /** The invocation itself could not be done: throttled, too large, unknown function, or cut by a stop of the home. */
  | {
      outcome: 'refused';
      error:
        | 'TooManyRequestsException'
        | 'RequestTooLargeException'
        | 'ResourceNotFoundException'
        | 'ServiceException';
      message: string;
    };

/**
 * Runs a function of the template by name or ARN and waits for its result.
 * @param patience milliseconds that the caller waits; what has not begun by then never runs and is refused
 */
export type Invoke = (functionName: string, payload: unknown, patience?: number) => Promise<Invocation>;

/**
 * Throws an error (name AccessDeniedException) whose message explains the missing grant when the caller's policies do
 * not allow the action. Context holds condition keys, such as ses:FromAddress, that statements may ask for.
 */
export type Authorize = (
  caller: Caller,
  action: string,
  resource: string,
  context?: Readonly<Record<string, string>>,
) => void;

/** One line of the home's own log: a code, a sentence and identifiers. Never a personal datum or a secret. */
export type HomeLog = (
  code: string,
  message: string,
  facts?: Record<string, string | number | boolean>,
) => void;

/** A reason why the home does not start or stops, said plainly, with the exit code of the process. */
export class HomeFault extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number) {
    super(message);
    this.name = 'HomeFault';
    this.exitCode = exitCode;
  }
}

export const exitCodes = {
  usage: 64,
  data: 65,
  unhostable: 69,
  software: 70,
  disk: 74,
  busy: 75,
  port: 76,
} as const;
