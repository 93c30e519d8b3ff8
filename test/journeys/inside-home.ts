import { vi } from 'vitest';
import { s3Papers } from '#functions/adapters/documents/s3-papers.ts';
import { readHomeFile } from '#infra/local/home-file.ts';
import type { HomeProcess } from './home-process.ts';

/** Lets the adapters of a test speak to a home that runs, as its own functions do; `vi.unstubAllEnvs` ends it. */
export const enterHome = ({ data }: HomeProcess): void => {
  const { endpoint, awsRegion, accessKeyId, secretAccessKey } = readHomeFile(data);
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  vi.stubEnv('AWS_REGION', awsRegion);
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
};

/** The papers in a home's bucket. */
export const papersIn = ({ data, origin }: HomeProcess) => {
  const { environment } = readHomeFile(data);
  return s3Papers(() => ({ bucket: environment['DOCUMENTS_BUCKET'] ?? '', browserEndpoint: origin }));
};
