import { Readable } from 'node:stream';
import { found, loadStorage, type S3Place, unlessChanged } from '#functions/adapters/documents/s3-client.ts';
import { listed } from '#functions/adapters/documents/s3-listing.ts';
import { lazily } from '#functions/adapters/lazily.ts';
import type { Files, Stored, Upload } from '#shared/ports/files.ts';

/** Files in S3. The client is loaded when the first file is touched: most requests touch none. */
export const s3Files = (place: () => S3Place): Files => {
  const storage = lazily(() => loadStorage(place()));
  return {
    presignUpload: async (upload) => await presignForm(await storage(), upload),
    presignDownload: async ({ key, seconds, filename }) => {
      const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
      const { sdk, forBrowsers, Bucket } = await storage();
      const get = new sdk.GetObjectCommand({
        Bucket,
        Key: key,
        // Saved, never drawn: a stranger's file is not shown at an address of the region, whatever it holds.
        ResponseContentDisposition: `attachment; filename="${filename}"`,
        ResponseContentType: 'application/octet-stream',
        ResponseCacheControl: 'no-store',
      });
      return getSignedUrl(forBrowsers, get, { expiresIn: seconds });
    },
    read: async (key) => {
      const { sdk, client, Bucket } = await storage();
      const answer = await found(client.send(new sdk.GetObjectCommand({ Bucket, Key: key })));
      return answer && { version: tagOf(answer), bytes: streamOf(answer.Body) };
    },
    versionOf: async (key) => {
      const { sdk, client, Bucket } = await storage();
      const answer = await found(client.send(new sdk.HeadObjectCommand({ Bucket, Key: key })));
      return answer && tagOf(answer);
    },
    list: async (prefix) => {
      const all: Stored[] = [];
      for await (const one of listed(await storage(), prefix)) all.push(one);
      return all;
    },
    write: async (key, bytes) => {
      const { sdk, client, Bucket } = await storage();
      await client.send(new sdk.PutObjectCommand({ Bucket, Key: key, Body: bytes }));
    },
    move: async ({ from, version, to, replaces }) => {
      const { sdk, client, Bucket } = await storage();
      const copy = new sdk.CopyObjectCommand({
        Bucket,
        Key: to,
        CopySource: `${Bucket}/${encodeURI(from)}`,
        CopySourceIfMatch: version,
        ...(replaces === undefined ? { IfNoneMatch: '*' } : { IfMatch: replaces }),
      });
      if (!(await unlessChanged(client.send(copy)))) return false;
      await unlessChanged(client.send(new sdk.DeleteObjectCommand({ Bucket, Key: from, IfMatch: version })));
      return true;
    },
    remove: async (key, version) => {
      const { sdk, client, Bucket } = await storage();
      const which = { Bucket, Key: key, ...(version !== undefined && { IfMatch: version }) };
      await unlessChanged(client.send(new sdk.DeleteObjectCommand(which)));
    },
  };
};

type Storage = Awaited<ReturnType<typeof loadStorage>>;
type Limits = ['content-length-range', number, number][];

const presignForm = async (
  { forBrowsers, Bucket }: Storage,
  { key, minBytes = 1, maxBytes, seconds, redirect }: Parameters<Files['presignUpload']>[0],
): Promise<Upload> => {
  const { createPresignedPost } = await import('@aws-sdk/s3-presigned-post');
  const Conditions: Limits = [['content-length-range', minBytes, maxBytes]];
  // Each field is signed as an exact condition: the form cannot be bent to another key or address.
  const Fields =
    redirect === undefined ? { success_action_status: '204' } : { success_action_redirect: redirect };
  return createPresignedPost(forBrowsers, { Bucket, Key: key, Expires: seconds, Conditions, Fields });
};

/** Under a customer key an ETag says nothing of the bytes: a file that is put there again has another one. */
const tagOf = ({ ETag }: { ETag?: string | undefined }): string => {
  if (ETag === undefined) throw new Error('The storage answered a file without an ETag.');
  return ETag;
};

const streamOf = (body: unknown): AsyncIterable<Uint8Array> => {
  if (body instanceof Readable) return body;
  throw new Error('The storage answered a file without a stream.');
};
