import { parseArgs } from 'node:util';
import * as z from 'zod';
import { type Restored, restoreBackup } from '#infra/local/backup/restore.ts';
import { readHomeFile } from '#infra/local/home-file.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

const usage = `npm run restore -- --from BACKUP [OPTIONS]

Makes a data folder what a backup says; its home must be stopped. What the folder held before is kept inside it.
No letter that was sent leaves again. Where the former folder is lost and cannot say which were, letters are held, but for those
that a newer backup beside this one knows to have left: look through them on the operator's page, then release them.

  --from BACKUP    a folder that npm run backup wrote
  --data DIR       the data folder (default .data/KZ-19)
  --moved          the home was stopped for this backup and has not run since: its letters go on

  --release        let the held letters of the running home leave, instead of restoring
  --except ID      but for this one, which has arrived; may be repeated
`;

const options = {
  from: { type: 'string' },
  data: { type: 'string', default: '.data/KZ-19' },
  moved: { type: 'boolean', default: false },
  release: { type: 'boolean', default: false },
  except: { type: 'string', multiple: true },
  help: { type: 'boolean', default: false },
} as const;

type Print = (line: string) => void;

/** The command line. @returns the exit code */
export const main = async (args: string[], print: Print): Promise<number> => {
  try {
    const { from, data, moved, release, except = [], help } = readArguments(args);
    if (help) print(usage);
    else if (release) print(`${await releaseLetters(data, except)} letters leave.`);
    else if (from === undefined)
      throw new HomeFault(`Which backup? Say --from.\n\n${usage}`, exitCodes.usage);
    else
      tell(
        await restoreBackup({ backup: from, dataFolder: data, moved, now: () => new Date() }),
        data,
        print,
      );
    return 0;
  } catch (error) {
    if (!(error instanceof HomeFault)) throw error;
    print(error.message);
    return error.exitCode;
  }
};

const tell = (
  { takenAt, files, bytes, replaced, letters, unreadable }: Restored,
  data: string,
  print: Print,
): void => {
  print(`${data} is what it was at ${takenAt}: ${files} files, ${bytes} bytes, verified.`);
  if (replaced !== undefined) print(`What it held before is in ${replaced}. Remove it when all is well.`);
  for (const sentence of unreadable) print(`WARNING ${sentence}`);
  if (letters.learnt > 0) print(`${letters.learnt} letters that have left since will not leave again.`);
  if (letters.held !== undefined) {
    print(
      `Nobody knows which letters have left since: ${letters.held} that waited are held, and so is what is written from now on but for sign-in codes. Look through them on the operator's page, then npm run restore -- --release --data ${data}`,
    );
  }
};

const Answer = z.object({ released: z.number() });

const releaseLetters = async (data: string, except: readonly string[]): Promise<number> => {
  const { operator, operatorSecret } = readHomeFile(data);
  const response = await fetch(new URL('/released', operator), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${operatorSecret}` },
    body: JSON.stringify({ except }),
  }).catch(() => {
    throw new HomeFault('The home does not answer. Start it with npm start, then ask again.', exitCodes.data);
  });
  const text = await response.text();
  if (!response.ok) throw new HomeFault(`No letter was released: ${text.trim()}`, exitCodes.data);
  return Answer.parse(JSON.parse(text)).released;
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
