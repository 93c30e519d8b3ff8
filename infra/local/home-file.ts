import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

/**
 * `<data>/home.json`, readable by its owner only, there while a home runs on the folder: where it is reached, and
 * the operator's access key for the AWS endpoint, as `npm run audit` and `npm run invite` need them.
 */
export const HomeFile = z.object({
  pid: z.int(),
  region: z.string(),
  rehearsal: z.boolean(),
  /** Where browsers find the pages: http://localhost:PORT. */
  origin: z.url(),
  /** The operator's port: http://localhost:PORT+1. */
  operator: z.url(),
  /** What `npm run invite` shows the operator's port; new at each start. */
  operatorSecret: z.string(),
  /** Every AWS service of the home, for SDK clients: http://127.0.0.1:… */
  endpoint: z.url(),
  awsRegion: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  /** What the functions find in their environment, all together: RECORDS_TABLE, PERSONS_TABLE, DOCUMENTS_BUCKET, … */
  environment: z.record(z.string(), z.string()),
});
export type HomeFile = z.infer<typeof HomeFile>;

export const homeFilePath = (dataFolder: string): string => join(dataFolder, 'home.json');

/** @throws HomeFault when no home runs on that folder, or the file is not one of ours */
export const readHomeFile = (dataFolder: string): HomeFile => {
  const path = homeFilePath(dataFolder);
  try {
    return HomeFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new HomeFault(
      `No home runs on ${dataFolder}: ${path} cannot be read (${error instanceof Error ? error.message : String(error)}). Start one with npm start.`,
      exitCodes.data,
    );
  }
};
