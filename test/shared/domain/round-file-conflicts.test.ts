import { expect, it } from 'vitest';
import type { ConflictRule } from '#shared/domain/conflict-rule.ts';
import { conflictRules } from '#shared/domain/round-file-conflicts.ts';
import { aRoundFile } from '#test/builders/round-file.ts';

const { source, confidence, verifiedOn } = aRoundFile().blind;
const provenance = { source, confidence, verifiedOn };
const comparing = (...named: ConflictRule['grounds'][number]['ground'][]): ConflictRule => ({
  grounds: named.map((ground) => Object.assign({ ground, effect: 'bars' as const }, provenance)),
  commonFrom: 5,
  ...provenance,
});

it('a ground that is named again is a fault at its place', () => {
  const conflicts = comparing('family-name', 'employer', 'family-name');

  expect(conflictRules({ ...aRoundFile(), conflicts })).toEqual([
    {
      path: ['conflicts', 'grounds', 2, 'ground'],
      message: 'round-file.same-code',
      facts: { code: 'family-name' },
    },
  ]);
});

it('a ground that no question asks for would never be found, and is a fault', () => {
  const questions = aRoundFile().questions.filter(({ code }) => code !== 'address');
  const conflicts = comparing('address', 'school');

  expect(conflictRules({ questions, conflicts })).toMatchObject([
    { path: ['conflicts', 'grounds', 0, 'ground'], facts: { code: 'address' } },
  ]);
});

it('former places of work are compared where either present or earlier ones are asked for', () => {
  const conflicts = comparing('past-employer');
  const without = (...left: string[]) => ({
    questions: aRoundFile().questions.filter(({ code }) => !left.includes(code)),
    conflicts,
  });

  expect(conflictRules(without('employer'))).toEqual([]);
  expect(conflictRules(without('pastEmployers'))).toEqual([]);
  expect(conflictRules(without('employer', 'pastEmployers'))).toMatchObject([
    { message: 'round-file.ground-unasked', facts: { code: 'pastEmployers' } },
  ]);
});

it('nothing is wrong with a file that compares nothing', () => {
  expect(conflictRules(aRoundFile())).toEqual([]);
});

it('a referee is found only where the round asks for references', () => {
  const { references: _none, ...file } = aRoundFile();
  const references = { count: 1, confidential: true, remindAfterWorkingDays: 3, ...provenance };
  const conflicts = comparing('family-name', 'referee');

  expect(conflictRules({ ...file, conflicts, references })).toEqual([]);
  expect(conflictRules({ ...file, conflicts })).toEqual([
    { path: ['conflicts', 'grounds', 1, 'ground'], message: 'round-file.ground-unnamed' },
  ]);
});
