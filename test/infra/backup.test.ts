import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { main as backup } from '#infra/backup.ts';
import { type Home, startHome } from '#infra/local/home.ts';
import { main as restore } from '#infra/restore.ts';
import { aFolder, anAssembly } from '#test/infra/local/assembly.ts';
import { aSmallDisk, canMount } from '#test/infra/local/small-disk.ts';

let home: Home;
let said: string[];
const print = (line: string): void => void said.push(line);

beforeEach(async () => {
  said = [];
  home = await startHome({
    region: 'KZ-19',
    port: 0,
    dataFolder: aFolder(),
    rehearsal: false,
    assembly: anAssembly(),
  });
});
afterEach(() => home.stop());

const takeOne = async (): Promise<string> => {
  const into = aFolder();
  expect(await backup(['--data', home.dataFolder, '--into', into], print)).toBe(0);
  return join(into, readdirSync(into).find((each) => each.startsWith('KZ-19-')) ?? '');
};

const aFullDisk = async () => {
  const disk = await aSmallDisk(8);
  onTestFinished(disk.remove);
  mkdirSync(join(disk.seen, 'place'));
  disk.fill();
  const exitCodeOf = async (...given: string[]): Promise<unknown> =>
    (await once(disk.run(process.execPath, given), 'exit'))[0];
  return { place: join(disk.folder, 'place'), seen: join(disk.seen, 'place'), exitCodeOf };
};

describe.runIf(canMount())('on a full disk', () => {
  it('a backup ends with 74 and leaves nothing', async () => {
    await home.stop();
    const { place, seen, exitCodeOf } = await aFullDisk();

    const exitCode = await exitCodeOf('infra/backup.ts', '--data', home.dataFolder, '--into', place);

    expect(exitCode).toBe(74);
    expect(readdirSync(seen)).toEqual(['lock']);
  });

  it('a restore ends with 74 and leaves nothing', async () => {
    const from = await takeOne();
    const { place, seen, exitCodeOf } = await aFullDisk();

    const exitCode = await exitCodeOf('infra/restore.ts', '--from', from, '--data', place);

    expect(exitCode).toBe(74);
    expect(readdirSync(seen)).toEqual(['lock']);
  });
});

describe('npm run backup', () => {
  it('says where the backup is, that it was verified, and how long the home held still', async () => {
    const folder = await takeOne();

    expect(said[0]).toMatch(
      /^\/.*KZ-19-\d{4}-.*: \d+ files, \d+ bytes; the home held its calls for \d+ ms\.$/,
    );
    expect(said[0]).toContain(folder);
    expect(said[1]).toBe('Verified: it is whole.');
  });

  it('verifies an older one, and fails on a fault', async () => {
    const folder = await takeOne();

    const whole = await backup(['--verify', folder], print);
    rmSync(join(folder, 'keys.json'));
    const damaged = await backup(['--verify', folder], print);

    expect([whole, damaged]).toEqual([0, 65]);
    expect(said.at(-2)).toBe('FAULT keys.json is missing.');
  });

  it.for([
    [['--keep', 'all'], 64],
    [['--kept', '3'], 64],
    [['--data', '/nowhere'], 65],
    [['--verify', '/nowhere'], 65],
  ] as const)('refuses %j', async ([args, exitCode]) => {
    expect(await backup([...args], print)).toBe(exitCode);
  });
});

describe('npm run restore', () => {
  it('says what the folder is now, and where its former content lies', async () => {
    const from = await takeOne();
    await home.stop();

    const exitCode = await restore(['--from', from, '--data', home.dataFolder], print);

    expect(exitCode).toBe(0);
    expect(said.join('\n')).toMatch(
      /is what it was at \d{4}-.*verified\.\nWhat it held before is in .*replaced-/,
    );
  });

  it('does nothing while the home runs, or without a backup', async () => {
    const from = await takeOne();

    expect(await restore(['--from', from, '--data', home.dataFolder], print)).toBe(75);
    expect(await restore(['--data', home.dataFolder], print)).toBe(64);
  });

  it('releases held letters of a running home only', async () => {
    expect(await restore(['--release', '--data', home.dataFolder], print)).toBe(0);
    expect(said.at(-1)).toBe('0 letters leave.');
    expect(await restore(['--release', '--data', home.dataFolder, '--except', 'mistyped'], print)).toBe(64);
    expect(said.at(-1)).toBe('No letter was released: No letter that is held has the id mistyped.');
    await home.stop();
    expect(await restore(['--release', '--data', home.dataFolder], print)).toBe(65);
  });
});
