import type { StepContract, WaitingStepContract } from '#workflows/contracts.ts';

/**
 * The part of Amazon States Language (JSONata) that our machines use. Both homes run exactly this: CDK deploys the
 * data, the local home interprets it. More of the language may be added here when a machine needs it.
 */
export type Machine = {
  Comment: string;
  QueryLanguage: 'JSONata';
  StartAt: string;
  States: Readonly<Record<string, State<string>>>;
};

export type State<Name extends string> =
  | TaskState<Name>
  | WaitState<Name>
  | ChoiceState<Name>
  | SucceedState
  | FailState;

export type TaskState<Name extends string> = Task & { Next: Name; Catch?: readonly Catch<Name>[] };

type WaitState<Name extends string> = Described & { Type: 'Wait'; Timestamp: Expression; Next: Name };

type ChoiceState<Name extends string> = Described & {
  Type: 'Choice';
  Choices: readonly { Condition: Expression; Next: Name }[];
  Default: Name;
};

type SucceedState = Described & { Type: 'Succeed' };
type FailState = Described & { Type: 'Fail'; Error: string; Cause: string };

type Described = { Comment?: string };

/** A JSONata expression, evaluated by whoever runs the machine. */
export type Expression = `{% ${string} %}`;

type Task = Described & {
  Type: 'Task';
  Resource: 'arn:aws:states:::lambda:invoke' | 'arn:aws:states:::lambda:invoke.waitForTaskToken';
  Arguments: { FunctionName: `\${${string}}`; Payload: Readonly<Record<string, Expression>> };
  /** Required: no task of ours may wait for ever. An expression where a step has computed it. */
  TimeoutSeconds: number | Expression;
  Retry: readonly Retry[];
  Output: Expression;
};

type Retry = {
  ErrorEquals: readonly string[];
  IntervalSeconds: number;
  MaxAttempts: number;
  BackoffRate: number;
};

export type Catch<Name extends string> = { ErrorEquals: readonly string[]; Output: Expression; Next: Name };

/** A machine whose every `StartAt`, `Next` and `Default` names one of its states, or it does not compile. */
export const machine = <Name extends string>(definition: {
  Comment: string;
  StartAt: NoInfer<Name>;
  States: Record<Name, State<NoInfer<Name>>>;
}): Machine => ({
  Comment: definition.Comment,
  QueryLanguage: 'JSONata',
  StartAt: definition.StartAt,
  States: definition.States,
});

/** Six tries over about two minutes (2 + 4 + 8 + 16 + 32 + 64 s): throttling passes, an outage alarms. */
const onThrottle: Retry = {
  ErrorEquals: ['Lambda.TooManyRequestsException', 'Lambda.ServiceException', 'Lambda.SdkClientException'],
  IntervalSeconds: 2,
  MaxAttempts: 6,
  BackoffRate: 2,
};

/**
 * Four tries over about five minutes (20 + 40 + 80 + 160 s) for anything else that a step throws, since steps are
 * repeatable. Then the execution fails, which alarms, and the sweep starts the round's next execution.
 */
const onFailure: Retry = {
  ErrorEquals: ['States.TaskFailed'],
  IntervalSeconds: 20,
  MaxAttempts: 4,
  BackoffRate: 2,
};

/** Twice after 20 and 40 s: a step that did not answer in its time. Never on a gate, whose time-out has a meaning. */
const onSilence: Retry = {
  ErrorEquals: ['States.Timeout'],
  IntervalSeconds: 20,
  MaxAttempts: 2,
  BackoffRate: 2,
};

/** The name of the error with which a step says that the record is no longer where the execution took it to be. */
export const movedOn = 'RoundMovedOn';

/** Never: the record has changed, so trying again changes nothing. */
const notWhenMovedOn: Retry = {
  ErrorEquals: [movedOn],
  IntervalSeconds: 1,
  MaxAttempts: 0,
  BackoffRate: 1,
};

/** Longer than the function's own time-out (30 s, or 50 s where a whole round is read), so that the function's error is the one that is seen. */
const stepTimeoutSeconds = 60;

const day = 24 * 60 * 60;

/**
 * Runs one step: hands it what its contract asks for and passes on what it answers. A Lambda task answers an
 * envelope; taking the payload out of it happens here, once.
 * @param seconds that it may take; more than its function has
 */
export const run = (contract: StepContract, seconds = stepTimeoutSeconds) => ({
  Type: 'Task' as const,
  Resource: 'arn:aws:states:::lambda:invoke' as const,
  Arguments: {
    FunctionName: functionOf(contract.name),
    Payload: fromInput(Object.keys(contract.input.shape)),
  },
  TimeoutSeconds: seconds,
  Retry: [onThrottle, onFailure, onSilence],
  Output: '{% $states.result.Payload %}' as const,
});

/**
 * Opens a gate and waits until people decided.
 * @param days after which the gate is issued again (never approved by itself)
 */
export const waitForGate = (contract: WaitingStepContract, days: number) =>
  waitForPeople(contract, days * day);

/**
 * Waits until people decided. The step gets the task token beside what its contract asks for. What they decided is read from
 * the record, so the state passes its own input on.
 * @param seconds after which the machine reads the record again: so many, or what a step before has computed
 */
export const waitForPeople = (contract: WaitingStepContract, seconds: number | Expression) => ({
  Type: 'Task' as const,
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' as const,
  Arguments: {
    FunctionName: functionOf(contract.name),
    Payload: {
      ...fromInput(Object.keys(contract.input.shape).filter((key) => key !== 'token')),
      token: '{% $states.context.Task.Token %}' as const,
    },
  },
  TimeoutSeconds: seconds,
  Retry: [notWhenMovedOn, onThrottle, onFailure],
  Output: '{% $states.input %}' as const,
});

/**
 * After a time-out, or when the record moved on before the waiting began: carry on with what the state was given, at a state
 * that reads the record.
 */
export const lookAgainAt = <Name extends string>(next: Name): Catch<Name>[] => [
  { ErrorEquals: ['States.Timeout', movedOn], Output: '{% $states.input %}', Next: next },
];

/** Filled in by whoever deploys the machine: the function's ARN. */
const functionOf = (step: string): `\${${string}}` => `\${${step}}`;

const fromInput = (keys: readonly string[]): Record<string, Expression> =>
  Object.fromEntries(keys.map((key): [string, Expression] => [key, `{% $states.input.${key} %}`]));
