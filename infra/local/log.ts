import { join } from 'node:path';
import type { HomeLog } from '#infra/local/ports.ts';
import { openRotatingFile } from '#infra/local/rotating-file.ts';

/** The home's own log, one JSON line each in `<data>/home.log`, and to a listener. */
export const openLog = (
  dataFolder: string,
  listen?: (line: string) => void,
): { log: HomeLog; close: () => Promise<void> } => {
  const { write, close } = openRotatingFile(join(dataFolder, 'home.log'));
  const log: HomeLog = (code, message, facts) => {
    const line = `${JSON.stringify({ at: new Date().toISOString(), code, message, ...facts })}\n`;
    write(line);
    listen?.(line);
  };
  return { log, close };
};
