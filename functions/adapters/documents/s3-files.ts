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

/** A condition did not hold, or something was written at the same instant ("Conditional requests", S3 user guide). */
const changed = new Set([...missing, 'PreconditionFailed', 'ConditionalRequestConflict']);

const unless =
  (names: ReadonlySet<string>) =>
  async <Answer>(answer: Promise<Answer>): Promise<Answer | undefined> => {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof Error && names.has(error.name)) return undefined;
      throw error;
    }
  };

const found = unless(missing);
const unlessChanged = unless(changed);

/** Under a customer key an ETag says nothing of the bytes: a file that is put there again has another one. */
const tagOf = ({ ETag }: { ETag?: string | undefined }): string => {
  if (ETag === undefined) throw new Error('The storage answered a file without an ETag.');
  return ETag;
};

const streamOf = (body: unknown): AsyncIterable<Uint8Array> => {
  if (body instanceof Readable) return body;
  throw new Error('The storage answered a file without a stream.');
};
