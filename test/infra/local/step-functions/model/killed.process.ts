/**
 * A home of random machines, for a test to kill; it begins what has not begun, goes on with the rest, and when nothing
 * runs any more it says what came of everything.
 * node killed.process.ts FILE JOURNAL CASES BEGINNING: real milliseconds since BEGINNING count twenty times.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { openStepFunctions } from '#infra/local/step-functions/step-functions.ts';
import { eventsIn, faultsOfHistory, notesIn, openWorld } from './world.ts';

const Case = z.object({
  arn: z.string(),
  input: z.number(),
  machines: z.record(z.string(), z.looseObject({})),
});
const Answer = z.looseObject({
  __type: z.string().optional(),
  executionArn: z.string().optional(),
  status: z.string().optional(),
  output: z.string().optional(),
  error: z.string().optional(),
});

const [file = '', journalFile = '', casesFile = '', beginning = '0'] = process.argv.slice(2);
const cases = z.array(Case).parse(JSON.parse(readFileSync(casesFile, 'utf8')));
const speed = 20;
const now = (): number => Number(beginning) + (Date.now() - Number(beginning)) * speed;
const say = (what: object): boolean => process.stdout.write(`${JSON.stringify(what)}\n`);
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const service = openStepFunctions({
  file,
  clock: {
    now,
    at: (instant, callback) => {
      const timer = setTimeout(callback, Math.min(2 ** 31 - 1, Math.max(0, (instant - now()) / speed)));
      return () => clearTimeout(timer);
    },
  },
  activity: { track: (work) => work, idle: async () => {} },
  machines: Object.entries(Object.assign({}, ...cases.map(({ machines }) => machines))).map(
    ([name, definition]) => ({
      arn: `arn:aws:states:eu-central-1:000000000000:stateMachine:${name}`,
      name,
      definition,
    }),
  ),
  invoke: (name, payload) => world.invoke(name, payload),
  log: (code, message, facts) => void process.stderr.write(`${code} ${message} ${JSON.stringify(facts)}\n`),
});

const call = async (operation: string, body: object): Promise<z.infer<typeof Answer>> => {
  const answer = await service.handle({
    method: 'POST',
    url: '/',
    headers: { 'x-amz-target': `AWSStepFunctions.${operation}` },
    body: Buffer.from(JSON.stringify(body)),
    caller: { kind: 'operator' },
  });
  return Answer.parse(JSON.parse(String(answer.body)));
};

const world = openWorld({
  call,
  history: service.history,
  journal: {
    add: (note) => appendFileSync(journalFile, `${JSON.stringify(note)}\n`),
    all: () => (existsSync(journalFile) ? notesIn(readFileSync(journalFile, 'utf8')) : []),
  },
  track: (work) => work,
});
world.resume();

const begun = await Promise.all(
  cases.map(({ arn, input }) =>
    call('StartExecution', { stateMachineArn: arn, name: 'one', input: JSON.stringify(input) }),
  ),
);
say({ kind: 'begun', arns: begun.flatMap(({ executionArn }) => executionArn ?? []) });
while (service.executions().some(({ status }) => status === 'RUNNING')) await pause(20);

for (const { arn } of cases) {
  const executionArn = `${arn.replace(':stateMachine:', ':execution:')}:one`;
  const { status, output, error } = await call('DescribeExecution', { executionArn });
  say({ kind: 'ended', arn, status, output, error });
}
const faults = service
  .executions()
  .flatMap(({ arn, status }) => faultsOfHistory(eventsIn(service.history(arn)), status));
await service.close();
say({ kind: 'finished', faults });
