import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openRotatingFile } from '#infra/local/rotating-file.ts';
import { aFolder } from '#test/infra/local/assembly.ts';

describe('a log', () => {
  it('that met a full disk goes on when there is room', async () => {
    const path = join(aFolder(), 'home.log');
    symlinkSync('/dev/full', path);
    const { write, close } = openRotatingFile(path);
    write('lost\n');
    await sleep(300);
    rmSync(path);

    await expect
      .poll(
        () => {
          write('kept\n');
          return readFileSync(path, 'utf8');
        },
        { interval: 200, timeout: 10_000 },
      )
      .toMatch(/^(kept\n)+$/);

    await close();
  });

  it('writes nothing more once it is closed', async () => {
    const path = join(aFolder(), 'home.log');
    const { write, close } = openRotatingFile(path);
    write('before\n');
    await close();

    write('after\n');

    expect(readFileSync(path, 'utf8')).toBe('before\n');
  });
});
