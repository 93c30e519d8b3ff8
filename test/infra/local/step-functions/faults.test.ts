import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { asks, machine, openHome } from './home.ts';

const sound = machine({ Enter: { Type: 'Pass', End: true } });

/** Changes the file while no home holds it. */
const change = (folder: string, sql: string): void => {
  const database = new DatabaseSync(join(folder, 'executions.sqlite'));
  database.exec(sql);
  database.close();
};

const refusal = (what: string, when: string): string =>
  `CREATE TRIGGER refused BEFORE ${what} WHEN ${when} BEGIN SELECT RAISE(ABORT, 'not this one'); END`;

/** A file whose database refuses writes of a kind, though its disk is well. */
const folderThatRefuses = async (what: string, when: string): Promise<string> => {
  const home = openHome({ machines: { sound } });
  await home.close();
  change(home.folder, refusal(what, when));
  return home.folder;
};

test('an execution whose next transition can never be written fails, and holds up no other', async () => {
  const folder = await folderThatRefuses('INSERT ON events', `new.type = 'SucceedStateEntered'`);
  const home = openHome({ machines: { sound, broken: machine({ End: { Type: 'Succeed' } }) }, folder });

  const [broken, other] = await Promise.all([home.start('broken'), home.start('sound')]);
  await home.settle();

  expect(await home.describe(other)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await home.describe(broken)).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: 'not this one',
  });
  expect(home.events(broken).at(-1)?.type).toBe('ExecutionFailed');
});

test('an answer that could not be written stops nothing else: the other branch goes on by itself', async () => {
  let answered: Promise<unknown> = Promise.resolve();
  let asked = '';
  const steps = Array.from({ length: 30 }, (_, index) => [
    `Step${index}`,
    index === 29 ? { Type: 'Pass', End: true } : { Type: 'Pass', Next: `Step${index + 1}` },
  ]);
  const gate = { StartAt: 'Gate', States: { Gate: asks('openGate', { End: true }) } };
  const line = { StartAt: 'Step0', States: Object.fromEntries(steps) };
  const machines = { round: machine({ Both: { Type: 'Parallel', Branches: [gate, line], End: true } }) };
  const folder = await folderThatRefuses('INSERT ON events', `new.type = 'TaskSucceeded'`);
  const before = openHome({
    folder,
    machines,
    functions: {
      openGate: ({ token }) => {
        asked = token;
        answered = before.call('SendTaskSuccess', { taskToken: token, output: '1' });
      },
    },
  });

  const arn = await before.start('round');
  await before.settle();

  expect(await answered).toMatchObject({ __type: expect.any(String) });
  const passed = before.events(arn).filter(({ type }) => type === 'PassStateExited');
  expect(passed).toHaveLength(30);
  await before.close();
  change(folder, 'DROP TRIGGER refused');
  const after = openHome({ folder, machines });
  await after.call('SendTaskSuccess', { taskToken: asked, output: '1' });
  await after.settle();
  expect(await after.describe(arn)).toMatchObject({ status: 'SUCCEEDED' });
});

test('a timer that could not be taken away is looked at again, and the home stays up', async () => {
  const machines = { round: machine({ Open: { Type: 'Wait', Seconds: 60, End: true } }) };
  const before = openHome({ machines });
  const { folder } = before;
  await before.start('round');
  await before.settle();
  await before.close();
  change(folder, `INSERT INTO timers SELECT execution, 99, 'wait', -9e12 FROM timers`);
  change(folder, refusal('DELETE ON timers', `old.frame = 99 AND EXISTS (SELECT 1 FROM frames)`));

  const after = openHome({ machines, folder });
  await sleep(50);
  await after.pass(60);
  // The pause is of real time, for the sake of the disk.
  await sleep(1_500);
  await after.close();

  const database = new DatabaseSync(join(folder, 'executions.sqlite'));
  expect(database.prepare('SELECT status FROM executions').get()).toEqual({ status: 'SUCCEEDED' });
  expect(database.prepare('SELECT * FROM timers').all()).toEqual([]);
  database.close();
});

test('a transition whose timer cannot be written leaves no event and no line behind, and is worked out again', async () => {
  const folder = await folderThatRefuses('INSERT ON timers', '1');
  const machines = { round: machine({ Open: { Type: 'Wait', Seconds: 60, End: true } }) };
  const before = openHome({ machines, folder, more: { graceMilliseconds: 1 } });

  const arn = await before.start('round');
  while (!before.logged.includes('execution-not-written')) await sleep(5);
  const events = before.events(arn).map(({ type }) => type);
  const lines = before.waits().map(({ doing }) => doing);
  await before.close();
  change(folder, 'DROP TRIGGER refused');
  const after = openHome({ machines, folder });
  await after.pass(60);

  expect(events).toEqual(['ExecutionStarted']);
  expect(lines).toEqual(['entering']);
  expect(await after.describe(arn)).toMatchObject({ status: 'SUCCEEDED' });
});
