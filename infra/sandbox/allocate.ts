import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { allocationPage, proofPage } from '#infra/sandbox/allocation-tables.ts';
import { exits } from '#infra/sandbox/given.ts';
import { allocateText, verifyText } from '#shared/allocation/reading.ts';
import type { Fault } from '#shared/errors.ts';
import { isMessageKey, Locale, translator } from '#shared/i18n/index.ts';

const usage = `npm run allocate -- INSTANCE.json [OPTIONS]

Allocates applicants to vacancies by the code that the rounds use, and proves the result. See infra/sandbox/README.md.

  --json               print {"matches", "cutoffs", "blockingPairs"} instead of tables
  --check RESULT.json  check the "matches" of this file instead of allocating
  --lang kk|ru|en      the language in which faults are explained (default en)

Exit codes: 0 allocated and stable; 1 what was checked is not; 2 the input is faulty, with each fault and its place.
`;

/** The input cannot be used; each line says what and where. */
class Unusable extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines[0]);
    this.lines = lines;
  }
}

type Output = { print: (line: string) => void; complain: (line: string) => void };

/** The command line. @returns the exit code */
export const main = (args: string[], { print, complain }: Output): number => {
  try {
    const asked = readArguments(args);
    if (!asked.values.help) return answer(asked, print);
    print(usage);
    return exits.done;
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    for (const line of error.lines) complain(line);
    return exits.wrong;
  }
};

const answer = ({ values, positionals }: Asked, print: Output['print']): number => {
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw new Unusable(['Name one file with an instance.', '', usage]);
  const say = explaining(values.lang);
  const read = allocateText(readText(file));
  if (!read.ok) throw new Unusable(said(file, read.error, say));
  const { instance, allocation } = read.value;
  if (values.check === undefined) {
    print(values.json ? asJson(allocation) : allocationPage(instance, allocation));
    return exits.done;
  }
  const checked = verifyText(instance, readText(values.check));
  if (!checked.ok) throw new Unusable(said(values.check, checked.error, say));
  const { sound, page } = proofPage(checked.value);
  print(values.json ? asJson(checked.value) : page);
  return sound ? exits.done : exits.none;
};

const asJson = (value: unknown): string => JSON.stringify(value, null, 2);

const options = {
  json: { type: 'boolean', default: false },
  check: { type: 'string' },
  lang: { type: 'string', default: 'en' },
  help: { type: 'boolean', default: false },
} as const;

type Asked = ReturnType<typeof readArguments>;

const readArguments = (args: string[]) => {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Unusable([error instanceof Error ? error.message : 'Wrong options.', '', usage]);
  }
};

/** `-` is the standard input. */
const readText = (file: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      readFileSync(file === '-' ? 0 : file),
    );
  } catch (error) {
    const reason = error instanceof TypeError ? 'it is not UTF-8 text' : reasonOf(error);
    throw new Unusable([`${file} cannot be read: ${reason}.`]);
  }
};

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (code === '' ? 'an unknown reason' : code);
};

const reasons: Partial<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it must not be read by you',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8 text',
};

const explaining = (lang: string): ((fault: Fault) => string) => {
  const locale = Locale.safeParse(lang);
  if (!locale.success) throw new Unusable([`There is no language "${lang}": kk, ru or en.`]);
  const say = translator(locale.data);
  return ({ message, facts }) => (isMessageKey(message) ? say(message, facts) : message);
};

/** More than these would scroll the first ones away. */
const mostSaid = 100;

const said = (file: string, faults: readonly Fault[], say: (fault: Fault) => string): string[] => {
  const lines = faults.slice(0, mostSaid).map((fault) => {
    const { line, column, place } = fault;
    const where = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
    return `${where}: ${place === '' ? '' : `${place}: `}${say(fault)}`;
  });
  if (faults.length > mostSaid) lines.push(`… and ${faults.length - mostSaid} more.`);
  return lines;
};

if (import.meta.main) {
  // Whoever reads only the first lines (head) closes the pipe; that is no failure.
  process.stdout.on('error', () => process.exit(0));
  process.exitCode = main(process.argv.slice(2), {
    print: (line) => void process.stdout.write(`${line}\n`),
    complain: (line) => void process.stderr.write(`${line}\n`),
  });
}
