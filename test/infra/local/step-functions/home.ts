import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import type { Activity, Caller, HomeClock, Invocation, ServiceAnswer } from '#infra/local/ports.ts';
import {
  openStepFunctions,
  type StepFunctions,
  type StepFunctionsOptions,
} from '#infra/local/step-functions/step-functions.ts';

/** A clock that stands still until a test moves it; timers fire in order, each at its own moment. */
const standingClock = (start = Date.parse('1893-09-01T09:00:00.000Z')) => {
  let now = start;
  let timers: { at: number; callback: () => void }[] = [];
  const fireDue = () => {
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { callback } of due) callback();
  };
  const clock: HomeClock = {
    now: () => now,
    at: (at, callback) => {
      const timer = { at, callback };
      timers.push(timer);
      if (at <= now) setImmediate(fireDue);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  return {
    ...clock,
    /** Moves to each timer in turn, letting everything settle, up to `seconds` from now. */
    pass: async (seconds: number, settle: () => Promise<void>) => {
      const end = now + seconds * 1000;
      await settle();
      for (;;) {
        const next = Math.min(...timers.map(({ at }) => at));
        if (next > end) break;
        now = Math.max(now, next);
        fireDue();
        await settle();
      }
      now = end;
    },
    /** Jumps without stopping on the way, as a machine that slept. */
    jump: (seconds: number) => {
      now += seconds * 1000;
      fireDue();
    },
  };
};

const countedActivity = (): Activity => {
  const under = new Set<Promise<unknown>>();
  return {
    track: (work) => {
      under.add(work);
      void work.finally(() => under.delete(work)).catch(() => {});
      return work;
    },
    idle: async () => {
      while (under.size > 0) {
        await Promise.allSettled(under);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
};

export const machineArn = (name: string) => `arn:aws:states:eu-central-1:000000000000:stateMachine:${name}`;
const functionArn = (name: string) => `arn:aws:lambda:eu-central-1:000000000000:function:${name}`;

/** What a function of a test is handed; `token` is there where it waits for a person. */
const Payload = z.looseObject({ token: z.string().catch('') }).catch({ token: '' });
type Functions = Record<string, (payload: z.infer<typeof Payload>) => unknown>;

/** Thrown by a function of a test that could not be run at all. */
export class NotRun extends Error {
  readonly invocation: Invocation;
  constructor(error: 'TooManyRequestsException' | 'ServiceException', message = 'not run') {
    super(message);
    this.invocation = { outcome: 'refused', error, message };
  }
}

/** A function that throws fails as Lambda says it: its error's name and message. */
const invokeWith =
  (functions: Functions) =>
  async (name: string, payload: unknown): Promise<Invocation> => {
    const work = functions[name.split(':').at(-1) ?? ''];
    if (!work) {
      return {
        outcome: 'refused',
        error: 'ResourceNotFoundException',
        message: `Function not found: ${name}`,
      };
    }
    try {
      return { outcome: 'returned', payload: await work(Payload.parse(payload)) };
    } catch (error) {
      if (error instanceof NotRun) return error.invocation;
      if (!(error instanceof Error)) throw error;
      return { outcome: 'failed', payload: { errorType: error.name, errorMessage: error.message } };
    }
  };

const Answer = z.looseObject({
  __type: z.string().optional(),
  message: z.string().optional(),
  executionArn: z.string().catch(''),
  startDate: z.number().catch(0),
  status: z.string().optional(),
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
  nextToken: z.string().optional(),
});

const Event = z.looseObject({ type: z.string(), id: z.number(), previousEventId: z.number() });

type HomeOptions = {
  machines: Record<string, object>;
  functions?: Functions;
  folder?: string;
  /** Where the clock stands; later than before when a home is opened again. */
  now?: number;
  more?: Partial<StepFunctionsOptions>;
};

export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'irikteu-sfn-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const operator: Caller = { kind: 'operator' };

export const openHome = ({
  machines,
  functions = {},
  folder = temporaryFolder(),
  now,
  more = {},
}: HomeOptions) => {
  const clock = standingClock(now);
  const activity = countedActivity();
  const logged: string[] = [];
  const service: StepFunctions = openStepFunctions({
    file: join(folder, 'executions.sqlite'),
    clock,
    activity,
    machines: Object.entries(machines).map(([name, definition]) => ({
      arn: machineArn(name),
      name,
      definition,
      roleArn: 'arn:aws:iam::000000000000:role/rounds',
    })),
    invoke: invokeWith(functions),
    log: (code) => logged.push(code),
    ...more,
  });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await service.close();
    isOpen = false;
  };
  onTestFinished(close);

  const send = (operation: string, body: object, caller: Caller = operator): Promise<ServiceAnswer> =>
    service.handle({
      method: 'POST',
      url: '/',
      headers: { 'x-amz-target': `AWSStepFunctions.${operation}` },
      body: Buffer.from(JSON.stringify(body)),
      caller,
    });
  const call = async (operation: string, body: object) =>
    Answer.parse(JSON.parse(String((await send(operation, body)).body)));

  const start = async (machine: string, input: unknown = {}, name = 'one'): Promise<string> => {
    const started = await call('StartExecution', {
      stateMachineArn: machineArn(machine),
      name,
      input: JSON.stringify(input),
    });
    return started.executionArn;
  };
  const describe = (executionArn: string) => call('DescribeExecution', { executionArn });
  const events = (executionArn: string) => z.array(Event).parse(service.history(executionArn) ?? []);

  return {
    service,
    clock,
    activity,
    logged,
    folder,
    close,
    send,
    call,
    start,
    describe,
    events,
    /** Starts, lets `seconds` pass, and tells what became of it. */
    run: async (machine: string, input: unknown = {}, seconds = 0) => {
      const arn = await start(machine, input);
      await clock.pass(seconds, activity.idle);
      const description = await describe(arn);
      const output: unknown = description.output === undefined ? undefined : JSON.parse(description.output);
      return { ...description, output, history: events(arn), types: events(arn).map(({ type }) => type) };
    },
    pass: (seconds: number) => clock.pass(seconds, activity.idle),
    settle: () => activity.idle(),
    waits: () => service.executions().flatMap(({ waits }) => waits),
  };
};

/** A machine in JSONata mode; the first state named is where it starts. */
export const machine = (States: Record<string, object>, more: object = {}) => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(States)[0],
  States,
  ...more,
});

export const invokes = (name: string, more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: functionArn(name), Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...more,
});

/** Waits for a person: the function gets the token and stores it. */
export const asks = (name: string, more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: functionArn(name), Payload: { token: '{% $states.context.Task.Token %}' } },
  ...more,
});
