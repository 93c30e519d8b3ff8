import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const name = 'irikteu-tests-';

/**
 * Whatever a run puts into temporary folders, also where a test ends before its own cleaning up, is gone after it. Each project of the
 * run calls this; the first makes the folder for all, since sockets in it may not have long paths.
 */
export default (): (() => void) | undefined => {
  if (basename(tmpdir()).startsWith(name)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), name));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
};
