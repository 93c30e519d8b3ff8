import { type AttributeValue, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { TableDescription } from '#infra/local/template/description.ts';

/** Whether any event is stored (sort key E#…): from then on, a rehearsal's time only goes forward. */
export const hasEvents = async (
  client: DynamoDBClient,
  tables: readonly TableDescription[],
): Promise<boolean> => {
  for (const table of tables) if (await holdsEvents(client, table)) return true;
  return false;
};

const holdsEvents = async (client: DynamoDBClient, table: TableDescription): Promise<boolean> => {
  const sortKey = table.KeySchema.find(({ KeyType }) => KeyType === 'RANGE')?.AttributeName;
  if (sortKey === undefined) return false;
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: table.name,
        FilterExpression: 'begins_with(#sk, :event)',
        ExpressionAttributeNames: { '#sk': sortKey },
        ExpressionAttributeValues: { ':event': { S: 'E#' } },
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    if ((page.Count ?? 0) > 0) return true;
    from = page.LastEvaluatedKey;
  } while (from);
  return false;
};
