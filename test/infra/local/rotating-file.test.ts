import { readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openRotatingFile } from '#infra/local/rotating-file.ts';
import { aFolder } from '#test/infra/local/assembly.ts';

const firstLine = (file: string) => readFileSync(file, 'utf8').split('\n', 1)[0];

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

  it('that has grown to 20 MB begins anew, and the one of before is beside it until the next', async () => {
    const path = join(aFolder(), 'home.log');
    const { write, close } = openRotatingFile(path);
    const megabyte = `${'x'.repeat(1024 * 1024 - 1)}\n`;
    const many = (name: string): void => {
      write(`${name}\n`);
      for (let count = 0; count < 20; count += 1) write(megabyte);
    };

    for (const name of ['first', 'second', 'third']) many(name);
    await close();

    expect([firstLine(`${path}.1`), firstLine(path)]).toEqual(['second', 'third']);
    expect(readdirSync(dirname(path)).toSorted()).toEqual(['home.log', 'home.log.1']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
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
