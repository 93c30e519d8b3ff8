import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '#infra/build/files.ts';
import { waitForLock } from '#infra/local/lock.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

/** Two homes that start at once on a slow machine wait for each other. */
const patienceMilliseconds = 180_000;

/**
 * Synthesizes the stacks of a region, unless nothing changed, and copies them into the data folder: a running home keeps
 * its own bundles while someone builds new ones beside it.
 * @returns the folder with the assembly
 */
export const ownAssembly = async (region: string, dataFolder: string): Promise<string> => {
  const own = join(dataFolder, 'stacks');
  mkdirSync(join(repository, 'dist'), { recursive: true });
  const release = await waitForLock(join(repository, 'dist', 'synthesis.lock'), patienceMilliseconds);
  try {
    // Loaded only here: the compilers behind it take longer to load than everything else of the home.
    const { synthesize } = await import('#infra/build/synthesize.ts');
    const { folder } = await synthesize(region);
    if (stampOf(own) !== undefined && stampOf(own) === stampOf(folder)) return own;
    const fresh = `${own}.new`;
    rmSync(fresh, { recursive: true, force: true });
    cpSync(folder, fresh, { recursive: true });
    rmSync(own, { recursive: true, force: true });
    renameSync(fresh, own);
    return own;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // Who runs a region must get it back when a change of the sources broke the build.
    const way =
      stampOf(own) === undefined ? '' : `\nThe stacks of the last start still run with --stacks ${own}`;
    throw new HomeFault(`${reason}${way}`, exitCodes.software);
  } finally {
    release();
  }
};

const stampOf = (folder: string): string | undefined => {
  const file = join(folder, 'synthesized-from');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
};
