import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Saying = { print: (line: string) => void; complain: (line: string) => void };

/** A command of the sandbox, run with these arguments: its exit code, and all that it said. */
export const ran = (main: (args: string[], saying: Saying) => number, args: string[]) => {
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const exit = main(args, { print: say, complain: say });
  return { exit, text: said.join('\n') };
};

/** A file of that name with this text, in a folder of its own. */
export const aSandboxFile = (name: string, text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'irikteu-sandbox-')), name);
  writeFileSync(file, text);
  return file;
};
