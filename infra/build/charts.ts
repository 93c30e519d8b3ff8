import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartOf } from '#workflows/chart.ts';
import { machines } from '#workflows/index.ts';
import { repository, writeWhole } from './files.ts';

/** Where the charts are kept, relative to the root. */
const page = 'workflows/README.md';

/** The page with every machine's chart put between its marks, `<!-- chart NAME -->` and `<!-- end -->`. */
export const withCharts = (text: string): string => {
  let result = text;
  for (const [name, machine] of Object.entries(machines)) {
    const begin = `<!-- chart ${name} -->`;
    const [before, rest] = cut(result, begin);
    const [, after] = cut(rest, '<!-- end -->');
    result = `${before}${begin}\n\n\`\`\`mermaid\n${chartOf(machine)}\`\`\`\n\n<!-- end -->${after}`;
  }
  return result;
};

const cut = (text: string, mark: string): [string, string] => {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`${page} has no mark ${mark}.`);
  return [text.slice(0, at), text.slice(at + mark.length)];
};

const main = (): void => {
  const file = join(repository, page);
  writeWhole(file, Buffer.from(withCharts(readFileSync(file, 'utf8'))));
  process.stdout.write(`The charts of ${page} are up to date.\n`);
};

if (import.meta.main) main();
