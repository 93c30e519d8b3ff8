import type { loadStorage } from '#functions/adapters/documents/s3-client.ts';
import type { Stored } from '#shared/ports/files.ts';

/** Everything whose key begins so, in the order of keys, a page at a time. */
export const listed = async function* (
  { sdk, client, Bucket }: Awaited<ReturnType<typeof loadStorage>>,
  prefix: string,
): AsyncIterable<Stored> {
  const pages = sdk.paginateListObjectsV2({ client }, { Bucket, Prefix: prefix });
  for await (const { Contents } of pages) {
    for (const { Key: key, Size: bytes = 0 } of Contents ?? []) {
      if (key !== undefined) yield { key, bytes };
    }
  }
};
