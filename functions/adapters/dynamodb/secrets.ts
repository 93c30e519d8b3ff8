import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '#functions/adapters/dynamodb/client.ts';
import { keyOf, text, textOf } from '#functions/adapters/dynamodb/item.ts';
import { keys } from '#functions/adapters/dynamodb/keys.ts';
import { getItem } from '#functions/adapters/dynamodb/reads.ts';

/** The secret under a name in the persons table: the one that is there, or the candidate, of whom only one can be first. */
export const secretIn = async (
  { client, personsTable: TableName }: { client: DynamoDBClient; personsTable: string },
  name: string,
  candidate: string,
): Promise<string> => {
  const Key = keyOf(keys.secret(name));
  const read = () => getItem(client, TableName, keys.secret(name));
  const known = await read();
  if (known) return textOf(known, 'secret');
  try {
    const Item = { ...Key, secret: text(candidate) };
    await client.send(
      new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
    );
    return candidate;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const first = await read();
    if (!first) throw error;
    return textOf(first, 'secret');
  }
};
