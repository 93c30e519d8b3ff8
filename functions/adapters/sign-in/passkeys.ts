import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type Item, jsonOf, keyOf, number, numberOf } from '#functions/adapters/dynamodb/item.ts';
import { signInKeys } from '#functions/adapters/sign-in/keys.ts';
import { held, itemOf, itemsUnder, type PersonsTable } from '#functions/adapters/sign-in/table.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Passkey, People } from '#shared/ports/sign-in.ts';

const Body = z.object({
  credential: Sha256,
  credentialId: z.string(),
  publicKey: z.string(),
  transports: z.array(z.string()),
  createdAt: Instant,
});

/** Public keys of people. Which of them count is in the person's record. */
export const passkeysIn = (place: PersonsTable): People['passkeys'] => ({
  ofPerson: async (personId) => {
    const items = await itemsUnder(place, signInKeys.person(personId), 'PASSKEY#');
    return items.map(passkeyOf);
  },
  add: async (personId, { counter, ...body }) => {
    const Item = {
      ...itemOf(signInKeys.passkey(personId, body.credential), body),
      counter: number(counter),
    };
    await place.client.send(new PutItemCommand({ TableName: place.table, Item }));
  },
  count: (personId, credential, counter) =>
    held(
      place.client.send(
        new UpdateItemCommand({
          TableName: place.table,
          Key: keyOf(signInKeys.passkey(personId, credential)),
          UpdateExpression: 'SET #counter = :counter',
          // Many authenticators never count and always say 0, which proves nothing and forbids nothing.
          ConditionExpression: '#counter < :counter OR (#counter = :zero AND :counter = :zero)',
          ExpressionAttributeNames: { '#counter': 'counter' },
          ExpressionAttributeValues: { ':counter': number(counter), ':zero': number(0) },
        }),
      ),
    ),
  remove: async (personId, credential) => {
    const Key = keyOf(signInKeys.passkey(personId, credential));
    await place.client.send(new DeleteItemCommand({ TableName: place.table, Key }));
  },
});

const passkeyOf = (item: Item): Passkey => ({
  ...Body.parse(jsonOf(item, 'body')),
  counter: numberOf(item, 'counter'),
});
