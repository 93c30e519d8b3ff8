import * as z from 'zod';
import {
  exits,
  explaining,
  type Given,
  type Output,
  runAsProcess,
  sandboxCommand,
} from '#infra/sandbox/given.ts';
import { tableOf } from '#infra/sandbox/table.ts';
import { type Assignment, assign, assignPart } from '#shared/assignment/assign.ts';
import { readInstanceText } from '#shared/assignment/reading.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { readJsonDocument } from '#shared/domain/json-document.ts';
import { readJson } from '#shared/domain/json-text.ts';
import { RaterDrawing } from '#shared/domain/rater-drawing.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

const usage = `npm run assign -- INSTANCE.json [--json] [--seed TEXT] [--lang kk|ru|en]

Gives each application its raters, as the product does. The form of the file: infra/sandbox/README.md. The file of a round that says how its
raters were drawn is solved again and compared with what was recorded.

  --json        the assignment as JSON instead of tables
  --seed TEXT   this seed instead of the file's
  --lang CODE   the language in which faults are explained (default en)
`;

/** The command line. @returns the exit code */
export const main = sandboxCommand(usage, ['seed'], ({ json, lang, seed, text, need }, print) => {
  const drawing = readDrawing(text);
  if (drawing) return checked(need(drawing), { json, lang }, print);
  const instance = need(readInstanceText(text));
  const assigned = assign({ ...instance, seed: seed ?? instance.seed });
  if (json) print(JSON.stringify(assigned.ok ? assigned.value : { faults: assigned.error }, null, 2));
  else print(assigned.ok ? pageOf(assigned.value) : assigned.error.map(explaining(lang)).join('\n'));
  return assigned.ok ? exits.done : exits.none;
});

/** The drawing of a round; undefined for a file that is none. */
const readDrawing = (text: string): Result<RaterDrawing, Fault[]> | undefined => {
  const json = readJson(text);
  if (!json.ok || !z.looseObject({ instance: z.looseObject({}) }).safeParse(json.value.value).success) {
    return undefined;
  }
  const read = readJsonDocument(text, RaterDrawing);
  return read.ok ? ok(read.value.value) : read;
};

/** Solves a drawing again. @returns 0 where the same came of it as was recorded */
const checked = (
  { instance, assignments }: RaterDrawing,
  { json, lang }: Pick<Given, 'json' | 'lang'>,
  print: Output['print'],
): number => {
  const whole = assign(instance);
  const faults = whole.ok ? [] : whole.error;
  const part = whole.ok ? whole : assignPart(instance);
  const isSame = part.ok && canonicalJson(part.value.assignments) === canonicalJson(assignments);
  if (json) print(JSON.stringify({ recorded: isSame, ...(part.ok && part.value), faults }, null, 2));
  else {
    if (part.ok) print(pageOf(part.value));
    if (faults.length > 0) print(faults.map(explaining(lang)).join('\n'));
    print(`${isSame ? 'The same' : 'NOT the same'} assignment was recorded.`);
  }
  return isSame ? exits.done : exits.none;
};

const pageOf = ({ assignments, loads, fewestExperts, links, cap, above = [], seed }: Assignment): string => {
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
      : [`Over all seeds no rater comes to an application with more than ${percent(cap)}${but(above)}.`]),
    `Seed ${seed}: the same file gives the same assignment.`,
  ].join('\n');
};

const percent = (chance: number): string => `${(100 * chance).toFixed(1)} %`;

/** Where the cap yielded. */
const but = (above: NonNullable<Assignment['above']>): string =>
  above.length === 0
    ? ''
    : `, but to ${above.map(({ application, chance }) => `${application} (${percent(chance)})`).join(', ')}`;

if (import.meta.main) await runAsProcess(main);
