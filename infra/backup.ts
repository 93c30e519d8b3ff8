import { parseArgs } from 'node:util';
import { faultsOf, readManifest } from '#infra/local/backup/manifest.ts';
import { usualPlace } from '#infra/local/backup/place.ts';
import { takeBackup } from '#infra/local/backup/take.ts';
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
  help: { type: 'boolean', default: false },
} as const;

type Print = (line: string) => void;

/** The command line. @returns the exit code */
export const main = async (args: string[], print: Print): Promise<number> => {
  try {
    const { data, into, keep, verify, help } = readArguments(args);
    if (help) {
      print(usage);
      return 0;
    }
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
  } catch (error) {
    if (!(error instanceof HomeFault)) throw error;
    print(error.message);
    return error.exitCode;
  }
};

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

const readArguments = (args: string[]) => {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'Wrong options.';
    throw new HomeFault(`${reason}\n\n${usage}`, exitCodes.usage);
  }
};

if (import.meta.main) {
  process.umask(0o077);
  process.exitCode = await main(process.argv.slice(2), (line) => void process.stdout.write(`${line}\n`));
}
