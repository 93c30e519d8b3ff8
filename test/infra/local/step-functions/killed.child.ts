/**
 * A home that a test kills: runs rounds with a task, a gate and another task, and says on stdout what was acknowledged.
 * node killed.child.ts FILE JOURNAL ROUNDS
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { openStepFunctions } from '#infra/local/step-functions/step-functions.ts';

const Payload = z.object({ name: z.string(), token: z.string().default('-') });
const [file = '', journal = '', rounds = '0'] = process.argv.slice(2);
const names = Array.from({ length: Number(rounds) }, (_, index) => `round-${index}`);
const arn = 'arn:aws:states:eu-central-1:000000000000:stateMachine:round';
const retry = {
  Retry: [{ ErrorEquals: ['Lambda.ServiceException'], IntervalSeconds: 1, MaxAttempts: 99, BackoffRate: 1 }],
};
const note = (...words: string[]) => appendFileSync(journal, `${words.join(' ')}\n`);
const say = (...words: string[]) => process.stdout.write(`${words.join(' ')}\n`);
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const call = (FunctionName: string, Next: string, more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName, Payload: { name: '{% $states.context.Execution.Name %}' } },
  Next,
  ...retry,
  ...more,
});

const service = openStepFunctions({
  file,
  clock: {
    now: Date.now,
    at: (instant, callback) => {
      const timer = setTimeout(callback, Math.max(0, instant - Date.now()));
      return () => clearTimeout(timer);
    },
  },
  activity: { track: (work) => work, idle: async () => {} },
  machines: [
    {
      arn,
      name: 'round',
      definition: {
        QueryLanguage: 'JSONata',
        StartAt: 'Read',
        States: {
          Read: call('read', 'Pause', { Assign: { read: '{% $states.result.Payload %}' } }),
          Pause: { Type: 'Wait', Seconds: 1, Next: 'Gate' },
          Gate: call('gate', 'Close', {
            Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
            Arguments: {
              FunctionName: 'gate',
              Payload: {
                name: '{% $states.context.Execution.Name %}',
                token: '{% $states.context.Task.Token %}',
              },
            },
            Assign: { decision: '{% $states.result %}' },
          }),
          Close: call('close', 'Done'),
          Done: { Type: 'Succeed', Output: { read: '{% $read %}', decision: '{% $decision %}' } },
        },
      },
    },
  ],
  invoke: async (name, payload) => {
    const { name: round, token } = Payload.parse(payload);
    note('effect', name, round, token);
    await pause(Math.random() * 30);
    return { outcome: 'returned', payload: `${name} ${round}` };
  },
  log: (code, message) => say('log', code, message),
});

const ask = async (operation: string, body: object): Promise<{ __type?: string }> => {
  const answer = await service.handle({
    method: 'POST',
    url: '/',
    headers: { 'x-amz-target': `AWSStepFunctions.${operation}` },
    body: Buffer.from(JSON.stringify(body)),
    caller: { kind: 'operator' },
  });
  return JSON.parse(String(answer.body));
};

const tokensInJournal = (): [string, string][] =>
  existsSync(journal)
    ? readFileSync(journal, 'utf8')
        .split('\n')
        .map((line) => line.split(' '))
        .flatMap(([kind, name, round = '', token = '']): [string, string][] =>
          kind === 'effect' && name === 'gate' ? [[round, token]] : [],
        )
    : [];

await Promise.all(
  names.map(async (name) => {
    const { __type } = await ask('StartExecution', { stateMachineArn: arn, name, input: '{}' });
    if (__type === undefined || __type === 'ExecutionAlreadyExists') say('started', name);
  }),
);

/** The committee: answers every token it has ever seen, again and again, as one who is never sure to have been heard. */
while (service.executions().some(({ status }) => status === 'RUNNING')) {
  for (const [round, token] of tokensInJournal()) {
    const decision = `${round}:${Math.random()}`;
    const { __type } = await ask('SendTaskSuccess', { taskToken: token, output: JSON.stringify(decision) });
    if (__type === undefined) say('decided', round, decision);
  }
  await pause(20);
}
await service.close();
say('finished');
