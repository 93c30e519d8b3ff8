import { loadStorage, type S3Place } from '#functions/adapters/documents/s3-client.ts';

/** The keys of all files that are held, a page at a time. */
export const heldFiles = async function* (place: S3Place): AsyncIterable<string> {
  const { sdk, client, Bucket } = await loadStorage(place);
  let after: string | undefined;
  do {
    const page = await client.send(
      new sdk.ListObjectsV2Command({ Bucket, Prefix: 'held/', ...(after && { ContinuationToken: after }) }),
    );
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
    after = page.NextContinuationToken;
  } while (after !== undefined);
};
