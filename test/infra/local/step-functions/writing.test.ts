import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Declined, openCommitter } from '#infra/local/step-functions/committer.ts';
import { temporaryFolder } from './home.ts';

const openTable = () => {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE notes (text TEXT PRIMARY KEY)');
  const add = database.prepare('INSERT INTO notes VALUES (?)');
  const committer = openCommitter(database);
  return {
    note: (text: string) => committer.commit(() => add.run(text).changes),
    decline: () =>
      committer.commit(() => {
        throw new Declined('NotNow', 'not now');
      }),
    notes: () =>
      database
        .prepare('SELECT text FROM notes ORDER BY rowid')
        .all()
        .map((row) => row['text']),
  };
};

test('a refusal inside a shared transaction concerns the one who asked, and nobody else', async () => {
  const table = openTable();

  const outcomes = await Promise.allSettled([table.note('one'), table.decline(), table.note('two')]);

  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(table.notes()).toEqual(['one', 'two']);
});

test('a transition that cannot be written takes none of those with it that share its transaction', async () => {
  const table = openTable();
  await table.note('one');

  const outcomes = await Promise.allSettled([table.note('two'), table.note('one'), table.note('three')]);

  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(table.notes()).toEqual(['one', 'two', 'three']);
});

/** Runs the home of the SIGKILL test under a limit of the size of its files, in KiB; ends it when it says `stopAt`. */
const runLimited = (args: string[], limit: number, stopAt?: string): Promise<string> =>
  new Promise((resolve) => {
    const child = fileURLToPath(new URL('./killed.child.ts', import.meta.url));
    const command = `ulimit -f ${limit}; exec "$0" "$@"`;
    const home = spawn('/bin/bash', ['-c', command, process.execPath, child, ...args]);
    let said = '';
    home.stdout.on('data', (chunk) => {
      said += String(chunk);
      if (stopAt !== undefined && said.includes(stopAt)) home.kill('SIGKILL');
    });
    home.stderr.on('data', (chunk) => (said += String(chunk)));
    home.on('close', () => resolve(said));
  });

test('a disk that is full stops writing, corrupts nothing, and rounds go on once there is room', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'executions.sqlite');
  const args = [file, join(folder, 'journal'), '40'];

  const full = await runLimited(args, 200, 'log execution-not-written');
  const roomy = await runLimited(args, 1_000_000);

  expect(full).toContain('log execution-not-written');
  expect(full).not.toContain('finished');
  expect(roomy).toContain('finished');
  const database = new DatabaseSync(file, { readOnly: true });
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  expect(database.prepare('SELECT status, count(*) AS n FROM executions GROUP BY status').all()).toEqual([
    { status: 'SUCCEEDED', n: 40 },
  ]);
  database.close();
});
