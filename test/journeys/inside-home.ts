import { vi } from 'vitest';
import { s3Papers } from '#functions/adapters/documents/s3-papers.ts';
import { dynamoCheckReports } from '#functions/adapters/dynamodb/check-reports.ts';
import { dynamoClient } from '#functions/adapters/dynamodb/client.ts';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { readHomeFile } from '#infra/local/home-file.ts';
import type { CheckReports } from '#shared/ports/checks.ts';
import type { Commit, Records } from '#shared/ports/records.ts';
import { granted, type World } from '#test/builders/scenes.ts';
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

/** The records in a home's tables. */
export const recordsIn = ({ data }: HomeProcess): Records => {
  const { environment } = readHomeFile(data);
  return dynamoRecords({
    client: dynamoClient(),
    recordsTable: environment['RECORDS_TABLE'] ?? '',
    personsTable: environment['PERSONS_TABLE'] ?? '',
  });
};

/** What the checks of a home's records came to. */
export const checksIn = ({ data }: HomeProcess): CheckReports => {
  const { environment } = readHomeFile(data);
  return dynamoCheckReports({ client: dynamoClient(), recordsTable: environment['RECORDS_TABLE'] ?? '' });
};

/** Everything that is stored in a world from now on, in its order. */
export const recorded = ({ records }: World): readonly Commit[] => {
  const { commit } = records;
  const commits: Commit[] = [];
  records.commit = async (given) => {
    commits.push(given);
    return await commit(given);
  };
  return commits;
};

/** What was played in a world, as the records of a home: nothing of it starts by itself here. */
export const storeIn = async (records: Records, commits: readonly Commit[]): Promise<void> => {
  for (const { outbox: _rows, ...given } of commits) {
    const stored = await records.commit(given);
    // What lost its race there loses it here as well.
    if (!stored.ok && stored.error.kind !== 'changed-meanwhile') granted(stored);
  }
};
