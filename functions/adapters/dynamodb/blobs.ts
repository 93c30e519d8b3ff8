import { PutItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '#functions/adapters/dynamodb/client.ts';
import { keyOf, number, text } from '#functions/adapters/dynamodb/item.ts';
import { keys } from '#functions/adapters/dynamodb/keys.ts';
import { sha256Of } from '#shared/domain/hash.ts';

/** Bytes per item, well below DynamoDB's 400 KB with its names and keys. */
const partBytes = 290_000;

/**
 * Stores a text under its SHA-256. Runs before the transaction that refers to it: repeated or orphaned parts
 * are the same bytes under the same name.
 * @throws when the text is not what its name says
 */
export const putBlob = async (
  client: DynamoDBClient,
  table: string,
  blob: { sha256: string; text: string },
): Promise<void> => {
  if (sha256Of(blob.text) !== blob.sha256) throw new Error(`Blob ${blob.sha256} has another SHA-256.`);
  const bytes = Buffer.from(blob.text, 'utf8');
  const parts = Math.max(1, Math.ceil(bytes.length / partBytes));
  for (let part = 1; part <= parts; part += 1) {
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: {
          ...keyOf(keys.blobPart(blob.sha256, part)),
          parts: number(parts),
          bytes: { B: bytes.subarray((part - 1) * partBytes, part * partBytes) },
        },
      }),
    );
  }
};

/** @throws when it is missing or its bytes are not what its name says */
export const getBlob = async (client: DynamoDBClient, table: string, sha256: string): Promise<string> => {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': text(keys.blobPart(sha256, 1).pk) },
      ConsistentRead: true,
    },
  );
  const found: Uint8Array[] = [];
  for await (const page of pages) {
    for (const item of page.Items ?? []) if (item['bytes']?.B) found.push(item['bytes'].B);
  }
  if (found.length === 0) throw new Error(`Blob ${sha256} is missing.`);
  const whole = Buffer.concat(found).toString('utf8');
  if (sha256Of(whole) !== sha256) throw new Error(`Blob ${sha256} was changed.`);
  return whole;
};
