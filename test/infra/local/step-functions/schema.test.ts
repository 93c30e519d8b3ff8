import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { machine, openHome, temporaryFolder } from './home.ts';

const machines = {
  round: machine({
    Open: { Type: 'Wait', Seconds: 3_600, Next: 'Closed' },
    Closed: { Type: 'Succeed', Output: { at: '{% $states.context.State.EnteredTime %}' } },
  }),
};

/** Makes a file what it was before events lay in the order of their writing. */
const bringToVersion2 = (file: string): void => {
  const database = new DatabaseSync(file);
  database.exec(`
    ALTER TABLE events RENAME TO newer;
    CREATE TABLE events (
      execution INTEGER NOT NULL, id INTEGER NOT NULL, previous INTEGER NOT NULL, at INTEGER NOT NULL,
      type TEXT NOT NULL, details TEXT NOT NULL, PRIMARY KEY (execution, id)
    ) WITHOUT ROWID;
    INSERT INTO events SELECT * FROM newer;
    DROP TABLE newer;
    CREATE INDEX frames_to_resume ON frames (execution)
      WHERE doing IN ('entering', 'beginning', 'invoking', 'starting', 'nested');
    PRAGMA user_version = 2;
  `);
  database.close();
};

test('a file of the version before keeps its histories, and its rounds go on', async () => {
  const folder = temporaryFolder();
  const before = openHome({ machines, folder });
  const arn = await before.start('round');
  const other = await before.start('round', {}, 'other');
  await before.settle();
  const [history, now] = [before.events(arn), before.clock.now()];
  await before.close();
  bringToVersion2(join(folder, 'executions.sqlite'));

  const after = openHome({ machines, folder, now });
  const kept = after.events(arn);
  await after.pass(3_600);

  expect(kept).toEqual(history);
  for (const each of [arn, other]) expect(await after.describe(each)).toMatchObject({ status: 'SUCCEEDED' });
  expect(after.events(arn).map(({ id }) => id)).toEqual(after.events(arn).map((_, index) => index + 1));
});
