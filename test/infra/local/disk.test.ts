import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { HomeFile } from '#infra/local/home-file.ts';
import { aSmallDisk, canMount, type SmallDisk } from '#test/infra/local/small-disk.ts';
import { aWorkingAssembly } from '#test/infra/local/working-region.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const assembly = aWorkingAssembly();

type Running = { home: HomeFile; end: (signal: NodeJS.Signals) => Promise<void> };

/** `npm start` on the disk; answers the exit code when it does not start. */
const startOn = async (disk: SmallDisk): Promise<Running | number | null> => {
  const options = ['--port', '0', '--stacks', assembly, '--data', join(disk.folder, 'data')];
  const child: ChildProcess = disk.run(process.execPath, ['infra/local/start.ts', ...options]);
  const ended = once(child, 'exit').then(([code]) => z.number().nullable().parse(code));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const { pid } = homeOf(disk);
    process.kill(pid, signal);
    await ended;
  };
  const ready = new Promise<void>((resolve) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('Stop with Ctrl-C')) resolve();
    });
    child.stderr?.resume();
  });
  const started = await Promise.race([ready, ended]);
  if (started !== undefined) return started;
  // In order, so that no engine stays behind; one that has ended says no longer where it is.
  closing.push(() => end('SIGTERM').catch(() => undefined));
  return { home: homeOf(disk), end };
};

const homeOf = ({ seen }: SmallDisk): HomeFile =>
  HomeFile.parse(JSON.parse(readFileSync(join(seen, 'data', 'home.json'), 'utf8')));

const running = async (disk: SmallDisk): Promise<Running> => {
  const started = await startOn(disk);
  if (started === null || typeof started === 'number') throw new Error(`It ended with ${started}.`);
  return started;
};

const aDisk = async (): Promise<SmallDisk> => {
  const disk = await aSmallDisk(48);
  closing.push(disk.remove);
  return disk;
};

const ask = async ({ home }: Running, path: string): Promise<number> =>
  (await fetch(home.origin + path)).status;

const health = async ({ home }: Running): Promise<unknown> => (await fetch(`${home.operator}/health`)).json();

const executions = async ({ home }: Running): Promise<{ name: string; status: string }[]> =>
  (await fetch(`${home.operator}/executions`)).json();

describe.skipIf(!canMount())('a disk that fills up', () => {
  it('stops what is written and nothing that is read, keeps what was acknowledged, and goes on when there is room', async () => {
    const disk = await aDisk();
    const first = await running(disk);
    await ask(first, '/apply/before');
    disk.fill();

    const whileFull = [await ask(first, '/apply/during'), await ask(first, '/asked/before')];
    const sick = await health(first);
    await first.end('SIGKILL');
    const restarted = await startOn(disk);
    disk.free();
    const second = await running(disk);
    const after = await ask(second, '/apply/after');
    for (const name of ['before', 'after']) {
      await expect.poll(() => ask(second, `/decide/${name}/agreed`), { timeout: 20_000 }).toBe(200);
    }

    expect(whileFull).toEqual([500, 200]);
    expect(sick).toMatchObject({ ok: false });
    expect(restarted).toBe(74);
    expect(after).toBe(200);
    await expect
      .poll(() => executions(second), { timeout: 30_000 })
      .toEqual([
        expect.objectContaining({ name: 'after', status: 'SUCCEEDED' }),
        expect.objectContaining({ name: 'before', status: 'SUCCEEDED' }),
      ]);
  });

  it('lets a running home go on by itself when there is room again', async () => {
    const disk = await aDisk();
    const home = await running(disk);
    await ask(home, '/start/before');
    await expect.poll(() => ask(home, '/decide/before/agreed'), { timeout: 20_000 }).toBe(200);
    disk.fill();

    const during = await ask(home, '/apply/during');
    disk.free();
    const after = await ask(home, '/apply/after');

    expect([during, after]).toEqual([500, 200]);
    // Its timer fell due on the full disk, or will: either way it comes to its end.
    await expect
      .poll(async () => (await executions(home)).find(({ name }) => name === 'before')?.status, {
        timeout: 60_000,
      })
      .toBe('SUCCEEDED');
  });
});

describe.skipIf(!canMount())('a disk that may not be written', () => {
  it('stops the start with a sentence, changes nothing, and everything is there when it may be', async () => {
    const disk = await aDisk();
    const first = await running(disk);
    await ask(first, '/apply/before');
    await first.end('SIGTERM');
    disk.freeze();

    const refused = await startOn(disk);
    disk.thaw();
    const second = await running(disk);

    expect(refused).toBe(65);
    expect((await executions(second)).map(({ name }) => name)).toEqual(['before']);
  });
});
