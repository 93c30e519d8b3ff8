import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DescribeStateMachineCommand, SFNClient, TestStateCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readManifest } from '#infra/local/backup/manifest.ts';
import type { Home } from '#infra/local/home.ts';
import { startEngine } from '#test/engine.ts';
import { aFolder } from '#test/infra/local/assembly.ts';
import { aHome, ask, backUp, restore, statesOfLetters } from './harness.ts';

/** What a copy of a data folder holds of each applicant, straight from its files. */
const holdings = (folder: string) => {
  const read = (file: string, sql: string): string[] => {
    const database = new DatabaseSync(join(folder, file), { readOnly: true });
    const rows = database.prepare(sql).all();
    database.close();
    return rows.map((row) => String(Object.values(row)[0]));
  };
  return {
    // The engine puts the type before a key.
    items: read('records.sqlite', `SELECT substr(sk, 3) FROM "region-records" WHERE pk = 'S:APPLICATION'`),
    executions: read('executions.sqlite', 'SELECT name FROM executions'),
    documents: readdirSync(join(folder, 'buckets', 'region-documents', 'objects')),
    letters: readdirSync(join(folder, 'letters', 'waiting')),
  };
};

/** Runs a step of the region's function by TestState, which waits for it, in the role of the region's machine. */
const tryOut = async (home: Home, n: string): Promise<string | undefined> => {
  const { endpoint, awsRegion: region, accessKeyId, secretAccessKey, environment } = home;
  const credentials = { accessKeyId, secretAccessKey };
  const client = new SFNClient({ endpoint, region, credentials, disableHostPrefix: true });
  const asked = new DescribeStateMachineCommand({ stateMachineArn: environment['MACHINE'] });
  const { roleArn } = await client.send(asked);
  const definition = JSON.stringify({
    Type: 'Task',
    QueryLanguage: 'JSONata',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: 'region-web', Payload: { step: 'try', n } },
    End: true,
  });
  const { status } = await client.send(new TestStateCommand({ definition, roleArn }));
  client.destroy();
  return status;
};

/** Copies that are taken while people apply: each is slower than the one before, for there is more to copy. */
const copies = process.env['SOAK'] ? 4 : 2;

describe('a backup of a running home', () => {
  it('is one moment of tables, executions, documents and letters, while people apply', async () => {
    const home = await aHome();
    const applying = { over: false };
    const refused: number[] = [];
    const lane = async (name: string): Promise<void> => {
      for (let n = 0; !applying.over; n += 1) {
        const status = await ask(home, `/apply/${name}${n}`);
        if (status !== 200) refused.push(status);
      }
    };
    const lanes = ['a', 'b', 'c', 'd'].map(lane);
    await expect.poll(() => statesOfLetters(home), { timeout: 30_000 }).toHaveProperty('Received a1');

    const taken = [];
    for (let n = 0; n < copies; n += 1) taken.push(await backUp(home.dataFolder));
    applying.over = true;
    await Promise.all(lanes);

    expect(refused).toEqual([]);
    for (const { folder, faults } of taken) {
      const { items, executions, documents, letters } = holdings(folder);
      expect(faults).toEqual([]);
      // Each person's come in this order, and four are under way at a time.
      expect(executions.filter((name) => !items.includes(name))).toEqual([]);
      expect(items.length - executions.length).toBeLessThanOrEqual(4);
      expect([documents.length <= executions.length, letters.length <= documents.length]).toEqual([
        true,
        true,
      ]);
      expect(executions.length - letters.length).toBeLessThanOrEqual(4);
    }
    expect(holdings(taken.at(-1)?.folder ?? '').items.length).toBeGreaterThan(8);
  });

  it('is taken while states are tried out whose functions write', async () => {
    const home = await aHome();
    const trying = { over: false };
    const outcomes = new Set<string | undefined>();
    const lanes = [1, 2, 3, 4].map(async (lane) => {
      for (let n = 0; !trying.over; n += 1) outcomes.add(await tryOut(home, `${lane}-${n}`));
    });
    await expect.poll(() => outcomes.size, { timeout: 30_000 }).toBe(1);

    const { faults } = await backUp(home.dataFolder);
    trying.over = true;
    await Promise.all(lanes);

    expect(faults).toEqual([]);
    expect([...outcomes]).toEqual(['SUCCEEDED']);
  });

  it('is where a home goes on, on another machine, when this one is gone', async () => {
    const first = await aHome();
    await ask(first, '/apply/n1');
    await expect
      .poll(() => fetch(`${first.origin}/asked/n1`).then((answer) => answer.json()))
      .toEqual({
        asked: true,
      });
    const { folder } = await backUp(first.dataFolder);
    await ask(first, '/apply/n2');
    await first.stop();
    const elsewhere = aFolder();

    await restore(folder, elsewhere);
    const second = await aHome({ dataFolder: elsewhere });

    // A person's answer reaches the execution that asked on the machine that is gone.
    expect(await ask(second, '/decide/n1/agreed')).toBe(200);
    const executions = await (await fetch(`${second.operator}/executions`)).json();
    expect(executions).toMatchObject([
      { name: 'n1', status: 'RUNNING', waits: [{ state: 'WaitForDeadline' }] },
    ]);
    expect(Object.keys(await statesOfLetters(second))).toEqual(['Received n1']);
  });

  it('leaves nothing half-written where another one was cut, and keeps as many as it is told', async () => {
    const home = await aHome();
    const into = aFolder();
    await ask(home, '/apply/n1');
    mkdirSync(join(into, 'KZ-19-2026.unfinished'));

    const [first, second, third] = [
      await backUp(home.dataFolder, into, 2),
      await backUp(home.dataFolder, into, 2),
      await backUp(home.dataFolder, into, 2),
    ];

    expect(existsSync(first.folder)).toBe(false);
    expect(third.removed).toEqual([first.folder]);
    const [document = ''] = holdings(third.folder).documents;
    const inodes = [second, third].map(
      ({ folder }) => statSync(join(folder, 'buckets/region-documents/objects', document)).ino,
    );
    // What did not change is on the disk once.
    expect(inodes[0]).toBe(inodes[1]);
    expect(readdirSync(into).filter((name) => name !== 'lock')).toHaveLength(2);
  });

  it('of a home that was killed, engine and all, is taken from the folder alone', async () => {
    const home = await aHome();
    await ask(home, '/apply/n1');
    const copy = aFolder();
    // As a kill leaves it: journals unread, nobody there.
    cpSync(home.dataFolder, copy, { recursive: true, filter: (path) => !path.endsWith('home.json') });

    const { folder, heldMilliseconds, faults } = await backUp(copy);

    expect({ heldMilliseconds, faults }).toEqual({ heldMilliseconds: undefined, faults: [] });
    expect(readManifest(folder).stopped).toBe(true);
    expect(holdings(folder).executions).toEqual(['n1']);
  });

  it('finds a document whose bytes the disk has changed', async () => {
    const home = await aHome();
    await ask(home, '/apply/n1');
    const objects = join(home.dataFolder, 'buckets/region-documents/objects');
    const [name = ''] = readdirSync(objects);
    const file = openSync(join(objects, name), 'r+');
    writeSync(file, 'Diploma of n1', 0);
    closeSync(file);

    const { faults } = await backUp(home.dataFolder);

    expect(faults).toEqual([expect.stringContaining('its bytes are not those that were uploaded')]);
  });

  it('is never written into the data folder itself, by whatever name', async () => {
    const home = await aHome();
    const byname = join(aFolder(), 'byname');
    symlinkSync(home.dataFolder, byname);

    for (const into of [home.dataFolder, byname])
      await expect(backUp(home.dataFolder, join(into, 'backups'))).rejects.toMatchObject({ exitCode: 64 });
    expect(existsSync(join(home.dataFolder, 'backups'))).toBe(false);
  });

  it('is refused where a link leads out of the folder: what it leads to would be missing', async () => {
    const home = await aHome();
    await ask(home, '/apply/n1');
    await home.stop();
    const elsewhere = join(aFolder(), 'buckets');
    renameSync(join(home.dataFolder, 'buckets'), elsewhere);
    symlinkSync(elsewhere, join(home.dataFolder, 'buckets'));
    const into = aFolder();

    await expect(backUp(home.dataFolder, into)).rejects.toMatchObject({
      exitCode: 65,
      message: expect.stringMatching(/\/buckets is neither a file nor a folder/),
    });
    expect(readdirSync(into)).toEqual(['lock']);
  });

  it('is refused where the tables are in another engine, whether the home runs or not', async () => {
    const other = await startEngine();
    onTestFinished(other.stop);
    const home = await aHome({ engineEndpoint: other.endpoint });

    const refused = {
      exitCode: 65,
      message: expect.stringContaining('are in the engine of DYNAMODB_ENDPOINT'),
    };

    await expect(backUp(home.dataFolder)).rejects.toMatchObject(refused);
    await home.stop();
    // Whatever lies there under the name of the tables.
    writeFileSync(join(home.dataFolder, 'records.sqlite'), '');

    await expect(backUp(home.dataFolder)).rejects.toMatchObject(refused);
  });

  it('is taken and restored beside one that cannot be read, which is named', async () => {
    const home = await aHome();
    const into = aFolder();
    const [older, newer] = [await backUp(home.dataFolder, into), await backUp(home.dataFolder, into)];
    writeFileSync(join(older.folder, 'manifest.json'), '{"format": 1');

    const taken = await backUp(home.dataFolder, into, 1);
    await home.stop();
    const restored = await restore(taken.folder, home.dataFolder);

    for (const { unreadable } of [taken, restored])
      expect(unreadable).toEqual([expect.stringContaining(older.folder)]);
    // It is not counted, and left for a person to look at.
    expect(taken.removed).toEqual([newer.folder]);
    expect(existsSync(older.folder)).toBe(true);
  });
});
