import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '#functions/adapters/dynamodb/client.ts';
import { keyOf, number } from '#functions/adapters/dynamodb/item.ts';
import { codesIn } from '#functions/adapters/sign-in/codes.ts';
import { signInKeys } from '#functions/adapters/sign-in/keys.ts';
import { passkeysIn } from '#functions/adapters/sign-in/passkeys.ts';
import { profilesIn } from '#functions/adapters/sign-in/profiles.ts';
import { challengesIn, sessionsIn } from '#functions/adapters/sign-in/sessions.ts';
import type { PersonsTable } from '#functions/adapters/sign-in/table.ts';
import type { People } from '#shared/ports/sign-in.ts';

/** Everything about signing in, in the persons table. */
export const dynamoPeople = (given: { client: DynamoDBClient; personsTable: string }): People => {
  const place = { client: given.client, table: given.personsTable };
  return {
    profiles: profilesIn(place),
    codes: codesIn(place),
    sessions: sessionsIn(place),
    challenges: challengesIn(place),
    passkeys: passkeysIn(place),
    countRate: rateIn(place),
  };
};

/** Counts in fixed windows: at their edge twice the limit may pass, which these limits can bear. */
const rateIn =
  (place: PersonsTable): People['countRate'] =>
  async ({ name, windowSeconds }, who, now) => {
    const window = Math.floor(new Date(now).getTime() / 1000 / windowSeconds);
    const { Attributes } = await place.client.send(
      new UpdateItemCommand({
        TableName: place.table,
        Key: keyOf(signInKeys.rate(name, who, window)),
        UpdateExpression: 'ADD times :one SET #ttl = :end',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':one': number(1),
          ':end': number((window + 2) * windowSeconds),
        },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return Number(Attributes?.['times']?.N);
  };
