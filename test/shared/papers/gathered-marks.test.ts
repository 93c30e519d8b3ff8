import { describe, expect, it } from 'vitest';
import type { DocumentRef } from '#shared/domain/document.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { MarksImport } from '#shared/domain/marks.ts';
import { translator } from '#shared/i18n/index.ts';
import { gatheredMarks } from '#shared/papers/gathered-marks.ts';
import { Minutes } from '#shared/papers/minutes.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { aFileWithMarks } from '#test/builders/marks.ts';
import { someMinutes } from '#test/builders/minutes.ts';
import { at } from '#test/builders/worlds.ts';

const [first, second] = ['A', 'B'].map((letter) => PersonId.parse(letter.repeat(20)));
if (!first || !second) throw new Error('Two people are needed.');

const ref = (text: string): DocumentRef => ({
  owner: 'round#R',
  kind: 'reason',
  version: 1,
  digest: sha256Of(text),
});
const undone: MarksImport = {
  number: 1,
  sha256: sha256Of('marks'),
  file: sha256Of('file'),
  criteria: ['test'],
  count: 3,
  sum: 180,
  suspicions: 0,
  by: first,
  at: at('2022-10-05T04:00'),
  status: 'undone',
  confirmed: { by: second, at: at('2022-10-06T04:00') },
  endedAt: at('2022-10-07T04:00'),
  reason: ref('Undone by one.'),
};
const byTwo: MarksImport = {
  ...undone,
  reason: ref('Odd and right.'),
  undoings: [
    { by: first, at: undone.at, reason: ref('Too early.'), status: 'withdrawn' },
    { by: first, at: undone.at, reason: ref('Another round.'), status: 'done' },
  ],
};

const texts = ['Undone by one.', 'Another round.', 'Too early.', 'Odd and right.'];
const said = (asked: DocumentRef | undefined) => texts.find((text) => sha256Of(text) === asked?.digest);
const file = aFileWithMarks();
const gathered = (...undoneMarks: MarksImport[]) => gatheredMarks({ marks: [], undoneMarks, file, said });

describe('marks that were taken back', () => {
  it('stand in the minutes with the reason of who asked', () => {
    expect(gathered()).toEqual({});
    expect(gathered(byTwo)).toMatchObject({ undoneMarks: [{ people: 2, reason: 'Another round.' }] });
  });

  it('are named as undone by one person where that was so', () => {
    expect(gathered(undone)).toMatchObject({ undoneMarks: [{ people: 1, reason: 'Undone by one.' }] });
  });

  it('are facts of the paper', () => {
    const { facts } = minutesPaper(Minutes.parse({ ...someMinutes(), ...gathered(byTwo) }), translator('en'));
    const fact = facts.find(({ name }) => name.startsWith('Marks undone'));

    expect(fact?.value.replaceAll('\u00A0', ' ')).toBe(
      `SHA-256 ${undone.sha256}; confirmed on 6 October 2022, undone on 7 October 2022 by two people. Reason: Another round.`,
    );
  });
});
