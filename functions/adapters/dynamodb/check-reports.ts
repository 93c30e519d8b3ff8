import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '#functions/adapters/dynamodb/client.ts';
import { jsonOf, keyOf, number, text } from '#functions/adapters/dynamodb/item.ts';
import { keys } from '#functions/adapters/dynamodb/keys.ts';
import { getItem } from '#functions/adapters/dynamodb/reads.ts';
import { CheckState } from '#shared/checks/run.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { CheckReports } from '#shared/ports/checks.ts';

/** One item beside the records: what it says can be found again by checking anew. */
export const dynamoCheckReports = (place: {
  client: DynamoDBClient;
  recordsTable: string;
}): CheckReports => ({
  read: async () => {
    const item = await getItem(place.client, place.recordsTable, keys.checks());
    return item ? CheckState.parse(jsonOf(item, 'state')) : {};
  },
  save: async ({ revision = 0, ...state }) => {
    const saved = { ...state, revision: revision + 1 };
    const Item = {
      ...keyOf(keys.checks()),
      revision: number(saved.revision),
      state: text(canonicalJson(saved)),
    };
    // What was stored before states had a revision has none.
    const condition =
      revision === 0
        ? { ConditionExpression: 'attribute_not_exists(revision)' }
        : {
            ConditionExpression: 'revision = :read',
            ExpressionAttributeValues: { ':read': number(revision) },
          };
    try {
      await place.client.send(new PutItemCommand({ TableName: place.recordsTable, Item, ...condition }));
      return saved;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  },
});
