import { ConditionalCheckFailedException, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type Item, jsonOf, keyOf, number, numberOf, text } from '#functions/adapters/dynamodb/item.ts';
import { signInKeys } from '#functions/adapters/sign-in/keys.ts';
import { getItem, held, itemOf, type PersonsTable } from '#functions/adapters/sign-in/table.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import { CodeAttempt, codeTries } from '#shared/domain/sign-in.ts';
import { addSeconds, Instant } from '#shared/domain/time.ts';
import type { People } from '#shared/ports/sign-in.ts';

/** What does not change after a code was sent; tries, use and end are attributes of their own, for conditions. */
const Body = CodeAttempt.omit({ tries: true, usedAt: true, replacedAt: true });

/** Codes that were sent. They stay an hour after their end, to tell a used or old code from an unknown one. */
export const codesIn = (place: PersonsTable): People['codes'] => ({
  start: async (attempt) => {
    const { tries } = attempt;
    const body = Body.parse(attempt);
    const keptUntil = addSeconds(attempt.expiresAt, 3600);
    const code = itemOf(signInKeys.code(attempt.attempt), body, keptUntil);
    const Item = { ...code, tries: number(tries) };
    await place.client.send(new PutItemCommand({ TableName: place.table, Item }));
  },
  replace: async (id, at) => {
    await held(
      place.client.send(
        new UpdateItemCommand({
          TableName: place.table,
          Key: keyOf(signInKeys.code(id)),
          UpdateExpression: 'SET replacedAt = :at',
          // Whatever a browser calls its older attempt: nothing is made by it.
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':at': text(at) },
        }),
      ),
    );
  },
  find: async (attempt) => {
    const item = await getItem(place, signInKeys.code(attempt));
    return item && attemptOf(item);
  },
  countTry: async (id) => {
    const tried = await countOne(place, id);
    return tried && { attempt: attemptOf(tried.item), counted: tried.counted };
  },
  spend: (id, at) =>
    held(
      place.client.send(
        new UpdateItemCommand({
          TableName: place.table,
          Key: keyOf(signInKeys.code(id)),
          UpdateExpression: 'SET usedAt = :at',
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(usedAt)',
          ExpressionAttributeValues: { ':at': text(at) },
        }),
      ),
    ),
});

const countOne = async (
  { client, table }: PersonsTable,
  id: Sha256,
): Promise<{ item: Item; counted: boolean } | undefined> => {
  try {
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: keyOf(signInKeys.code(id)),
        UpdateExpression: 'ADD tries :one',
        ConditionExpression: 'tries < :limit',
        ExpressionAttributeValues: { ':one': number(1), ':limit': number(codeTries) },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return Attributes && { item: Attributes, counted: true };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item && { item: error.Item, counted: false };
  }
};

const attemptOf = (item: Item): CodeAttempt => {
  const usedAt = z.optional(Instant).parse(item['usedAt']?.S);
  const replacedAt = z.optional(Instant).parse(item['replacedAt']?.S);
  return {
    ...Body.parse(jsonOf(item, 'body')),
    tries: numberOf(item, 'tries'),
    ...(usedAt && { usedAt }),
    ...(replacedAt && { replacedAt }),
  };
};
