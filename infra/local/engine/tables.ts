import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  type TableDescription as EngineTable,
  type GlobalSecondaryIndex,
  ResourceNotFoundException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { exitCodes, HomeFault, type HomeLog } from '#infra/local/ports.ts';
import type { TableDescription } from '#infra/local/template/description.ts';

/**
 * Makes the engine hold the tables of the template: creates what is missing, adds and removes indexes.
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
  const present = new Set(found.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  const wanted = new Set(table.GlobalSecondaryIndexes.map(({ IndexName }) => IndexName));
  for (const index of indexesOf(table)) {
    if (present.has(index.IndexName)) continue;
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
  for (const name of present) {
    if (name === undefined || wanted.has(name)) continue;
    log('INDEX_REMOVED', 'An index that the template no longer has was removed.', {
      table: table.name,
      index: name,
    });
    await client.send(
      new UpdateTableCommand({
        TableName: table.name,
        GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: name } }],
      }),
    );
  }
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
