import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Assets, readAssets } from '#functions/web/assets.ts';
import { buildAssets } from '#infra/build/assets.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The real style sheet and scripts, compiled as for a deployment, in a folder of their own. */
export const compiledAssets = async (): Promise<Assets> => {
  const folder = mkdtempSync(join(tmpdir(), 'irikteu-assets-'));
  const { outputs } = await buildAssets(root, 'assets');
  for (const { path, bytes } of outputs) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return readAssets(join(folder, 'assets'));
};
