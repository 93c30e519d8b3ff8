import { loadStorage, type S3Place } from '#functions/adapters/documents/s3-client.ts';
import { listed } from '#functions/adapters/documents/s3-listing.ts';

/** The keys of all files that are held, a page at a time. */
export const heldFiles = async function* (place: S3Place): AsyncIterable<string> {
  for await (const { key } of listed(await loadStorage(place), 'held/')) yield key;
};
