import type { JsonObject } from './json.ts';

/** Why a state failed, in the words of the Amazon States Language. Both may be missing, as from a bare Fail state. */
export class StateError extends Error {
  readonly error: string | undefined;
  readonly explanation: string | undefined;
  /** Set when an expression failed: the field it stands in, as histories name it. */
  readonly evaluation: { location?: string } | undefined;
  /** Wrong beyond what States.ALL covers: the machine itself, or a payload that is too large for a state. */
  readonly isTerminal: boolean;
  /** A missed heartbeat is a States.Timeout that handlers may also call States.HeartbeatTimeout. */
  readonly alias: string | undefined;

  constructor(
    error: string | undefined,
    explanation: string | undefined,
    more: { evaluation?: { location?: string }; isTerminal?: boolean; alias?: string } = {},
  ) {
    super(explanation ?? error ?? 'failed');
    this.name = 'StateError';
    this.error = error;
    this.explanation = explanation;
    this.evaluation = more.evaluation;
    this.isTerminal = more.isTerminal ?? error === 'States.Runtime';
    this.alias = more.alias;
  }
}

/** Whether a retrier or a catcher is for this error. */
export const matches = (names: readonly string[], error: StateError): boolean =>
  names.some((name) => {
    if (name === 'States.ALL') return !error.isTerminal;
    if (name === 'States.TaskFailed') return !error.isTerminal && error.error !== 'States.Timeout';
    return name === error.error || name === error.alias;
  });

/** As an event carries it: a part that is not there is left out, and so is the empty cause of a timeout. */
export const errorDetails = ({ error, explanation }: StateError): JsonObject => ({
  ...(error === undefined ? {} : { error }),
  ...(explanation ? { cause: explanation } : {}),
});

/** `$states.errorOutput`, where AWS writes null for what is missing. */
export const errorOutput = ({ error, explanation }: StateError): JsonObject => ({
  Error: error ?? null,
  Cause: explanation ?? null,
});

export const tooLarge = (what: string, isTerminal: boolean): StateError =>
  new StateError(
    'States.DataLimitExceeded',
    `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    { isTerminal },
  );

/** All variables of an execution together. AWS names the error so; its cause is not documented. */
export const tooMuch = (state: string): StateError =>
  new StateError(
    'States.DataLimitExceeded',
    `The state '${state}' assigned variables with which the execution exceeds the service limit of 10 MiB.`,
    { isTerminal: true },
  );
