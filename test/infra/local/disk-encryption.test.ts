import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encryptionOf } from '#infra/local/disk-encryption.ts';
import { aFolder } from '#test/infra/local/assembly.ts';

/** A machine whose /data is on a device; each device with its device mapper's uuid and what lies below it. */
type Block = { uuid?: string; slaves?: readonly string[] };
const aMachine = (device: string, blocks: Readonly<Record<string, Block>>) => {
  const root = aFolder();
  const data = realpathSync(aFolder());
  mkdirSync(join(root, 'proc/self'), { recursive: true });
  writeFileSync(
    join(root, 'proc/self/mountinfo'),
    `22 1 8:1 / / rw - ext4 /dev/root rw\n36 22 253:0 / ${data} rw,noatime - ext4 ${device} rw\n`,
  );
  for (const [name, { uuid, slaves = [] }] of Object.entries(blocks)) {
    const block = join(root, 'sys/class/block', name);
    mkdirSync(join(block, 'slaves'), { recursive: true });
    if (uuid !== undefined) {
      mkdirSync(join(block, 'dm'));
      writeFileSync(join(block, 'dm/uuid'), uuid);
    }
    for (const slave of slaves) mkdirSync(join(block, 'slaves', slave));
  }
  return { root, data };
};

describe('a data folder', () => {
  it.for([
    ['on LUKS', '/dev/dm-0', { 'dm-0': { uuid: 'CRYPT-LUKS2-1' } }, 'encrypted'],
    [
      'on LVM over LUKS',
      '/dev/dm-1',
      { 'dm-1': { uuid: 'LVM-1', slaves: ['dm-0'] }, 'dm-0': { uuid: 'CRYPT-LUKS2-1' } },
      'encrypted',
    ],
    [
      'on LVM over a bare disk',
      '/dev/dm-1',
      { 'dm-1': { uuid: 'LVM-1', slaves: ['sda1'] }, sda1: {} },
      'plain',
    ],
    ['on a bare disk', '/dev/sda1', { sda1: {} }, 'plain'],
    ['in memory', 'tmpfs', {}, 'unknown'],
  ] as const)('%s is told as %s', ([, device, blocks, told]) => {
    const { root, data } = aMachine(device, blocks);

    expect(encryptionOf(data, root)).toBe(told);
  });
});
