import {
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type Item, jsonOf, keyOf, text, textOf } from '#functions/adapters/dynamodb/item.ts';
import { signInKeys } from '#functions/adapters/sign-in/keys.ts';
import { getItem, held, itemOf, type PersonsTable, remove } from '#functions/adapters/sign-in/table.ts';
import { KeptDisclosure } from '#shared/domain/disclosure.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import { Instant } from '#shared/domain/time.ts';
import { Locale } from '#shared/i18n/locale.ts';
import type { People, Profile } from '#shared/ports/sign-in.ts';

const StoredProfile = z.object({
  personId: PersonId,
  mail: z.exactOptional(MailAddress),
  formerMail: z.exactOptional(MailAddress),
  name: z.exactOptional(z.string()),
  phone: z.exactOptional(z.string()),
  address: z.exactOptional(z.string()),
  locale: Locale,
  localeChosen: z.exactOptional(z.literal(true)),
  registeredAt: Instant,
  disclosure: KeptDisclosure.optional(),
});

/** Profiles and the mailboxes that lead to them. */
export const profilesIn = (place: PersonsTable): People['profiles'] => {
  const find = async (id: PersonId): Promise<Profile | undefined> =>
    profileOf(await getItem(place, signInKeys.profile(id)));
  const findByMail = async (mail: MailAddress): Promise<Profile | undefined> => {
    const item = await getItem(place, signInKeys.mail(mail));
    return item && (await find(PersonId.parse(textOf(item, 'personId'))));
  };
  return {
    find,
    findByMail,
    register: async (profile) => {
      if (await putNew(place, profile)) return profile;
      const first = await (profile.mail ? findByMail(profile.mail) : find(profile.personId));
      if (!first) throw new Error('A mailbox is taken, but leads to nobody.');
      return first;
    },
    move: async (id, mail) => {
      for (let attempt = 1; attempt <= 4; attempt += 1) {
        const moved = await moveOnce(place, id, mail);
        if (moved !== 'again') return moved;
      }
      throw new Error(`The profile of person ${id} changed four times while its mailbox was being changed.`);
    },
    change: async (id, change) => {
      for (let attempt = 1; attempt <= 4; attempt += 1) {
        if (await changeOnce(place, id, change)) return;
      }
      throw new Error(`The profile of person ${id} changed four times while it was being changed.`);
    },
  };
};

/** Writes over what was read and nothing else: another change, or an erasure, that came between is not undone. */
const changeOnce = async (place: PersonsTable, id: PersonId, change: Partial<Profile>): Promise<boolean> => {
  const stored = await getItem(place, signInKeys.profile(id));
  const profile = profileOf(stored);
  if (!stored || !profile) throw new Error(`Person ${id} has no profile.`);
  return await held(
    place.client.send(
      new PutItemCommand({
        TableName: place.table,
        Item: itemOf(signInKeys.profile(id), { ...profile, ...change }),
        ConditionExpression: 'body = :read',
        ExpressionAttributeValues: { ':read': text(textOf(stored, 'body')) },
      }),
    ),
  );
};

/** The new mailbox, the profile, and the end of the old mailbox: all or nothing. */
const moveOnce = async (place: PersonsTable, id: PersonId, mail: MailAddress): Promise<boolean | 'again'> => {
  const [stored, taken] = await Promise.all([
    getItem(place, signInKeys.profile(id)),
    getItem(place, signInKeys.mail(mail)),
  ]);
  const profile = profileOf(stored);
  if (!stored || !profile) throw new Error(`Person ${id} has no profile.`);
  if (profile.mail === mail) return true;
  if (taken) return false;
  const moved = { ...profile, mail, ...(profile.mail && { formerMail: profile.mail }) };
  const { client, table: TableName } = place;
  try {
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            Put: {
              TableName,
              Item: { ...keyOf(signInKeys.mail(mail)), personId: text(id) },
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
          {
            Put: {
              TableName,
              Item: itemOf(signInKeys.profile(id), moved),
              ConditionExpression: 'body = :read',
              ExpressionAttributeValues: { ':read': text(textOf(stored, 'body')) },
            },
          },
          ...(profile.mail ? [remove(place, signInKeys.mail(profile.mail))] : []),
        ],
      }),
    );
    return true;
  } catch (error) {
    // Somebody was first, at the mailbox or at the profile: what now stands decides.
    if (error instanceof TransactionCanceledException) return 'again';
    throw error;
  }
};

/** False when the mailbox, or without one the person, is there already. Both items or none. */
const putNew = async (place: PersonsTable, profile: Profile): Promise<boolean> => {
  const { client, table } = place;
  if (!profile.mail) return await putAlone(place, profile);
  const mailKey = keyOf(signInKeys.mail(profile.mail));
  const condition = { TableName: table, ConditionExpression: 'attribute_not_exists(pk)' };
  try {
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { ...condition, Item: { ...mailKey, personId: { S: profile.personId } } } },
          { Put: { ...condition, Item: itemOf(signInKeys.profile(profile.personId), profile) } },
        ],
      }),
    );
    return true;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    // Only "taken" is an answer; anything else is broken machinery.
    const taken = await client.send(
      new GetItemCommand({ TableName: table, Key: mailKey, ConsistentRead: true }),
    );
    if (!taken.Item) throw error;
    return false;
  }
};

const putAlone = ({ client, table }: PersonsTable, profile: Profile): Promise<boolean> =>
  held(
    client.send(
      new PutItemCommand({
        TableName: table,
        Item: itemOf(signInKeys.profile(profile.personId), profile),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );

const profileOf = (item: Item | undefined): Profile | undefined =>
  item && StoredProfile.parse(jsonOf(item, 'body'));
