import { faultsOf, readManifest } from '#infra/local/backup/manifest.ts';
import { usualPlace } from '#infra/local/backup/place.ts';
import { takeBackup } from '#infra/local/backup/take.ts';
import { command, type Print, runAsProcess } from '#infra/local/command.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

const usage = `npm run backup [-- OPTIONS]

Takes a backup of a data folder, while its home runs or not: tables, executions, documents and letters of one moment, verified
byte by byte. Holds personal data: keep it on an encrypted disk of another machine.

  --data DIR       the data folder (default .data/KZ-19)
  --into DIR       where backups go, each in a folder of its own (default backups beside the data folder)
  --keep N         how many backups of this data folder to keep there; all of them when left out
  --verify BACKUP  verify this backup instead of taking one
`;

const options = {
  data: { type: 'string', default: '.data/KZ-19' },
  into: { type: 'string' },
  keep: { type: 'string' },
  verify: { type: 'string' },
} as const;

/** The command line. */
export const main = command({ usage, options }, async ({ data, into, keep, verify }, print) => {
  if (verify !== undefined) return await verifyOne(verify, print);
  const taken = await takeBackup({
    dataFolder: data,
    into: into ?? usualPlace(data),
    keep: keep === undefined ? undefined : countOf(keep),
    now: () => new Date(),
  });
  const held =
    taken.heldMilliseconds === undefined
      ? 'no home ran'
      : `the home held its calls for ${taken.heldMilliseconds} ms`;
  print(`${taken.folder}: ${taken.files} files, ${taken.bytes} bytes; ${held}.`);
  for (const folder of taken.removed) print(`Removed ${folder}.`);
  for (const sentence of taken.unreadable) print(`WARNING ${sentence}`);
  return told(taken.faults, print);
});

const verifyOne = async (folder: string, print: Print): Promise<number> => {
  const manifest = readManifest(folder);
  const { region, rehearsal, takenAt, files } = manifest;
  print(`${folder}: ${region}${rehearsal ? ', a rehearsal' : ''}, of ${takenAt}, ${files.length} files.`);
  return told(await faultsOf(folder, manifest), print);
};

const told = (faults: readonly string[], print: Print): number => {
  for (const fault of faults) print(`FAULT ${fault}`);
  print(faults.length === 0 ? 'Verified: it is whole.' : `It has ${faults.length} faults.`);
  return faults.length === 0 ? 0 : exitCodes.data;
};

const countOf = (text: string): number => {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new HomeFault(`--keep must be a number from 1 on, not "${text}".`, exitCodes.usage);
};

if (import.meta.main) await runAsProcess(main);
