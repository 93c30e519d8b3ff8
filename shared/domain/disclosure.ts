import * as z from 'zod';
import { Instant } from '#shared/domain/time.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What is told of one kind: a name, a place of work, an address on each line. */
const Lines = z.array(z.string().min(1).max(200)).max(20);

/**
 * What a member of a committee tells of themselves, so that the program can find possible conflicts of interest. It is personal
 * data of the member: kept with the account, never shown to anybody else, and compared by code alone.
 */
export const Disclosure = z.object({
  /** The own one, earlier ones and those of close relatives, in either script. */
  familyNames: Lines.min(1),
  employers: Lines,
  pastEmployers: Lines,
  institutions: Lines,
  /** A line without a number is taken for a village or a town. */
  addresses: Lines,
});
export type Disclosure = z.infer<typeof Disclosure>;

export type DisclosureField = keyof Disclosure;
export const disclosureFields = [
  'familyNames',
  'employers',
  'pastEmployers',
  'institutions',
  'addresses',
] as const satisfies readonly DisclosureField[];

/** As it is kept, with the moment at which it was told. */
export const KeptDisclosure = Disclosure.extend({ toldAt: Instant });
export type KeptDisclosure = z.infer<typeof KeptDisclosure>;

/** What was typed, one thing on each line, as a disclosure; faults at the field where a line is too long or there are too many. */
export const readDisclosure = (
  typed: Readonly<Record<DisclosureField, string>>,
): Result<Disclosure, Refusal> => {
  const lines = Object.fromEntries(disclosureFields.map((name) => [name, linesOf(typed[name])]));
  const read = Disclosure.safeParse(lines);
  return read.success ? ok(read.data) : refuse({ kind: 'invalid', faults: faultsIn(lines) });
};

const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim().replaceAll(/\s+/g, ' '))
      .filter((line) => line !== ''),
  ),
];

const faultsIn = (lines: Record<string, readonly string[]>): Fault[] =>
  disclosureFields.flatMap((place): Fault[] => {
    const given = lines[place] ?? [];
    if (place === 'familyNames' && given.length === 0) return [{ place, message: 'conflicts.name-needed' }];
    const isFine = Disclosure.shape[place].safeParse(given).success;
    return isFine ? [] : [{ place, message: 'conflicts.too-much', facts: { lines: 20, letters: 200 } }];
  });
