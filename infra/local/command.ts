import { type ParseArgsConfig, parseArgs } from 'node:util';
import * as z from 'zod';
import { isDiskFull } from '#infra/local/files.ts';
import { type HomeFile, readHomeFile } from '#infra/local/home-file.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

/** What the commands beside a home have in common: `npm run backup`, `restore`, `invite`, `audit`. */

type Options = NonNullable<ParseArgsConfig['options']>;
export type Print = (line: string) => void;
/** The command line without `node` and the script. @returns the exit code */
export type Main = (args: string[], print: Print) => Promise<number>;

type Values<O extends Options> = ReturnType<typeof parseArgs<{ args: string[]; options: O }>>['values'];

/**
 * A command that reads its options, says what it found, and ends with an exit code of `exitCodes`. `--help` prints the usage.
 * @param work returns the exit code; a HomeFault is printed and ends with its own
 */
export const command =
  <const O extends Options>(
    { usage, options }: { usage: string; options: O },
    work: (values: Values<O>, print: Print) => Promise<number>,
  ): Main =>
  async (args, print) => {
    if (args.includes('--help')) {
      print(usage);
      return 0;
    }
    try {
      return await work(readOptions(usage, args, options), print);
    } catch (error) {
      const fault = faultOf(error);
      if (!fault) throw error;
      print(fault.message);
      return fault.exitCode;
    }
  };

const readOptions = <O extends Options>(usage: string, args: string[], options: O): Values<O> => {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw wrongUsage(error instanceof Error ? error.message : 'Wrong options.', usage);
  }
};

export const wrongUsage = (sentence: string, usage: string): HomeFault =>
  new HomeFault(`${sentence}\n\n${usage}`, exitCodes.usage);

const noAnswer = 'The home does not answer. Start it with npm start, then ask again.';

/** What a person can mend; undefined for a fault of the program. */
const faultOf = (error: unknown): HomeFault | undefined => {
  if (error instanceof HomeFault) return error;
  if (isDiskFull(error))
    return new HomeFault('The disk is full. Make room, then run it again.', exitCodes.disk);
  const isRefused = error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
  return isRefused ? new HomeFault(noAnswer, exitCodes.data) : undefined;
};

/** Runs a command as this process. What it writes is its owner's only. */
export const runAsProcess = async (main: Main): Promise<void> => {
  process.umask(0o077);
  process.exitCode = await main(process.argv.slice(2), (line) => void process.stdout.write(`${line}\n`));
};

/** The sentence in a problem document, or in Lambda's error. */
export const reasonIn = (answer: unknown): string => {
  const { detail, errorMessage, title } = Refusal.safeParse(answer).data ?? {};
  return detail ?? errorMessage ?? title ?? 'no reason was given.';
};

const Refusal = z.object({
  detail: z.string().optional(),
  title: z.string().optional(),
  errorMessage: z.string().optional(),
});

/** How the operator's port's refusals end a command; with any other the home is not able to, now. */
const exitCodeOf: Readonly<Record<number, number>> = {
  400: exitCodes.usage,
  403: exitCodes.data,
  409: exitCodes.data,
  422: exitCodes.usage,
  507: exitCodes.disk,
};

/** A question to the operator's port of the home that runs on a data folder. */
type Question<T> = {
  path: string;
  body: object;
  Answer: z.ZodType<T> /** Begins the sentence of a refusal. */;
  otherwise: string;
};

/** @throws HomeFault when no home runs there, it does not answer, or it refuses */
export const askOperator = <T>(dataFolder: string, question: Question<T>): Promise<T> =>
  askHome(readHomeFile(dataFolder), question);

/** The same of a home that is known to run. */
export const askHome = async <T>(
  { operator, operatorSecret }: HomeFile,
  { path, body, Answer, otherwise }: Question<T>,
): Promise<T> => {
  const response = await fetch(new URL(path, operator), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${operatorSecret}` },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new HomeFault(noAnswer, exitCodes.data);
  });
  const answer: unknown = await response.json();
  if (response.ok) return Answer.parse(answer);
  throw new HomeFault(`${otherwise}: ${reasonIn(answer)}`, exitCodeOf[response.status] ?? exitCodes.busy);
};
