import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { DamagedObject, readFacts } from '#infra/local/s3/object-file.ts';

/** What the list of erasures calls its objects (`functions/adapters/documents/s3-erasures.ts`). */
const area = 'erased/';

/**
 * Tells a restored storage of people who were erased since, from any other copy of the same home: the sweep then erases
 * them once more.
 * @param storage where the buckets lie in the restored folder
 * @param others the same place in other copies; what is not there is passed over
 * @returns how many erasures it did not have
 */
export const learnErasures = async (storage: string, others: readonly string[]): Promise<number> => {
  let learnt = 0;
  const buckets = others.flatMap((other) => namesIn(other).map((bucket) => ({ other, bucket })));
  for (const { other, bucket } of buckets) {
    const from = join(other, bucket, 'objects');
    const to = join(storage, bucket, 'objects');
    mkdirSync(to, { recursive: true, mode: 0o700 });
    for (const name of namesIn(from)) {
      if (existsSync(join(to, name)) || !(await isErasure(join(from, name)))) continue;
      copyFileSync(join(from, name), join(to, name));
      learnt += 1;
    }
  }
  return learnt;
};

/** An object that cannot be read is none of the list: what a damaged folder still says is learnt all the same. */
const isErasure = async (path: string): Promise<boolean> => {
  const file = await open(path, 'r');
  try {
    return (await readFacts(file)).key.startsWith(area);
  } catch (error) {
    if (error instanceof DamagedObject) return false;
    throw error;
  } finally {
    await file.close();
  }
};

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);
