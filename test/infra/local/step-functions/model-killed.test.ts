import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { machineArn, temporaryFolder } from './home.ts';
import { definitionsOf } from './model/definitions.ts';
import { flows, type Node, type Outcome, outcomeOf } from './model/machines.ts';
import { minutesOf, openBudget } from './model/soak.ts';
import { answeredTwice, notesIn } from './model/world.ts';

/** The random machines of `model.test.ts`, many at once in a process of their own that is killed at random moments. */

const child = join(import.meta.dirname, 'model', 'killed.process.ts');

const Said = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('begun'), arns: z.array(z.string()) }),
  z.object({
    kind: z.literal('ended'),
    arn: z.string(),
    status: z.string().optional(),
    output: z.string().optional(),
    error: z.string().optional(),
  }),
  z.object({ kind: z.literal('finished'), faults: z.array(z.string()) }),
]);
type Said = z.infer<typeof Said>;

/** Runs the home until it finishes, or kills it so many milliseconds after it began; answers what it had said by then. */
const runHome = (args: string[], killAfter?: number): Promise<Said[]> =>
  new Promise((resolve, reject) => {
    const home = spawn(process.execPath, [child, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let complaints = '';
    const timer = killAfter === undefined ? undefined : setTimeout(() => home.kill('SIGKILL'), killAfter);
    home.stdout.on('data', (chunk) => (said += String(chunk)));
    home.stderr.on('data', (chunk) => (complaints += String(chunk)));
    home.on('close', (code, signal) => {
      clearTimeout(timer);
      const whole = said.split('\n').slice(0, -1);
      if (code === 0 || signal === 'SIGKILL') resolve(whole.map((line) => Said.parse(JSON.parse(line))));
      else reject(new Error(complaints));
    });
  });

type Case = { flow: Node[]; input: number };

const play = async (cases: readonly Case[], kills: readonly number[]) => {
  const folder = temporaryFolder();
  const [file, journal, list] = ['executions.sqlite', 'journal', 'cases'].map((name) => join(folder, name));
  const described = cases.map(({ flow, input }, index) => ({
    arn: machineArn(`round${index}`),
    input,
    machines: definitionsOf(`round${index}`, flow),
  }));
  writeFileSync(list ?? '', JSON.stringify(described));
  const args = [file ?? '', journal ?? '', list ?? '', String(Date.now())];
  const said: Said[] = [];
  for (const kill of kills) said.push(...(await runHome(args, kill)));
  said.push(...(await runHome(args)));
  const database = new DatabaseSync(file ?? '', { readOnly: true });
  const count = (table: string): unknown =>
    database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'];
  const leftOver = { frames: count('frames'), timers: count('timers'), stops: count('stops') };
  database.close();
  return {
    said,
    leftOver,
    outcomes: described.map(({ arn }) => said.findLast((each) => each.kind === 'ended' && each.arn === arn)),
    notes: journal && existsSync(journal) ? notesIn(readFileSync(journal, 'utf8')) : [],
  };
};

const inWords = (outcome: Outcome): object =>
  outcome.status === 'SUCCEEDED'
    ? { status: 'SUCCEEDED', output: JSON.stringify(outcome.output) }
    : { status: 'FAILED', error: outcome.error };

test('SIGKILLs of the interpreter change nothing of what random machines come to', async () => {
  const input = fc.integer({ min: 0, max: 9 });
  const cases = fc.array(fc.record({ flow: flows, input }), { minLength: 15, maxLength: 15 });
  const kills = fc.array(fc.integer({ min: 150, max: 2_000 }), { minLength: 3, maxLength: 6 });
  const budget = openBudget('Random machines, killed', minutesOf(15));
  await fc.assert(
    fc.asyncProperty(cases, kills, async (machines, moments) => {
      if (!budget.begin()) return;
      const { said, leftOver, outcomes, notes } = await play(machines, moments);
      budget.count('machines', machines.length);
      budget.count('SIGKILLs', moments.length);

      for (const [index, { flow, input: given }] of machines.entries()) {
        expect(outcomes[index]).toMatchObject(inWords(outcomeOf(flow, given)));
      }
      expect(said.at(-1)).toEqual({ kind: 'finished', faults: [] });
      expect(leftOver).toEqual({ frames: 0, timers: 0, stops: 0 });
      expect(answeredTwice(notes)).toEqual([]);
      expect(notes.filter(({ kind }) => kind === 'wrong')).toEqual([]);
    }),
    // One run is minutes of real time: a smaller counterexample is not looked for.
    { numRuns: process.env['SOAK'] ? 25 : 2, endOnFailure: true },
  );
  budget.report();
}, 1_200_000);
