import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from './home.ts';

const kills = process.env['SOAK'] ? 60 : 8;
/** Rounds that each run adds, so that every kill finds some under way. */
const more = 10;
const rounds = more * kills;
const child = fileURLToPath(new URL('./killed.child.ts', import.meta.url));

/** Runs the home until it finishes, or kills it a while after its first word; answers what it had said by then. */
const runHome = (args: string[], killAfter?: number): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const home = spawn(process.execPath, [child, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let complaints = '';
    let timer: NodeJS.Timeout | undefined;
    home.stdout.on('data', (chunk) => {
      said += String(chunk);
      if (killAfter !== undefined) timer ??= setTimeout(() => home.kill('SIGKILL'), killAfter);
    });
    home.stderr.on('data', (chunk) => (complaints += String(chunk)));
    home.on('close', (code, signal) => {
      clearTimeout(timer);
      // The last line may be cut in the middle by the kill.
      if (code === 0 || signal === 'SIGKILL') resolve(said.split('\n').slice(0, -1));
      else reject(new Error(complaints));
    });
  });

test('SIGKILL at any moment loses nothing that was acknowledged and repeats only what was under way', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'executions.sqlite');
  const journal = join(folder, 'journal');
  const said: string[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    said.push(...(await runHome([file, journal, String(more * (kill + 1))], Math.random() * 900)));
  }
  said.push(...(await runHome([file, journal, String(rounds)])));

  const database = new DatabaseSync(file, { readOnly: true });
  const executions = database.prepare('SELECT name, status, output FROM executions').all();
  const eventGaps = database
    .prepare('SELECT execution FROM events GROUP BY execution HAVING max(id) <> count(*)')
    .all();
  const leftOver = database
    .prepare('SELECT (SELECT count(*) FROM frames) + (SELECT count(*) FROM timers) AS n')
    .get();
  database.close();

  expect(said.filter((line) => line === 'finished').length).toBeLessThan(kills);
  expect(said.at(-1)).toBe('finished');
  const started = new Set(
    said.filter((line) => line.startsWith('started ')).map((line) => line.split(' ')[1]),
  );
  expect(executions).toHaveLength(rounds);
  for (const name of started) expect(executions.map((row) => row['name'])).toContain(name);
  for (const row of executions) expect(row).toMatchObject({ status: 'SUCCEEDED' });
  expect(eventGaps).toEqual([]);
  expect(leftOver).toEqual({ n: 0 });

  // A decision that was acknowledged is the decision, and there is one for each round at most.
  for (const line of said.filter((each) => each.startsWith('decided '))) {
    const [, name = '', decision = ''] = line.split(' ');
    const row = executions.find((each) => each['name'] === name);
    expect(JSON.parse(String(row?.['output']))).toEqual({ read: `read ${name}`, decision });
  }

  // Each kill can have cut, and so repeat, one run of a step.
  const effects = readFileSync(journal, 'utf8').trim().split('\n');
  const decided = new Set(said.filter((each) => each.startsWith('decided ')));
  if (process.env['SOAK']) {
    process.stdout.write(
      `${kills} kills of the interpreter: ${rounds} rounds, ${decided.size} decisions acknowledged, ${effects.length} runs of their ${3 * rounds} steps.\n`,
    );
  }
  for (const step of ['read', 'gate', 'close']) {
    for (const { name } of executions.map((row) => ({ name: String(row['name']) }))) {
      const runs = effects.filter((line) => line.startsWith(`effect ${step} ${name} `)).length;
      expect(runs).toBeGreaterThanOrEqual(1);
      expect(runs).toBeLessThanOrEqual(1 + kills);
    }
  }
}, 600_000);
