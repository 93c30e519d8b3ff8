import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Whether what lies in a folder is encrypted at rest, as far as Linux tells. */
export type AtRest = 'encrypted' | 'plain' | 'unknown';

/**
 * Looks at the block devices under a folder's file system: one that dm-crypt (LUKS) made, directly or below LVM, is
 * encrypted. Unknown for file systems without a device and for systems that are not Linux.
 * @param root where /proc and /sys are; another one in tests
 */
export const encryptionOf = (folder: string, root = '/'): AtRest => {
  try {
    const device = deviceOf(realpathSync(folder), readFileSync(join(root, 'proc/self/mountinfo'), 'utf8'));
    if (!device?.startsWith('/dev/')) return 'unknown';
    const name = basename(root === '/' ? realpathSync(device) : device);
    return isEncrypted(join(root, 'sys/class/block', name), root) ? 'encrypted' : 'plain';
  } catch {
    return 'unknown';
  }
};

/** The source of the innermost mount that holds a path; fields are those of proc(5). */
const deviceOf = (path: string, mountInfo: string): string | undefined => {
  let best: { point: string; device: string } | undefined;
  for (const line of mountInfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const point = before.split(' ')[4] ?? '';
    const device = after.split(' ')[1] ?? '';
    const holds = path === point || path.startsWith(point.endsWith('/') ? point : `${point}/`);
    if (point !== '' && holds && point.length >= (best?.point.length ?? 0)) best = { point, device };
  }
  return best?.device;
};

const isEncrypted = (block: string, root: string): boolean => {
  if (textOf(join(block, 'dm/uuid')).startsWith('CRYPT-')) return true;
  const below = namesIn(join(block, 'slaves'));
  return below.length > 0 && below.every((name) => isEncrypted(join(root, 'sys/class/block', name), root));
};

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
