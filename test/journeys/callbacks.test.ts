import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, GetItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readHomeFile } from '#infra/local/home-file.ts';
import { aWorkingAssembly } from '#test/infra/local/working-region.ts';
import { type HomeProcess, homeProcess } from './home-process.ts';
import { insist } from './kill.ts';
import { seeded } from './random.ts';

/** `npm run soak` does the full count; a plain run a sample; `KILLS=50` so many. */
const kills = Number(process.env['KILLS'] ?? (process.env['SOAK'] ? 200 : 10));
const seed = process.env['SEED'] ?? 'irikteu';
const atOnce = 6;
/** Milliseconds between being well, or having answered somebody, and the next kill; more where starting takes more. */
const longestLife = 2000;
/** Seconds that a person goes on trying: only what hangs is not through by then. */
const patience = 1200;
const atLeast = 24;

let home: HomeProcess;

beforeAll(async () => {
  home = await homeProcess({ rehearsal: false, stacks: aWorkingAssembly({ waitSeconds: 1 }) });
  await home.start();
});

afterAll(() => home.remove());

/** The home's only child process. */
const engineOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);

const ask = (path: string): Promise<unknown> =>
  insist(async () => {
    const response = await fetch(home.origin + path, { signal: AbortSignal.timeout(40_000) });
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}.`);
    return response.json();
  }, patience);

/** One person: is taken in, is asked, decides. Every step that was acknowledged is one that must hold. */
const goThrough = async (name: string, decision: string): Promise<void> => {
  await ask(`/start/${name}`);
  await expect.poll(() => ask(`/asked/${name}`), { timeout: patience * 1000 }).toEqual({ asked: true });
  await ask(`/decide/${name}/${decision}`);
};

const storedIn = async (): Promise<{ counts: (string | undefined)[]; marks: number }> => {
  const { endpoint, awsRegion, accessKeyId, secretAccessKey } = readHomeFile(home.data);
  const client = new DynamoDBClient({
    endpoint,
    region: awsRegion,
    credentials: { accessKeyId, secretAccessKey },
  });
  const count = async (step: string): Promise<string | undefined> => {
    const Key = { pk: { S: 'EFFECTS' }, sk: { S: step } };
    const { Item } = await client.send(new GetItemCommand({ TableName: 'region-records', Key }));
    return Item?.['done']?.N;
  };
  let marks = 0;
  const done = {
    TableName: 'region-records',
    KeyConditionExpression: 'pk = :done',
    ExpressionAttributeValues: { ':done': { S: 'DONE' } },
  };
  for await (const page of paginateQuery({ client }, done)) marks += page.Count ?? 0;
  const counts = [await count('ask'), await count('close')];
  client.destroy();
  return { counts, marks };
};

it(`loses no answer, doubles no effect and strands no execution when it is killed ${kills} times (seed ${seed})`, async () => {
  const random = seeded(seed);
  const killing = { over: false, done: 0, engines: 0 };
  const kill = async (): Promise<void> => {
    let longest = longestLife;
    for (; killing.done < kills; killing.done += 1) {
      // Every other home is killed while it may still be starting its threads; the others get something done first.
      if (killing.done % 2 === 1) await ask('/asked/nobody');
      await sleep(random() * longest);
      // Every fourth time only the engine dies under the home, which must bring it back.
      if (killing.done % 4 === 3) {
        process.kill(engineOf(home.pid()), 'SIGKILL');
        killing.engines += 1;
      } else {
        await home.kill();
        const begun = Date.now();
        await home.start();
        longest = Math.max(longestLife, Date.now() - begun);
      }
    }
    killing.over = true;
  };
  const decisions = new Map<string, string>();
  const lane = async (person: number): Promise<void> => {
    for (let n = 0; !killing.over || decisions.size < atLeast; n += 1) {
      const name = `p${person}n${n}`;
      const decision = n % 3 === 0 ? 'refused' : 'agreed';
      await goThrough(name, decision);
      decisions.set(name, decision);
    }
  };
  const begun = Date.now();
  await Promise.all([kill(), ...Array.from({ length: atOnce }, (_, person) => lane(person))]).catch(
    async (error: unknown) => {
      const after = `after ${killing.done} of ${kills} kills and ${decisions.size} decisions`;
      const stands = await insist(async () => (await fetch(`${home.operator.url}/executions`)).text());
      throw new Error(`A person or the home could not go on ${after}: ${stands.slice(0, 4_000)}`, {
        cause: error,
      });
    },
  );

  const stillRunning = async () =>
    (await home.operator.executions()).filter(({ status }) => status === 'RUNNING').length;
  await expect.poll(stillRunning, { timeout: 120_000 }).toBe(0);
  const stored = await storedIn();
  await home.kill();
  const database = new DatabaseSync(join(home.data, 'executions.sqlite'));
  const rows = database.prepare('SELECT name, status, output FROM executions').all();
  const left = database.prepare('SELECT count(*) AS timers FROM timers').get();
  database.close();
  process.stdout.write(
    `${kills} kills (${killing.engines} of the engine alone) in ${Math.round((Date.now() - begun) / 1000)} s: ${decisions.size} decisions acknowledged, ${rows.length} executions, ${stored.marks} effects, each once.\n`,
  );

  const outcomes = new Map(rows.map(({ name, status, output }) => [name, { status, output }]));
  for (const [name, decision] of decisions) {
    expect(outcomes.get(name)).toEqual({ status: 'SUCCEEDED', output: JSON.stringify({ decision }) });
  }
  expect(rows.filter(({ status }) => status !== 'SUCCEEDED')).toEqual([]);
  expect(left).toEqual({ timers: 0 });
  // Two steps of each, counted in the transaction that marks them.
  expect(stored).toEqual({ counts: [String(rows.length), String(rows.length)], marks: 2 * rows.length });
}, 3_600_000);
