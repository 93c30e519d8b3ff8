import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateMachines } from '#shared/machines/index.ts';
import { diagramOf } from '#shared/machines/machine.ts';
import { chartOf } from '#workflows/chart.ts';
import { machines } from '#workflows/index.ts';
import { repository, writeWhole } from './files.ts';

/** Where the charts and the diagrams are kept, relative to the root. */
const page = 'workflows/README.md';
const statesPage = 'shared/machines/README.md';

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

/** The page with a diagram for each kind of record put between `<!-- diagrams -->` and `<!-- end -->`. */
export const withDiagrams = (text: string): string => {
  const begin = '<!-- diagrams -->';
  const [before, rest] = cut(text, begin);
  const [, after] = cut(rest, '<!-- end -->');
  const diagrams = Object.values(stateMachines).map(
    (machine) => `## ${machine.title}\n\n\`\`\`mermaid\n${diagramOf(machine)}\`\`\`\n`,
  );
  return `${before}${begin}\n\n${diagrams.join('\n')}\n<!-- end -->${after}`;
};

const cut = (text: string, mark: string): [string, string] => {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`There is no mark ${mark}.`);
  return [text.slice(0, at), text.slice(at + mark.length)];
};

const main = (): void => {
  for (const [name, drawn] of [
    [page, withCharts],
    [statesPage, withDiagrams],
  ] as const) {
    const file = join(repository, name);
    writeWhole(file, Buffer.from(drawn(readFileSync(file, 'utf8'))));
    process.stdout.write(`The charts of ${name} are up to date.\n`);
  }
};

if (import.meta.main) main();
