import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { HomeLog } from '#infra/local/ports.ts';

type Facts = Parameters<HomeLog>[2];

const lineOf = (at: string, [code, message, facts]: [string, string, Facts]): string =>
  `${JSON.stringify({ at, code, message, ...facts })}\n`;

/**
 * The home's own log, one JSON line each in `<data>/home.log`, and to a listener. A log that cannot be
 * written never stops the work: the disk may be full, and then the line goes to the listener only.
 */
export const openLog = (
  dataFolder: string,
  listen?: (line: string) => void,
): { log: HomeLog; close: () => Promise<void> } => {
  const file = createWriteStream(join(dataFolder, 'home.log'), { flags: 'a', mode: 0o600 });
  let writable = true;
  file.on('error', () => {
    writable = false;
  });

  const log: HomeLog = (code, message, facts) => {
    const line = lineOf(new Date().toISOString(), [code, message, facts]);
    if (writable) file.write(line);
    listen?.(line);
  };

  const close = (): Promise<void> =>
    new Promise((resolve) => (writable ? file.end(() => resolve()) : resolve()));

  return { log, close };
};
