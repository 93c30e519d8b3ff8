import { loadStorage, type S3Place } from '#functions/adapters/documents/s3-client.ts';
import { listed } from '#functions/adapters/documents/s3-listing.ts';
import { lazily } from '#functions/adapters/lazily.ts';
import { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import type { Erasure } from '#shared/domain/outbox.ts';
import type { ErasureList } from '#shared/ports/erasure.ts';

/** Objects without a content, whose keys are the list: `erased/account/<person>`, `erased/application/<application>`. */
const area = 'erased/';

/** The list of erasures in the documents bucket, where a restored table does not reach it. */
export const s3Erasures = (place: () => S3Place): ErasureList => {
  const storage = lazily(() => loadStorage(place()));
  return {
    add: async ({ kind, id }) => {
      const { sdk, client, Bucket } = await storage();
      await client.send(new sdk.PutObjectCommand({ Bucket, Key: `${area}${kind}/${id}`, Body: '' }));
    },
    all: async () => {
      const found: Erasure[] = [];
      for await (const { key } of listed(await storage(), area)) found.push(...erasureIn(key));
      return found;
    },
  };
};

const erasureIn = (key: string): Erasure[] => {
  const [kind, id] = key.slice(area.length).split('/');
  const account = kind === 'account' ? PersonId.safeParse(id) : undefined;
  if (account?.success) return [{ kind: 'account', id: account.data }];
  const application = kind === 'application' ? ApplicationId.safeParse(id) : undefined;
  return application?.success ? [{ kind: 'application', id: application.data }] : [];
};
