import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '#infra/local/files.ts';
import { holdMark } from '#infra/local/mail/held.ts';
import { letterStates } from '#infra/local/mail/outbox.ts';

/** Marks after which a letter never leaves again. */
const ends = ['sent', 'refused'] as const;

/**
 * Tells a restored outbox of letters that have left since: their marks, and what they said, from any other copy of the same
 * home's letters. A letter that waits in the backup and has left is then one that has left; one that a step writes again is
 * taken for the same.
 * @returns how many marks it did not have
 */
export const learnMarks = (letters: string, others: readonly string[]): number => {
  const marks = others.flatMap((other) =>
    ends.flatMap((state) => namesIn(join(other, state)).map((name) => ({ other, state, name }))),
  );
  let learnt = 0;
  for (const { other, state, name } of marks) {
    if (ends.some((end) => existsSync(join(letters, end, name)))) continue;
    const words = `${name.replace(/\.json$/, '')}.eml`;
    copyInto(join(other, 'letters', words), join(letters, 'letters'), words);
    copyInto(join(other, state, name), join(letters, state), name);
    for (const before of ['held', 'waiting']) rmSync(join(letters, before, name), { force: true });
    learnt += 1;
  }
  return learnt;
};

/** Holds what waits, and what the restored home writes, until the operator has looked: the home that was lost may have sent it. */
export const holdLetters = (letters: string): void => {
  const held = join(letters, 'held');
  mkdirSync(held, { recursive: true, mode: 0o700 });
  writeWhole(join(letters, holdMark), JSON.stringify({ reason: 'restored without the folder it replaces' }));
  for (const name of namesIn(join(letters, 'waiting')))
    renameSync(join(letters, 'waiting', name), join(held, name));
};

/** How many letters are held; undefined while none is, nor will be. */
export const heldIn = (letters: string): number | undefined =>
  isHolding(letters) ? namesIn(join(letters, 'held')).length : undefined;

/**
 * Whether a folder says which letters have left: it holds a home's letters, and the operator has looked since the last restore
 * that did not know.
 */
export const knowsLetters = (letters: string): boolean =>
  letterStates.some((state) => existsSync(join(letters, state))) && !isHolding(letters);

const isHolding = (letters: string): boolean => existsSync(join(letters, holdMark));

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

const copyInto = (from: string, folder: string, name: string): void => {
  if (!existsSync(from) || existsSync(join(folder, name))) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  copyFileSync(from, join(folder, name));
};
