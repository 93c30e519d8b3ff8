import {
  ConditionalCheckFailedException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import {
  type Item,
  jsonOf,
  keyOf,
  number,
  numberOf,
  text,
  textOf,
} from '#functions/adapters/dynamodb/item.ts';
import { signInKeys } from '#functions/adapters/sign-in/keys.ts';
import { getItem, held, itemOf, type PersonsTable, put } from '#functions/adapters/sign-in/table.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import { CodeAttempt, codeTries } from '#shared/domain/sign-in.ts';
import { addSeconds, Instant } from '#shared/domain/time.ts';
import type { People } from '#shared/ports/sign-in.ts';

/** What does not change after a code was sent; tries and use are attributes of their own, for conditions. */
const Body = CodeAttempt.omit({ tries: true, usedAt: true });

/** Codes that were sent. They stay an hour after their end, to tell a used or old code from an unknown one. */
export const codesIn = (place: PersonsTable): People['codes'] => ({
  start: async (attempt) => {
    const { tries, usedAt: _, ...body } = attempt;
    const keptUntil = addSeconds(attempt.expiresAt, 3600);
    const code = itemOf(signInKeys.code(attempt.attempt), body, keptUntil);
    const newest = itemOf(signInKeys.newestCode(attempt.mail), {}, keptUntil);
    await place.client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          put(place, { ...code, tries: number(tries) }),
          put(place, { ...newest, attempt: text(attempt.attempt) }),
        ],
      }),
    );
  },
  find: async (attempt) => {
    const item = await getItem(place, signInKeys.code(attempt));
    return item && attemptOf(item);
  },
  countTry: async (id) => {
    const tried = await countOne(place, id);
    if (!tried) return undefined;
    const attempt = attemptOf(tried.item);
    const newest = await getItem(place, signInKeys.newestCode(attempt.mail));
    const current = newest !== undefined && textOf(newest, 'attempt') === id;
    return { attempt, counted: tried.counted, current };
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
  return { ...Body.parse(jsonOf(item, 'body')), tries: numberOf(item, 'tries'), ...(usedAt && { usedAt }) };
};
