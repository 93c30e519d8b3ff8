import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { asks, machine, machineArn, openHome, temporaryFolder } from './home.ts';

const day = 86_400;
const round = machine({
  Gate: asks('openGate', { TimeoutSeconds: 200 * day, Next: 'Close' }),
  Close: { Type: 'Succeed' },
});

const openRounds = () => {
  const folder = temporaryFolder();
  const tokens: string[] = [];
  const functions = { openGate: ({ token }: { token: string }) => void tokens.push(token) };
  const home = openHome({ machines: { round }, functions, folder });
  return { ...home, folder, tokens };
};

const rowsIn = (folder: string, table: string): unknown => {
  const database = new DatabaseSync(join(folder, 'executions.sqlite'), { readOnly: true });
  const count = database.prepare(`SELECT count(*) AS n FROM ${table}`).get();
  database.close();
  return count?.['n'];
};

test('a round that ended is there for 90 days, then its history, its tokens and its name are free again', async () => {
  const home = openRounds();
  const arn = await home.start('round', {}, 'almaty-1');
  await home.settle();
  await home.call('SendTaskSuccess', { taskToken: home.tokens[0], output: '{}' });
  await home.settle();

  await home.pass(89 * day);
  expect(await home.describe(arn)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await home.call('SendTaskSuccess', { taskToken: home.tokens[0], output: '{}' })).toMatchObject({
    __type: 'TaskTimedOut',
  });

  await home.pass(3 * day);
  expect(await home.describe(arn)).toMatchObject({ __type: 'ExecutionDoesNotExist' });
  expect(await home.call('SendTaskSuccess', { taskToken: home.tokens[0], output: '{}' })).toMatchObject({
    __type: 'TaskDoesNotExist',
  });
  expect(await home.start('round', {}, 'almaty-1')).toBe(arn);
});

test('a round that still runs is kept however old it is, with all of its history', async () => {
  const home = openRounds();
  const arn = await home.start('round');

  await home.pass(150 * day);

  expect(await home.describe(arn)).toMatchObject({ status: 'RUNNING' });
  expect(home.events(arn).at(0)).toMatchObject({ type: 'ExecutionStarted' });
});

test('many rounds that ended while the home was down are swept at its next start, and nothing of them stays', async () => {
  const before = openRounds();
  const names = Array.from({ length: 120 }, (_, index) => `round-${index}`);
  await Promise.all(names.map((name) => before.start('round', {}, name)));
  await before.settle();
  await Promise.all(
    before.tokens.map((taskToken) => before.call('SendTaskSuccess', { taskToken, output: '{}' })),
  );
  await before.settle();
  const now = before.clock.now() + 91 * day * 1000;
  await before.close();

  const after = openHome({ machines: {}, folder: before.folder, now });
  await after.pass(0);
  while (after.service.executions().length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await after.close();

  for (const table of ['executions', 'events', 'tokens', 'frames', 'timers']) {
    expect([table, rowsIn(before.folder, table)]).toEqual([table, 0]);
  }
  expect(after.logged).toContain('executions-swept');
});

test('the swept round is out of the list of its machine', async () => {
  const home = openRounds();
  const executionArn = await home.start('round');
  await home.settle();
  await home.call('StopExecution', { executionArn });

  await home.pass(92 * day);

  expect(await home.call('ListExecutions', { stateMachineArn: machineArn('round') })).toMatchObject({
    executions: [],
  });
});
