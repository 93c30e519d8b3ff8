import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this machine lets us mount a file system of our own, in a namespace that nobody else sees. */
export const canMount = (): boolean =>
  spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt'], { stdio: 'ignore' }).status === 0;

export type SmallDisk = {
  /** The folder as a home on the disk names it. */
  folder: string;
  /** The same folder as this process reaches it. */
  seen: string;
  /** Runs a program that sees the disk. */
  run: (command: string, given: readonly string[]) => ChildProcess;
  /** Takes all room but what is left over in the last block. */
  fill: () => void;
  free: () => void;
  /** Nobody can write any more, as after `errors=remount-ro`. Only while no file is open for writing. */
  freeze: () => void;
  thaw: () => void;
  remove: () => void;
};

/** A disk of some megabytes. @throws when it cannot be mounted */
export const aSmallDisk = async (megabytes: number): Promise<SmallDisk> => {
  const folder = mkdtempSync(join(tmpdir(), 'irikteu-disk-'));
  const mount = `mount -t tmpfs -o size=${megabytes}m tmpfs ${folder} && echo ready && exec sleep 3600`;
  const holder = spawn('unshare', ['-rm', 'sh', '-c', mount], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    holder.stdout.once('data', () => resolve());
    holder.once('exit', (code) => reject(new Error(`The disk could not be mounted: ${code}.`)));
  });
  const pid = String(holder.pid);
  const inside = [
    '--target',
    pid,
    '--user',
    '--mount',
    '--preserve-credentials',
    `--wd=${process.cwd()}`,
    '--',
  ];
  const seen = join('/proc', pid, 'root', folder);
  const ballast = join(seen, 'ballast');
  const remount = (mode: 'ro' | 'rw'): void => {
    const { status } = spawnSync('nsenter', [...inside, 'mount', '-o', `remount,${mode}`, folder]);
    if (status !== 0) throw new Error(`The disk could not be mounted anew: ${status}.`);
  };
  return {
    folder,
    seen,
    run: (command, given) =>
      spawn('nsenter', [...inside, command, ...given], { stdio: ['ignore', 'pipe', 'pipe'] }),
    fill: () => {
      for (const size of [1_000_000, 4_096, 1]) {
        for (let full = false; !full; ) full = !appended(ballast, size);
      }
    },
    free: () => rmSync(ballast, { force: true }),
    freeze: () => remount('ro'),
    thaw: () => remount('rw'),
    remove: () => {
      holder.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** False where there was no room for all of it. */
const appended = (file: string, size: number): boolean => {
  const before = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  try {
    writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
  } catch {
    return false;
  }
  return statSync(file).size === before + size;
};
