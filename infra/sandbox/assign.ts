import { exits, explaining, runAsProcess, sandboxCommand } from '#infra/sandbox/given.ts';
import { tableOf } from '#infra/sandbox/table.ts';
import { type Assignment, assign } from '#shared/assignment/assign.ts';
import { readInstanceText } from '#shared/assignment/reading.ts';

const usage = `npm run assign -- INSTANCE.json [--json] [--seed TEXT] [--lang kk|ru|en]

Gives each application its raters, as the product does. The form of the file: infra/sandbox/README.md.

  --json        the assignment as JSON instead of tables
  --seed TEXT   this seed instead of the file's
  --lang CODE   the language in which faults are explained (default en)
`;

/** The command line. @returns the exit code */
export const main = sandboxCommand(usage, ['seed'], ({ json, lang, seed, text, need }, print) => {
  const instance = need(readInstanceText(text));
  const assigned = assign({ ...instance, seed: seed ?? instance.seed });
  if (json) print(JSON.stringify(assigned.ok ? assigned.value : { faults: assigned.error }, null, 2));
  else print(assigned.ok ? pageOf(assigned.value) : assigned.error.map(explaining(lang)).join('\n'));
  return assigned.ok ? exits.done : exits.none;
});

const pageOf = ({ assignments, loads, fewestExperts, links, cap, seed }: Assignment): string => {
  const share = links.ratings === 0 ? 0 : (100 * links.across) / links.ratings;
  return [
    tableOf(assignments, [
      { title: 'application', of: ({ application }) => application },
      { title: 'raters', of: ({ raters }) => raters.join(', ') },
    ]),
    '',
    tableOf(loads, [
      { title: 'rater', of: ({ rater }) => rater },
      { title: 'ratings', of: ({ ratings }) => ratings, right: true },
    ]),
    '',
    `${links.across} of ${links.ratings} ratings (${share.toFixed(1)} %) cross panels.`,
    ...(fewestExperts === undefined
      ? []
      : [`Every application has at least ${fewestExperts} who know its subject.`]),
    ...(cap === undefined
      ? []
      : [`Over all seeds no rater comes to an application with more than ${(100 * cap).toFixed(1)} %.`]),
    `Seed ${seed}: the same file gives the same assignment.`,
  ].join('\n');
};

if (import.meta.main) await runAsProcess(main);
