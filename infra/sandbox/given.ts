import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ok, type Result, refuse } from '#shared/result.ts';

/** How a sandbox's command ends: 0 done, 1 there is no result, 2 the file or the command line is wrong. */
export const exits = { done: 0, none: 1, wrong: 2 } as const;

export type Given = { bytes: Uint8Array; json: boolean; seed: string | undefined };

/**
 * The one file that a sandbox's command is given, and how to answer.
 * @returns what it is, or the text and exit code to end with
 */
export const givenIn = (args: string[], usage: string): Result<Given, { text: string; exit: number }> => {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, seed: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return refuse({ text: usage, exit: exits.done });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) return refuse({ text: usage, exit: exits.wrong });
    return ok({ bytes: readFileSync(file), json: values.json ?? false, seed: values.seed });
  } catch (error) {
    return refuse({ text: error instanceof Error ? error.message : String(error), exit: exits.wrong });
  }
};
