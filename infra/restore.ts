import * as z from 'zod';
import { type Restored, restoreBackup } from '#infra/local/backup/restore.ts';
import { askOperator, command, type Print, runAsProcess, wrongUsage } from '#infra/local/command.ts';

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
} as const;

/** The command line. */
export const main = command({ usage, options }, async (values, print) => {
  const { from, data, moved, release, except = [] } = values;
  if (release) {
    const question = { path: '/released', body: { except }, Answer, otherwise: 'No letter was released' };
    const { released } = await askOperator(data, question);
    print(`${released} letters leave.`);
    return 0;
  }
  if (from === undefined) throw wrongUsage('Which backup? Say --from.', usage);
  tell(await restoreBackup({ backup: from, dataFolder: data, moved, now: () => new Date() }), data, print);
  return 0;
});

const Answer = z.object({ released: z.number() });

const tell = (
  { takenAt, files, bytes, replaced, letters, erased, unreadable }: Restored,
  data: string,
  print: Print,
): void => {
  print(`${data} is what it was at ${takenAt}: ${files} files, ${bytes} bytes, verified.`);
  if (replaced !== undefined) print(`What it held before is in ${replaced}. Remove it when all is well.`);
  for (const sentence of unreadable) print(`WARNING ${sentence}`);
  if (letters.learnt > 0) print(`${letters.learnt} letters that have left since will not leave again.`);
  if (erased > 0) print(`${erased} erasures since are carried out again within minutes of the start.`);
  if (letters.held !== undefined) {
    print(
      `Nobody knows which letters have left since: ${letters.held} that waited are held, and so is what is written from now on but for sign-in codes. Look through them on the operator's page, then npm run restore -- --release --data ${data}`,
    );
  }
};

if (import.meta.main) await runAsProcess(main);
