import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableShapes } from '#functions/adapters/dynamodb/keys.ts';

/** A real DynamoDB engine for one test file, with the two tables of a region. */
export type Engine = {
  client: DynamoDBClient;
  endpoint: string;
  recordsTable: string;
  personsTable: string;
  stop: () => Promise<void>;
};

/**
 * Starts the engine on a file of its own, or uses the one that DYNAMODB_ENDPOINT names.
 * @throws when neither is there: a store that was not tested must not look tested
 */
export const startEngine = async (): Promise<Engine> => {
  const external = process.env['DYNAMODB_ENDPOINT'];
  const { endpoint, end } = external ? { endpoint: external, end: async () => {} } : await spawnEngine();
  const client = clientOf(endpoint);
  const suffix = randomUUID().slice(0, 8);
  const recordsTable = `records-${suffix}`;
  const personsTable = `persons-${suffix}`;
  await createTable(client, recordsTable, tableShapes.records.indexes);
  await createTable(client, personsTable, tableShapes.persons.indexes);
  return {
    client,
    endpoint,
    recordsTable,
    personsTable,
    stop: async () => {
      if (external) {
        await client.send(new DeleteTableCommand({ TableName: recordsTable }));
        await client.send(new DeleteTableCommand({ TableName: personsTable }));
      }
      client.destroy();
      await end();
    },
  };
};

const clientOf = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });

const spawnEngine = async (): Promise<{ endpoint: string; end: () => Promise<void> }> => {
  const binary = binaryPath();
  const folder = await mkdtemp(join(tmpdir(), 'irikteu-engine-'));
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const child = spawn(binary, ['serve', '--port', String(port), '--db-path', join(folder, 'test.db')], {
      stdio: 'ignore',
    });
    const endpoint = `http://127.0.0.1:${port}`;
    if (await answers(endpoint, child)) {
      return {
        endpoint,
        end: async () => {
          await ended(child);
          await rm(folder, { recursive: true, force: true });
        },
      };
    }
    await ended(child);
    if (attempt === 3) throw new Error('The DynamoDB engine did not start in three tries.');
  }
};

const binaryPath = (): string => {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(`${name}/dynoxide`);
  } catch {
    throw new Error(`No DynamoDB engine: install ${name} or set DYNAMODB_ENDPOINT to a running one.`);
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** The process lives and its port answers anything at all. */
const answers = async (endpoint: string, child: ChildProcess): Promise<boolean> => {
  for (let wait = 0; wait < 500 && child.exitCode === null; wait += 1) {
    try {
      await fetch(endpoint);
      return true;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  return false;
};

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });

type Index = { partition: string; sort: string };

const createTable = async (
  client: DynamoDBClient,
  name: string,
  indexes: Record<string, Index>,
): Promise<void> => {
  const indexed = Object.values(indexes).flatMap(({ partition, sort }) => [partition, sort]);
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', ...indexed].map((attribute) => ({
        AttributeName: attribute,
        AttributeType: 'S',
      })),
      KeySchema: keySchema({ partition: 'pk', sort: 'sk' }),
      ...(indexed.length > 0 && {
        GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, index]) => ({
          IndexName,
          KeySchema: keySchema(index),
          Projection: { ProjectionType: 'ALL' as const },
        })),
      }),
    }),
  );
};

const keySchema = ({ partition, sort }: Index) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];
