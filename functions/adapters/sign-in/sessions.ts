import {
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Item, jsonOf, keyOf, text, textOf } from '#functions/adapters/dynamodb/item.ts';
import { signInKeys } from '#functions/adapters/sign-in/keys.ts';
import {
  getItem,
  held,
  itemOf,
  itemsUnder,
  type PersonsTable,
  put,
  remove,
} from '#functions/adapters/sign-in/table.ts';
import { type PersonId, Sha256 } from '#shared/domain/ids.ts';
import { Challenge, StoredSession, sessionAbsoluteEnd } from '#shared/domain/sign-in.ts';
import { Instant } from '#shared/domain/time.ts';
import type { People } from '#shared/ports/sign-in.ts';

/** Everything but the moment of the last request, which is written often and alone. */
const Body = StoredSession.omit({ lastSeenAt: true });

/** Sessions, found by the digest of their token and listed under their person. */
export const sessionsIn = (place: PersonsTable): People['sessions'] => {
  const find = async (id: Sha256): Promise<StoredSession | undefined> => {
    const item = await getItem(place, signInKeys.session(id));
    return item && sessionOf(item);
  };
  return {
    find,
    begin: async (session, replaces) => {
      const { lastSeenAt, ...body } = session;
      const end = sessionAbsoluteEnd(session);
      const ended = replaces && (await find(replaces));
      await place.client.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            put(place, {
              ...itemOf(signInKeys.session(session.id), body, end),
              lastSeenAt: text(lastSeenAt),
            }),
            put(place, itemOf(signInKeys.personSession(session.personId, session.id), {}, end)),
            ...(ended ? removalOf(place, ended) : []),
          ],
        }),
      );
    },
    touch: async (session, at) => {
      await held(
        place.client.send(
          new UpdateItemCommand({
            TableName: place.table,
            Key: keyOf(signInKeys.session(session.id)),
            UpdateExpression: 'SET lastSeenAt = :at',
            // A session that was ended in this moment must not come back as half an item.
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':at': text(at) },
          }),
        ),
      );
    },
    end: async (session) => {
      await place.client.send(new TransactWriteItemsCommand({ TransactItems: removalOf(place, session) }));
    },
    ofPerson: async (personId) => {
      const pointers = await itemsUnder(place, signInKeys.person(personId), 'SESSION#');
      const ids = pointers.map((item) => Sha256.parse(textOf(item, 'sk').slice('SESSION#'.length)));
      const sessions = await Promise.all(ids.map(find));
      return sessions
        .filter((session) => session !== undefined)
        .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    },
  };
};

/** Challenges of passkeys, one for each session. */
export const challengesIn = (place: PersonsTable): People['challenges'] => ({
  put: async (session, challenge) => {
    const Item = itemOf(signInKeys.challenge(session), challenge, challenge.expiresAt);
    await place.client.send(new PutItemCommand({ TableName: place.table, Item }));
  },
  take: async (session) => {
    const { Attributes } = await place.client.send(
      new DeleteItemCommand({
        TableName: place.table,
        Key: keyOf(signInKeys.challenge(session)),
        ReturnValues: 'ALL_OLD',
      }),
    );
    return Attributes && Challenge.parse(jsonOf(Attributes, 'body'));
  },
});

const removalOf = (place: PersonsTable, session: { id: Sha256; personId: PersonId }) => [
  remove(place, signInKeys.session(session.id)),
  remove(place, signInKeys.challenge(session.id)),
  remove(place, signInKeys.personSession(session.personId, session.id)),
];

const sessionOf = (item: Item): StoredSession => ({
  ...Body.parse(jsonOf(item, 'body')),
  lastSeenAt: Instant.parse(textOf(item, 'lastSeenAt')),
});
