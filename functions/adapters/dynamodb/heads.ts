import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '#functions/adapters/dynamodb/client.ts';
import { numberOf, text, textOf } from '#functions/adapters/dynamodb/item.ts';
import { keys, sortKeys } from '#functions/adapters/dynamodb/keys.ts';
import { getItem } from '#functions/adapters/dynamodb/reads.ts';
import { eventIn } from '#functions/adapters/dynamodb/record-items.ts';
import { cursorOf, nameOf, startOf } from '#functions/adapters/dynamodb/record-pages.ts';
import { Head } from '#shared/checks/anchor.ts';
import type { Heads } from '#shared/ports/checks.ts';

/** The last event of each record as its snapshot names it, by a scan; and any event by its version. */
export const dynamoHeads = ({
  client,
  recordsTable,
}: {
  client: DynamoDBClient;
  recordsTable: string;
}): Heads => ({
  page: async (after) => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({
        TableName: recordsTable,
        ProjectionExpression: 'pk, sk, #version, #hash',
        FilterExpression: 'sk = :snapshot',
        ExpressionAttributeNames: { '#version': 'version', '#hash': 'hash' },
        ExpressionAttributeValues: { ':snapshot': text(sortKeys.snapshot) },
        ...(after !== undefined && { ExclusiveStartKey: startOf(after) }),
      }),
    );
    const heads = Items.flatMap((item) =>
      nameOf(textOf(item, 'pk')).map((name) =>
        Head.parse({ ...name, version: numberOf(item, 'version'), hash: textOf(item, 'hash') }),
      ),
    );
    return { heads, ...(LastEvaluatedKey && { next: cursorOf(LastEvaluatedKey) }) };
  },
  at: async ({ aggregate, id, version }) => {
    const item = await getItem(client, recordsTable, keys.event(aggregate, id, version));
    return item && eventIn(item);
  },
});
