import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndexDescription as EngineIndex,
  type TableDescription as EngineTable,
  type GlobalSecondaryIndex,
  ResourceNotFoundException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { exitCodes, HomeFault, type HomeLog } from '#infra/local/ports.ts';
import type { TableDescription } from '#infra/local/template/description.ts';

/** Tenths of a second: the engine at hand removes an index at once, others after a while. */
const removalPatience = 300;

/**
 * Makes the engine hold the tables of the template: creates what is missing, adds and removes indexes and makes
 * those anew whose keys or projection changed.
 * @throws HomeFault when a table has other keys than before, which would lose what it holds
 */
export const ensureTables = async (
  client: DynamoDBClient,
  tables: readonly TableDescription[],
  log: HomeLog,
): Promise<void> => {
  for (const table of tables) {
    const found = await describeTable(client, table.name);
    if (found) await updateTable(client, table, { found, log });
    else {
      await client.send(new CreateTableCommand(creationOf(table)));
      log('TABLE_CREATED', 'A table of the template was created.', { table: table.name });
    }
    await enableExpiry(client, table);
  }
};

const creationOf = (table: TableDescription): CreateTableCommandInput => ({
  TableName: table.name,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: table.KeySchema,
  AttributeDefinitions: table.AttributeDefinitions,
  ...(table.GlobalSecondaryIndexes.length > 0 && { GlobalSecondaryIndexes: indexesOf(table) }),
});

const indexesOf = (table: TableDescription): GlobalSecondaryIndex[] =>
  table.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
    IndexName,
    KeySchema,
    Projection: {
      ProjectionType: Projection.ProjectionType,
      ...(Projection.NonKeyAttributes && { NonKeyAttributes: Projection.NonKeyAttributes }),
    },
  }));

const describeTable = async (client: DynamoDBClient, name: string): Promise<EngineTable | undefined> => {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    return Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

const keysOf = (
  schema: readonly { AttributeName?: string | undefined; KeyType?: string | undefined }[] = [],
): string => schema.map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType}`).join(', ');

const updateTable = async (
  client: DynamoDBClient,
  table: TableDescription,
  { found, log }: { found: EngineTable; log: HomeLog },
): Promise<void> => {
  if (keysOf(found.KeySchema) !== keysOf(table.KeySchema)) {
    throw new HomeFault(
      `The table ${table.name} has the keys ${keysOf(found.KeySchema)}; the template wants ${keysOf(table.KeySchema)}. Changing them would lose its items, so this needs a migration.`,
      exitCodes.data,
    );
  }
  const wanted = new Map(indexesOf(table).map((index) => [index.IndexName, shapeOf(index)]));
  const kept = new Set<string>();
  for (const index of found.GlobalSecondaryIndexes ?? []) {
    const { IndexName } = index;
    if (IndexName === undefined) continue;
    // An index holds nothing of its own: one of another shape is made anew from the table.
    if (wanted.get(IndexName) === shapeOf(index)) kept.add(IndexName);
    else await removeIndex(client, { table: table.name, index: IndexName, log });
  }
  for (const index of indexesOf(table)) {
    if (kept.has(String(index.IndexName))) continue;
    log('INDEX_ADDED', 'An index of the template was added.', {
      table: table.name,
      index: String(index.IndexName),
    });
    await client.send(
      new UpdateTableCommand({
        TableName: table.name,
        AttributeDefinitions: table.AttributeDefinitions,
        GlobalSecondaryIndexUpdates: [{ Create: index }],
      }),
    );
  }
};

/** What decides which items an index shows, and how. */
const shapeOf = ({ KeySchema, Projection }: Pick<EngineIndex, 'KeySchema' | 'Projection'>): string => {
  const { ProjectionType, NonKeyAttributes = [] } = Projection ?? {};
  return JSON.stringify([keysOf(KeySchema), ProjectionType, NonKeyAttributes.toSorted()]);
};

type IndexToRemove = { table: string; index: string; log: HomeLog };

const removeIndex = async (client: DynamoDBClient, { table, index, log }: IndexToRemove): Promise<void> => {
  log('INDEX_REMOVED', 'An index that the template does not have, or not in this shape, was removed.', {
    table,
    index,
  });
  await client.send(
    new UpdateTableCommand({
      TableName: table,
      GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: index } }],
    }),
  );
  for (let asked = 0; asked < removalPatience; asked += 1) {
    const now = await describeTable(client, table);
    if (!now?.GlobalSecondaryIndexes?.some(({ IndexName }) => IndexName === index)) return;
    await sleep(100);
  }
  throw new HomeFault(
    `The index ${index} of ${table} has another shape than the template wants and cannot be removed.`,
    exitCodes.data,
  );
};

/** The engine remembers the attribute but never removes an item: the home's sweep does. */
const enableExpiry = async (client: DynamoDBClient, table: TableDescription): Promise<void> => {
  const { TimeToLiveSpecification } = table;
  if (!TimeToLiveSpecification?.Enabled) return;
  const { AttributeName } = TimeToLiveSpecification;
  try {
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: table.name,
        TimeToLiveSpecification: { AttributeName, Enabled: true },
      }),
    );
  } catch (error) {
    // On already: DynamoDB answers so to a second time.
    if (!(error instanceof Error && error.name === 'ValidationException')) throw error;
  }
};
