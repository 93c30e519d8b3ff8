import { Readable } from 'node:stream';
import { found, loadStorage, type S3Place, unlessChanged } from '#functions/adapters/documents/s3-client.ts';
import { lazily } from '#functions/adapters/lazily.ts';
import type { Files } from '#shared/ports/files.ts';

/** Files in S3. The client is loaded when the first file is touched: most requests touch none. */
export const s3Files = (place: () => S3Place): Files => {
  const storage = lazily(() => loadStorage(place()));
  return {
    presignUpload: async ({ key, maxBytes, seconds, redirect }) => {
      const { createPresignedPost } = await import('@aws-sdk/s3-presigned-post');
      const { forBrowsers, Bucket } = await storage();
      return createPresignedPost(forBrowsers, {
        Bucket,
        Key: key,
        Expires: seconds,
        Conditions: [['content-length-range', 1, maxBytes]],
        // Each field is signed as an exact condition: the form cannot be bent to another key or address.
        Fields:
          redirect === undefined ? { success_action_status: '204' } : { success_action_redirect: redirect },
      });
    },
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

/** Under a customer key an ETag says nothing of the bytes: a file that is put there again has another one. */
const tagOf = ({ ETag }: { ETag?: string | undefined }): string => {
  if (ETag === undefined) throw new Error('The storage answered a file without an ETag.');
  return ETag;
};

const streamOf = (body: unknown): AsyncIterable<Uint8Array> => {
  if (body instanceof Readable) return body;
  throw new Error('The storage answered a file without a stream.');
};
