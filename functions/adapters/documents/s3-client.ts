import type { S3ClientConfig } from '@aws-sdk/client-s3';

export type S3Place = {
  bucket: string;
  /** Where browsers reach the storage when that is not where functions reach it; the local home sets it. */
  browserEndpoint?: string | undefined;
  /** Where a program finds the storage that has it not in its environment, as functions do. */
  access?: Pick<S3ClientConfig, 'endpoint' | 'region' | 'credentials'>;
};

/** The SDK, loaded now: a client for the function, and one whose signed addresses browsers can reach. */
export const loadStorage = async ({ bucket: Bucket, browserEndpoint, access }: S3Place) => {
  const sdk = await import('@aws-sdk/client-s3');
  // Path style in both homes; checksums only where the service demands them keeps presigned addresses plain.
  const options = {
    ...access,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  } as const;
  const client = new sdk.S3Client(options);
  const forBrowsers = browserEndpoint ? new sdk.S3Client({ ...options, endpoint: browserEndpoint }) : client;
  return { sdk, client, forBrowsers, Bucket };
};

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

/** HeadObject has no body to name its error, so it calls a missing file NotFound. */
const missing = new Set(['NotFound', 'NoSuchKey']);

/** A condition did not hold, or something was written at the same instant ("Conditional requests", S3 user guide). */
const changed = new Set([...missing, 'PreconditionFailed', 'ConditionalRequestConflict']);

/** The answer, or undefined when there is no such file. */
export const found = unless(missing);

/** The answer, or undefined when the file is another one by now. */
export const unlessChanged = unless(changed);
