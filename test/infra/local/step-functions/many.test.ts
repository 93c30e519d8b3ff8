import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { machine, openHome, temporaryFolder } from './home.ts';

const day = 86_400;
const many = 10_000;

const statusesIn = (folder: string): unknown[] => {
  const database = new DatabaseSync(join(folder, 'executions.sqlite'), { readOnly: true });
  const rows = database.prepare('SELECT status, count(*) AS n FROM executions GROUP BY status').all();
  database.close();
  return rows;
};

test('ten thousand rounds wait for a year, through a restart, and all go on at the moment that was set', async () => {
  const folder = temporaryFolder();
  const machines = {
    round: machine({
      Year: { Type: 'Wait', Timestamp: '1894-09-01T09:00:00Z', Next: 'Close' },
      Close: { Type: 'Succeed', Output: '{% $now() %}' },
    }),
  };
  const before = openHome({ machines, folder });
  for (let begun = 0; begun < many; begun += 1_000) {
    const names = Array.from({ length: 1_000 }, (_, index) => `round-${begun + index}`);
    await Promise.all(names.map((name) => before.start('round', {}, name)));
  }
  await before.settle();
  const now = before.clock.now() + 364 * day * 1000;
  await before.close();

  const after = openHome({ machines, folder, now });
  await after.settle();
  const waiting = await after.describe(arnOf('round-0'));
  await after.pass(2 * day);
  const [first, last] = [
    await after.describe(arnOf('round-0')),
    await after.describe(arnOf(`round-${many - 1}`)),
  ];
  await after.close();

  expect(waiting).toMatchObject({ status: 'RUNNING' });
  const output = '"1894-09-01T09:00:00.000Z"';
  for (const each of [first, last]) expect(each).toMatchObject({ status: 'SUCCEEDED', output });
  expect(statusesIn(folder)).toEqual([{ status: 'SUCCEEDED', n: many }]);
}, 600_000);

const arnOf = (name: string): string => `arn:aws:states:eu-central-1:000000000000:execution:round:${name}`;
