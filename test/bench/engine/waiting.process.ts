/**
 * A process of its own, whose memory is that of the waiting executions: half of them for a year, half for a person.
 * node waiting.process.ts FILE COUNT: adds so many, then says what it cost to open the file and to answer once.
 */
import { machineArn, openEngine, startOne } from './home.ts';

const [file = '', count = '0'] = process.argv.slice(2);
const yearArn = `${machineArn}-year`;
const gateArn = `${machineArn}-gate`;
const machine = (state: object): object => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Open',
  States: { Open: { ...state, End: true } },
});

const start = performance.now();
const engine = openEngine(file, {
  [yearArn]: machine({ Type: 'Wait', Seconds: 31_536_000 }),
  [gateArn]: machine({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
  }),
});
await engine.handle({
  method: 'POST',
  url: '/',
  headers: { 'x-amz-target': 'AWSStepFunctions.ListStateMachines' },
  body: Buffer.from('{}'),
  caller: { kind: 'operator' },
});
const milliseconds = performance.now() - start;

for (let begun = 0; begun < Number(count); begun += 500) {
  await Promise.all(
    Array.from({ length: 500 }, (_, index) =>
      startOne(engine, index % 2 === 0 ? yearArn : gateArn, begun + index),
    ),
  );
}
await engine.idle();

const megabytes = process.memoryUsage().rss / 2 ** 20;
process.stdout.write(JSON.stringify({ megabytes, milliseconds }));
await engine.close();
process.exit(0);
