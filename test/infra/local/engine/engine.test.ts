import { spawn } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { dynamodbService } from '#infra/local/endpoint/dynamodb.ts';
import { type Engine, otherEngine, startEngine } from '#infra/local/engine/engine.ts';
import { hasEvents } from '#infra/local/engine/events.ts';
import { removeExpired } from '#infra/local/engine/expiry.ts';
import { ensureTables } from '#infra/local/engine/tables.ts';
import { readAssembly } from '#infra/local/template/assembly.ts';
import { describe as describeStacks, type TableDescription } from '#infra/local/template/description.ts';
import { aFolder, anAssembly } from '#test/infra/local/assembly.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const lines: string[] = [];
const log = (code: string): void => void lines.push(code);

const anEngine = async (folder: string): Promise<{ engine: Engine; client: DynamoDBClient }> => {
  const engine = await startEngine(folder, log);
  closing.push(engine.stop);
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${engine.port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'home', secretAccessKey: 'home' },
  });
  closing.push(() => client.destroy());
  return { engine, client };
};

const records = (): TableDescription => {
  const [table] = describeStacks(readAssembly(anAssembly()), '').tables;
  if (!table) throw new Error('The region has no table.');
  return table;
};

const put = (client: DynamoDBClient, sk: string, ttl?: number) =>
  client.send(
    new PutItemCommand({
      TableName: 'region-records',
      Item: { pk: { S: 'ROUND#1' }, sk: { S: sk }, ...(ttl !== undefined && { ttl: { N: String(ttl) } }) },
    }),
  );

const find = async (client: DynamoDBClient, sk: string) =>
  (
    await client.send(
      new GetItemCommand({ TableName: 'region-records', Key: { pk: { S: 'ROUND#1' }, sk: { S: sk } } }),
    )
  ).Item;

describe('the engine', () => {
  it('keeps what was acknowledged when it is killed, and comes back by itself', async () => {
    const { engine, client } = await anEngine(aFolder());
    await ensureTables(client, [records()], log);
    await put(client, 'SNAPSHOT');
    const before = engine.pid();

    process.kill(before ?? 0, 'SIGKILL');
    await expect.poll(() => engine.pid(), { timeout: 10_000 }).not.toBe(before);
    await engine.ready();

    expect(await find(client, 'SNAPSHOT')).toBeDefined();
    expect(lines).toContain('ENGINE_DIED');
  });

  it('of a killed home is ended before its file is opened again', async () => {
    const folder = aFolder();
    const program = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
    const orphan = spawn(program, ['serve', '--port', '0', '--db-path', join(folder, 'records.sqlite')], {
      stdio: 'ignore',
    });
    const gone = new Promise((resolve) => void orphan.once('exit', resolve));
    await sleep(200);

    await anEngine(folder);
    await gone;

    expect(lines).toContain('ENGINE_ORPHAN_ENDED');
  });

  it('of a killed home is ended also when it came from another installation', async () => {
    const folder = aFolder();
    const program = join(aFolder(), 'dynoxide');
    symlinkSync(createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide'), program);
    const orphan = spawn(program, ['serve', '--port', '0', '--db-path', join(folder, 'records.sqlite')], {
      stdio: 'ignore',
    });
    const gone = new Promise((resolve) => void orphan.once('exit', resolve));
    await sleep(200);

    await anEngine(folder);
    await gone;

    expect(orphan.signalCode ?? orphan.exitCode).not.toBeNull();
  });

  it('of another home is left alone', async () => {
    const { engine } = await anEngine(aFolder());

    await anEngine(aFolder());

    expect(() => process.kill(engine.pid() ?? 0, 0)).not.toThrow();
  });

  it('may be another one, over plain HTTP', () => {
    expect(otherEngine('http://127.0.0.1:8000')).toMatchObject({ host: '127.0.0.1', port: 8000 });
    expect(() => otherEngine('https://dynamodb.eu-central-1.amazonaws.com')).toThrow(/must begin with http/);
  });
});

const service = (engine: Engine) => {
  const { answer, close } = dynamodbService({ engine, log, grants: () => undefined });
  closing.push(close);
  return (operation: string, body: object) =>
    answer({
      method: 'POST',
      url: '/',
      headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` },
      body: Buffer.from(JSON.stringify(body)),
      caller: { kind: 'operator' },
    });
};

describe('a call while the engine is away', () => {
  const key = { pk: { S: 'ROUND#1' }, sk: { S: 'SNAPSHOT' } };

  it('waits for it to come back, reads and writes alike', async () => {
    const { engine, client } = await anEngine(aFolder());
    await ensureTables(client, [records()], log);
    const call = service(engine);
    process.kill(engine.pid() ?? 0, 'SIGKILL');
    await expect.poll(() => lines.at(-1)).toBe('ENGINE_DIED');

    const written = await call('PutItem', { TableName: 'region-records', Item: key });
    const read = await call('GetItem', { TableName: 'region-records', Key: key, ConsistentRead: true });

    expect([written.status, read.status]).toEqual([200, 200]);
    expect(JSON.parse(read.body.toString())).toEqual({ Item: key });
  });

  it('that was cut is asked again when it only reads, and left to the SDK when it writes', async () => {
    const { engine, client } = await anEngine(aFolder());
    await ensureTables(client, [records()], log);
    const call = service(engine);
    // It takes the question and dies before it answers.
    process.kill(engine.pid() ?? 0, 'SIGSTOP');
    const asked = ['GetItem', 'PutItem'].map((operation) =>
      call(operation, { TableName: 'region-records', Key: key, Item: key }),
    );
    await sleep(200);
    process.kill(engine.pid() ?? 0, 'SIGKILL');

    const [read, written] = await Promise.all(asked);

    expect(read?.status).toBe(200);
    expect([written?.status, JSON.parse(String(written?.body))]).toMatchObject([
      500,
      { __type: 'InternalServerError' },
    ]);
  });
});

describe('the tables', () => {
  it('are made once and found again', async () => {
    const { client } = await anEngine(aFolder());
    await ensureTables(client, [records()], log);
    await put(client, 'SNAPSHOT');

    await ensureTables(client, [records()], log);

    expect(await find(client, 'SNAPSHOT')).toBeDefined();
  });

  it('get an index that the template has gained, and lose one that it has lost', async () => {
    const { client } = await anEngine(aFolder());
    const plain = records();
    await ensureTables(client, [plain], log);
    const withIndex: TableDescription = {
      ...plain,
      AttributeDefinitions: [...plain.AttributeDefinitions, { AttributeName: 'listKey', AttributeType: 'S' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'list',
          KeySchema: [{ AttributeName: 'listKey', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    };
    const indexes = async () =>
      (
        await client.send(new DescribeTableCommand({ TableName: plain.name }))
      ).Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName) ?? [];

    await ensureTables(client, [withIndex], log);
    const gained = await indexes();
    await ensureTables(client, [plain], log);

    expect({ gained, lost: await indexes() }).toEqual({ gained: ['list'], lost: [] });
  });

  it('make an index anew whose keys or projection changed, and keep their items', async () => {
    const { client } = await anEngine(aFolder());
    const plain = records();
    const withIndex = (
      AttributeName: string,
      Projection: TableDescription['GlobalSecondaryIndexes'][number]['Projection'],
    ): TableDescription => ({
      ...plain,
      AttributeDefinitions: [...plain.AttributeDefinitions, { AttributeName, AttributeType: 'S' }],
      GlobalSecondaryIndexes: [
        { IndexName: 'list', KeySchema: [{ AttributeName, KeyType: 'HASH' }], Projection },
      ],
    });
    const shape = async () => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: plain.name }));
      return Table?.GlobalSecondaryIndexes?.map(({ KeySchema, Projection }) => [
        KeySchema?.[0]?.AttributeName,
        Projection?.ProjectionType,
      ]);
    };
    await ensureTables(client, [withIndex('listKey', { ProjectionType: 'ALL' })], log);
    await put(client, 'SNAPSHOT');

    await ensureTables(client, [withIndex('ownerKey', { ProjectionType: 'ALL' })], log);
    const rekeyed = await shape();
    await ensureTables(client, [withIndex('ownerKey', { ProjectionType: 'KEYS_ONLY' })], log);

    expect({ rekeyed, projected: await shape() }).toEqual({
      rekeyed: [['ownerKey', 'ALL']],
      projected: [['ownerKey', 'KEYS_ONLY']],
    });
    expect(await find(client, 'SNAPSHOT')).toBeDefined();
  });

  it('whose keys changed stop the start, since their items would be lost', async () => {
    const { client } = await anEngine(aFolder());
    const plain = records();
    await ensureTables(client, [plain], log);
    const rekeyed: TableDescription = { ...plain, KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] };

    await expect(ensureTables(client, [rekeyed], log)).rejects.toMatchObject({ exitCode: 65 });
  });
});

describe('items whose time has passed', () => {
  it('are removed, and no others', async () => {
    const { client } = await anEngine(aFolder());
    await ensureTables(client, [records()], log);
    const now = Date.parse('2027-01-01T00:00:00Z');
    await put(client, 'SESSION', now / 1000 - 1);
    await put(client, 'FRESH', now / 1000 + 1);
    await put(client, 'EVER');

    const removed = await removeExpired(client, records(), now);

    expect(removed).toBe(1);
    expect(await Promise.all(['SESSION', 'FRESH', 'EVER'].map((sk) => find(client, sk)))).toEqual([
      undefined,
      expect.anything(),
      expect.anything(),
    ]);
  });
});

describe('a rehearsal whose clock should go back', () => {
  it('may not once an event is stored', async () => {
    const { client } = await anEngine(aFolder());
    await ensureTables(client, [records()], log);
    await put(client, 'SNAPSHOT');
    const before = await hasEvents(client, [records()]);
    await put(client, 'E#000000000001');

    expect({ before, after: await hasEvents(client, [records()]) }).toEqual({ before: false, after: true });
  });
});
