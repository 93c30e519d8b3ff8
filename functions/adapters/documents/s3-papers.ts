import { found, loadStorage, type S3Place, unlessChanged } from '#functions/adapters/documents/s3-client.ts';
import { lazily } from '#functions/adapters/lazily.ts';
import type { Papers } from '#shared/ports/papers.ts';

/** Papers in S3, beside the documents of people. The client is loaded with the first paper. */
export const s3Papers = (place: () => S3Place): Papers => {
  const storage = lazily(() => loadStorage(place()));
  return {
    put: async ({ key, bytes, mediaType }) => {
      const { sdk, client, Bucket } = await storage();
      const put = new sdk.PutObjectCommand({
        Bucket,
        Key: key,
        Body: bytes,
        ContentType: mediaType,
        IfNoneMatch: '*',
      });
      return (await unlessChanged(client.send(put))) !== undefined;
    },
    read: async (key) => {
      const { sdk, client, Bucket } = await storage();
      const answer = await found(client.send(new sdk.GetObjectCommand({ Bucket, Key: key })));
      return answer?.Body?.transformToByteArray();
    },
    exists: async (key) => {
      const { sdk, client, Bucket } = await storage();
      const answer = await found(client.send(new sdk.HeadObjectCommand({ Bucket, Key: key })));
      return answer !== undefined;
    },
    remove: async (key) => {
      const { sdk, client, Bucket } = await storage();
      await client.send(new sdk.DeleteObjectCommand({ Bucket, Key: key }));
    },
    presign: async ({ key, seconds, filename }) => {
      const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
      const { sdk, forBrowsers, Bucket } = await storage();
      const get = new sdk.GetObjectCommand({
        Bucket,
        Key: key,
        ResponseCacheControl: 'private, no-store',
        ResponseContentDisposition: `inline; filename*=UTF-8''${encodeURIComponent(filename)}`,
      });
      return getSignedUrl(forBrowsers, get, { expiresIn: seconds });
    },
  };
};
