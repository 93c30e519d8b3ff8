import type { Activity } from '#infra/local/ports.ts';
import { openStepFunctions, type StepFunctions } from '#infra/local/step-functions/step-functions.ts';

export const machineArn = 'arn:aws:states:eu-central-1:000000000000:stateMachine:bench';
export const functionArn = 'arn:aws:lambda:eu-central-1:000000000000:function:bench';

/** An engine alone, whose functions return at once. Nothing of these machines is due while they are timed. */
export const openEngine = (
  file: string,
  machines: Readonly<Record<string, object>>,
): StepFunctions & Pick<Activity, 'idle'> => {
  const activity = countingActivity();
  const engine = openStepFunctions({
    file,
    clock: { now: Date.now, at: () => () => undefined },
    activity,
    machines: Object.entries(machines).map(([arn, definition]) => ({
      arn,
      name: arn.split(':').at(-1) ?? arn,
      definition,
    })),
    invoke: () => Promise.resolve({ outcome: 'returned', payload: null }),
    log: () => undefined,
  });
  return { ...engine, idle: activity.idle };
};

const countingActivity = (): Activity => {
  const underWay = new Set<Promise<unknown>>();
  return {
    track: (work) => {
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
      return work;
    },
    idle: async () => {
      while (underWay.size > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    },
  };
};

export const startOne = async (engine: StepFunctions, arn: string, index: number): Promise<void> => {
  const input = { stateMachineArn: arn, name: `bench-${index}`, input: JSON.stringify({ index }) };
  const answer = await engine.handle({
    method: 'POST',
    url: '/',
    headers: {
      'x-amz-target': 'AWSStepFunctions.StartExecution',
      'content-type': 'application/x-amz-json-1.0',
    },
    body: Buffer.from(JSON.stringify(input)),
    caller: { kind: 'operator' },
  });
  if (answer.status !== 200) {
    throw new Error(`StartExecution answered ${answer.status}: ${String(answer.body)}`);
  }
};

/** The same state so many times, one after the other. */
export const chainOf = <State extends object>(length: number, state: State) => {
  const stateAt = (index: number): State & ({ End: true } | { Next: string }) =>
    index === length - 1 ? { ...state, End: true } : { ...state, Next: `S${index + 1}` };
  return {
    QueryLanguage: 'JSONata',
    StartAt: 'S0',
    States: Object.fromEntries(Array.from({ length }, (_, index) => [`S${index}`, stateAt(index)])),
  };
};
