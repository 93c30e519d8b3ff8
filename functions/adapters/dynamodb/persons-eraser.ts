import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type Item, jsonOf, keyOf, textOf } from '#functions/adapters/dynamodb/item.ts';
import { type ItemKey, keys } from '#functions/adapters/dynamodb/keys.ts';
import { signInKeys } from '#functions/adapters/sign-in/keys.ts';
import { getItem, itemsUnder, type PersonsTable } from '#functions/adapters/sign-in/table.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import type { PersonsEraser } from '#shared/ports/erasure.ts';

/** Deletes from the persons table, one item at a time: what is gone already is deleted once more. */
export const dynamoEraser = (place: PersonsTable): PersonsEraser => {
  const remove = async (key: ItemKey): Promise<void> => {
    await place.client.send(new DeleteItemCommand({ TableName: place.table, Key: keyOf(key) }));
  };
  return {
    texts: async (owner) => {
      for (const item of await itemsUnder(place, owner, 'DOC#')) await remove(keyIn(item));
    },
    documents: async (refs) => {
      for (const { owner, kind, version } of refs) await remove(keys.document(owner, kind, version));
    },
    secret: (name) => remove(keys.secret(name)),
    account: async (id) => {
      const profile = await getItem(place, signInKeys.profile(id));
      for (const item of await itemsUnder(place, signInKeys.person(id), 'SESSION#')) {
        const session = Sha256.parse(textOf(item, 'sk').slice('SESSION#'.length));
        await remove(signInKeys.session(session));
        await remove(signInKeys.challenge(session));
      }
      // The profile last: it alone leads to the mailbox, and a cut before must find both again.
      for (const item of await itemsUnder(place, signInKeys.person(id), '')) {
        if (textOf(item, 'sk') !== signInKeys.profile(id).sk) await remove(keyIn(item));
      }
      const mail = profile && mailIn(profile);
      if (mail) await remove(signInKeys.mail(mail));
      await remove(signInKeys.profile(id));
    },
  };
};

const keyIn = (item: Item): ItemKey => ({ pk: textOf(item, 'pk'), sk: textOf(item, 'sk') });

/** Undefined for somebody without a mailbox. */
const mailIn = (profile: Item): MailAddress | undefined => WithMail.parse(jsonOf(profile, 'body')).mail;

const WithMail = z.object({ mail: MailAddress.optional() });
