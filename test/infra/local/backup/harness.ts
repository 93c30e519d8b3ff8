import { afterEach } from 'vitest';
import { restoreBackup } from '#infra/local/backup/restore.ts';
import { takeBackup } from '#infra/local/backup/take.ts';
import { type Home, startHome } from '#infra/local/home.ts';
import { readHomeFile } from '#infra/local/home-file.ts';
import type { HomeOptions } from '#infra/local/options.ts';
import { aFolder } from '#test/infra/local/assembly.ts';
import { type SmtpServer, startSmtp } from '#test/infra/local/mail/smtp-server.ts';
import { aWorkingAssembly } from '#test/infra/local/working-region.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const assembly = aWorkingAssembly({ waitSeconds: 86_400 });

export const aHome = async (over: Partial<HomeOptions> = {}): Promise<Home> => {
  const home = await startHome({
    region: 'KZ-19',
    port: 0,
    dataFolder: aFolder(),
    rehearsal: false,
    assembly,
    ...over,
  });
  closing.push(home.stop);
  return home;
};

export const aServer = async (): Promise<SmtpServer> => {
  const smtp = await startSmtp();
  closing.push(smtp.close);
  return smtp;
};

export const ask = async ({ origin }: Pick<Home, 'origin'>, path: string): Promise<number> =>
  (await fetch(origin + path)).status;

let clock = Date.parse('2027-01-01T03:00:00Z');
/** A minute later each time, as machines' clocks say. */
const now = (): Date => new Date((clock += 60_000));

export const backUp = (dataFolder: string, into = aFolder(), keep?: number) =>
  takeBackup({ dataFolder, into, now, ...(keep !== undefined && { keep }) });

export const restore = (backup: string, dataFolder: string, moved = false) =>
  restoreBackup({ backup, dataFolder, moved, now });

export const healthOf = async ({ operator }: Home): Promise<{ ok: boolean; problems: unknown[] }> =>
  (await fetch(`${operator}/health`)).json();

export const statesOfLetters = async ({ operator }: Home): Promise<Record<string, string>> => {
  const letters: { subject: string; state: string }[] = await (await fetch(`${operator}/letters`)).json();
  return Object.fromEntries(letters.map(({ subject, state }) => [subject, state]));
};

export const release = async (home: Home, except: string[] = []): Promise<unknown> => {
  const { operatorSecret } = readHomeFile(home.dataFolder);
  const response = await fetch(`${home.operator}/released`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${operatorSecret}` },
    body: JSON.stringify({ except }),
  });
  return response.json();
};
