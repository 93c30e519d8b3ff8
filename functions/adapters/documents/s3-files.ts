import { Readable } from 'node:stream';
import { lazily } from '#functions/adapters/lazily.ts';
import type { Files } from '#shared/ports/files.ts';

export type S3Place = {
  bucket: string;
  /** Where browsers reach the storage when that is not where functions reach it; the local home sets it. */
  browserEndpoint?: string | undefined;
};

/** Files in S3. The client is loaded when the first file is touched: most requests touch none. */
export const s3Files = (place: () => S3Place): Files => {
  const storage = lazily(() => load(place()));
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
    read: async (key) => {
      const { sdk, client, Bucket } = await storage();
      const answer = await found(client.send(new sdk.GetObjectCommand({ Bucket, Key: key })));
      return answer && streamOf(answer.Body);
    },
    move: async (from, to) => {
      const { sdk, client, Bucket } = await storage();
      const copy = new sdk.CopyObjectCommand({ Bucket, Key: to, CopySource: `${Bucket}/${encodeURI(from)}` });
      if (await found(client.send(copy))) {
        await client.send(new sdk.DeleteObjectCommand({ Bucket, Key: from }));
      } else if (!(await found(client.send(new sdk.HeadObjectCommand({ Bucket, Key: to }))))) {
        throw new Error(`There is neither a file ${from} nor ${to}.`);
      }
    },
    remove: async (key) => {
      const { sdk, client, Bucket } = await storage();
      await client.send(new sdk.DeleteObjectCommand({ Bucket, Key: key }));
    },
  };
};

const load = async ({ bucket: Bucket, browserEndpoint }: S3Place) => {
  const sdk = await import('@aws-sdk/client-s3');
  // Path style in both homes; checksums only where the service demands them keeps presigned addresses plain.
  const options = {
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  } as const;
  const client = new sdk.S3Client(options);
  const forBrowsers = browserEndpoint ? new sdk.S3Client({ ...options, endpoint: browserEndpoint }) : client;
  return { sdk, client, forBrowsers, Bucket };
};

/** HeadObject has no body to name its error, so it calls a missing file NotFound. */
const missing = new Set(['NotFound', 'NoSuchKey']);

const found = async <Answer>(answer: Promise<Answer>): Promise<Answer | undefined> => {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && missing.has(error.name)) return undefined;
    throw error;
  }
};

const streamOf = (body: unknown): AsyncIterable<Uint8Array> => {
  if (body instanceof Readable) return body;
  throw new Error('The storage answered a file without a stream.');
};
