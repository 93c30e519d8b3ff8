import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { functionEntries } from '#infra/build/functions.ts';
import { synthesize } from '#infra/build/synthesize.ts';

describe('the stacks of one region, for the one-machine home', () => {
  let folder: string;

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'irikteu-assembly-')), 'KZ-19');
  });

  afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

  it('are synthesized once, with the code of every function, and kept while nothing changes', async () => {
    const first = await synthesize('KZ-19', folder);
    const template = join(folder, 'irikteu-kz-19-round.template.json');
    const written = statSync(template).mtimeMs;

    const second = await synthesize('KZ-19', folder);

    expect([first.reused, second.reused]).toEqual([false, true]);
    expect(statSync(template).mtimeMs).toBe(written);
    const bundles = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'index.mjs')));
    expect(bundles).toHaveLength(Object.keys(functionEntries).length);
  });

  it('are refused with what CDK said, and leave nothing that looks finished', async () => {
    await expect(synthesize('KZ-99', folder)).rejects.toThrow(/No region has the code KZ-99/);

    expect(existsSync(join(folder, 'synthesized-from'))).toBe(false);
  });
});
