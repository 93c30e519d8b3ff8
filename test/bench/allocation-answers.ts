import { createHash } from 'node:crypto';
import { type Caps, none, type Sides } from '#shared/allocation/market.ts';
import { applicantName, vacancyName } from './allocation-market.ts';
import type { Cap } from './textbook-caps.ts';

/** Who has which vacancy, by name; whoever has none is left out. */
export type Answer = ReadonlyMap<string, string>;

export const answerOf = ({ choiceVacancy }: Sides, held: Int32Array): Answer =>
  new Map(
    [...held].flatMap((choice, applicant) =>
      choice === none
        ? []
        : [[applicantName(applicant), vacancyName(choiceVacancy[choice] ?? none)] as const],
    ),
  );

/** The same for the same answer, in whatever order it stands. */
export const hashOf = (answer: Answer): string => {
  const lines = Array.from(answer, ([applicant, vacancy]) => `${applicant} ${vacancy}`);
  return createHash('sha256').update(lines.toSorted().join('\n')).digest('hex');
};

/** Says that ours and another's are the same. */
export const sameAs = (name: string, ours: string, theirs: string): void => {
  if (ours !== theirs)
    throw new Error(`Another answer has ${name}: sha256 ${theirs.slice(0, 16)}, not ${ours.slice(0, 16)}.`);
  process.stdout.write(`  the same answer as ${name}: sha256 ${ours.slice(0, 16)}\n`);
};

/** Caps by name, those inside others first. */
export const namedCaps = ({ members, max, reserve }: Caps): Cap[] =>
  members
    .map((inside, cap) => ({
      inside: Array.from(inside, vacancyName),
      max: max[cap] ?? 0,
      reserve: reserve[cap] ?? 0,
    }))
    .toSorted((a, b) => a.inside.length - b.inside.length);
