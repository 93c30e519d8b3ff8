import { constants } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readUtf8 } from '#shared/domain/utf8.ts';
import type { Fault } from '#shared/errors.ts';
import { isMessageKey, Locale, translator } from '#shared/i18n/index.ts';
import type { Result } from '#shared/result.ts';

/** How a sandbox's command ends: 0 done, 1 there is no result, 2 the file or the command line is wrong. */
export const exits = { done: 0, none: 1, wrong: 2 } as const;

/** What a command prints is its result; what it complains about goes to the error output. */
export type Output = { print: (text: string) => void; complain: (line: string) => void };

/** The options of all commands; each takes `--json`, `--lang` and some of the others. */
const options = {
  json: { type: 'boolean', default: false },
  /** In which faults are explained. */
  lang: { type: 'string', default: 'en' },
  seed: { type: 'string' },
  check: { type: 'string' },
  rasch: { type: 'boolean' },
} as const;
const owned = ['seed', 'check', 'rasch'] as const;
type Own = (typeof owned)[number];

/** What a command works with: its options and its one file. */
export type Given = ReturnType<typeof readArguments>['values'] & {
  /** The file's text. */
  text: string;
  /** Unwraps what was read from a file (the command's own one unless named). @throws Unusable that names every fault */
  need: <T>(read: Result<T, Fault[]>, file?: string) => T;
};

/** The input cannot be used; each line says what and where. */
export class Unusable extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines[0]);
    this.lines = lines;
  }
}

/** A command that is given one file, `-` for the standard input. `--help` prints the usage. @returns the exit code */
export const sandboxCommand =
  (usage: string, own: readonly Own[], work: (given: Given, print: Output['print']) => number) =>
  (args: string[], { print, complain }: Output): number => {
    if (args.includes('--help')) {
      print(usage);
      return exits.done;
    }
    try {
      const { values, file } = readArguments(usage, own, args);
      const say = explaining(values.lang);
      const need = <T>(read: Result<T, Fault[]>, of = file): T => {
        if (read.ok) return read.value;
        throw new Unusable(said(of, read.error, say));
      };
      return work({ ...values, text: readText(file, mostOfOwn), need }, print);
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      for (const line of error.lines) complain(line);
      return exits.wrong;
    }
  };

/** Runs a command as this process. */
export const runAsProcess = async (
  main: (args: string[], output: Output) => number | Promise<number>,
): Promise<void> => {
  // Whoever reads only the first lines (head) closes the pipe; that is no failure.
  process.stdout.on('error', () => process.exit(0));
  process.exitCode = await main(process.argv.slice(2), {
    print: (text) => void process.stdout.write(`${text}\n`),
    complain: (line) => void process.stderr.write(`${line}\n`),
  });
};

const readArguments = (usage: string, own: readonly Own[], args: string[]) => {
  const { values, positionals } = parsed(usage, args);
  for (const name of owned) {
    if (values[name] !== undefined && !own.includes(name))
      throw new Unusable([`There is no option --${name} here.`, '', usage]);
  }
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Unusable(['Name one file.', '', usage]);
  return { values, file };
};

const parsed = (usage: string, args: string[]) => {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Unusable([error instanceof Error ? error.message : 'Wrong options.', '', usage]);
  }
};

/** The text of a file that was named. @throws Unusable */
export const readText = (file: string, most: number = constants.MAX_STRING_LENGTH): string => {
  const bytes = bytesOf(file, most);
  // What is longer than any string cannot be decoded either, as if it were no text.
  if (bytes.length > most) throw tooLarge(file, most);
  const text = readUtf8(bytes);
  if (text === undefined) throw new Unusable([`${file} cannot be read: it is not UTF-8 text.`]);
  return text;
};

const bytesOf = (file: string, most: number): Uint8Array => {
  try {
    // Looked at first, so that nothing is read in vain.
    if (file !== '-' && statSync(file).size > most) throw tooLarge(file, most);
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    if (error instanceof Unusable) throw error;
    throw new Unusable([`${file} cannot be read: ${reasonOf(error)}.`]);
  }
};

/** Of a table or an instance: one of 100 MB takes 4 GB to read, and then memory may run out without a word. */
const mostOfOwn = 64_000_000;

const tooLarge = (file: string, most: number): Unusable =>
  new Unusable([`${file} cannot be read: it is too large, more than ${Math.floor(most / 1e6)} MB.`]);

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (code === '' ? 'an unknown reason' : code);
};

const reasons: Partial<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it must not be read by you',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
};

type Say = (fault: Fault) => string;

/** Faults in words, without their place. @throws Unusable */
export const explaining = (lang: string): Say => {
  const locale = Locale.safeParse(lang);
  if (!locale.success) throw new Unusable([`There is no language "${lang}": kk, ru or en.`]);
  const say = translator(locale.data);
  return ({ message, facts }) => (isMessageKey(message) ? say(message, facts) : message);
};

/** What a file names is shown as it is, but that it neither steers a terminal nor fills it. */
const shortened = (text: string): string => {
  const plain = text.slice(0, mostShown).replaceAll(/\p{Cc}/gu, '\u{FFFD}');
  return text.length > mostShown ? `${plain}…` : plain;
};

const mostShown = 300;

const shownIn = ({ facts, ...fault }: Fault): Fault => ({
  ...fault,
  ...(facts && {
    facts: Object.fromEntries(
      Object.entries(facts).map(([name, fact]) => [
        name,
        typeof fact === 'string' ? shortened(fact).slice(0, mostNamed) : fact,
      ]),
    ),
  }),
});

/** Several may stand in one sentence. */
const mostNamed = 100;

/** More than these would scroll the first ones away. */
const mostSaid = 100;

const said = (file: string, faults: readonly Fault[], say: Say): string[] => {
  const lines = faults.slice(0, mostSaid).map((fault) => {
    const { line, column, place } = fault;
    const where = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
    return `${where}: ${place === '' ? '' : `${shortened(place)}: `}${shortened(say(shownIn(fault)))}`;
  });
  if (faults.length > mostSaid) lines.push(`… and ${faults.length - mostSaid} more.`);
  return lines;
};
