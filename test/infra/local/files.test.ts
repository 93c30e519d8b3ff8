import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { writeWhole } from '#infra/local/files.ts';
import { aFolder } from '#test/infra/local/assembly.ts';

// A disk that takes three letters at a time, as write(2) may on any disk.
vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs')>();
  const writeSync = (file: number, text: string): number => real.writeSync(file, text.slice(0, 3));
  return { ...real, writeSync };
});

it('a file is written to its end, also where the disk takes a part at a time', () => {
  const path = join(aFolder(), 'home.json');

  writeWhole(path, 'all of the text');

  expect(readFileSync(path, 'utf8')).toBe('all of the text');
});
