import { exits, givenIn } from '#infra/sandbox/given.ts';
import { tableOf } from '#infra/sandbox/table.ts';
import { type Assignment, assign } from '#shared/assignment/assign.ts';
import { readInstance } from '#shared/assignment/instance.ts';
import type { Fault } from '#shared/errors.ts';
import { isMessageKey, translator } from '#shared/i18n/index.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

const usage = `npm run assign -- INSTANCE.json [--json] [--seed TEXT]

Gives each application its raters, as the product does. The form of the file: infra/sandbox/README.md.

  --json        the assignment as JSON instead of tables
  --seed TEXT   this seed instead of the file's
`;

/** The command line. @returns the exit code */
export const main = (args: string[], print: (text: string) => void): number => {
  const given = givenIn(args, usage);
  if (!given.ok) {
    print(given.error.text);
    return given.error.exit;
  }
  const json = jsonOf(given.value.bytes);
  const instance = json.ok ? readInstance(json.value) : json;
  if (!instance.ok) {
    print(instance.error.map(wordsOf).join('\n'));
    return exits.wrong;
  }
  const seed = given.value.seed ?? instance.value.seed;
  const assigned = assign({ ...instance.value, seed });
  if (given.value.json)
    print(JSON.stringify(assigned.ok ? assigned.value : { faults: assigned.error }, null, 2));
  else print(assigned.ok ? pageOf(assigned.value) : assigned.error.map(wordsOf).join('\n'));
  return assigned.ok ? exits.done : exits.none;
};

const jsonOf = (bytes: Uint8Array): Result<unknown, Fault[]> => {
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return refuse([{ place: '', message: 'assignment.shape', facts: { detail } }]);
  }
};

const say = translator('en');

const wordsOf = ({ place, message, facts }: Fault): string =>
  `${place.startsWith('/') ? `${place}: ` : ''}${isMessageKey(message) ? say(message, facts) : message}`;

const pageOf = ({ assignments, loads, fewestExperts, links, seed }: Assignment): string => {
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
    `Seed ${seed}: the same file gives the same assignment.`,
  ].join('\n');
};

if (import.meta.main) {
  process.exitCode = main(process.argv.slice(2), (text) => void process.stdout.write(`${text}\n`));
}
