import { describe, expect, it } from 'vitest';
import type { DocumentRef } from '#shared/domain/document.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { MarksImport } from '#shared/domain/marks.ts';
import { type Locale, locales, translator } from '#shared/i18n/index.ts';
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
const names = new Map([[first, 'Әлия Сәрсенбай']]);
const gathered = (...undoneMarks: MarksImport[]) =>
  gatheredMarks({ marks: [], undoneMarks, file, said, names });

const counting: MarksImport = {
  ...undone,
  status: 'confirmed',
  suspicions: 2,
  rowOrder: [{ kind: 'ranked', correlation: 0.9, criterion: 'test' }],
  confirmed: { by: second, at: at('2022-10-06T04:00'), typed: 5 },
  reason: ref('Odd and right.'),
};
const counted = (one: MarksImport) => gatheredMarks({ marks: [one], undoneMarks: [], file, said, names });

const saidOf = (told: object, locale: Locale): string => {
  const minutes = Minutes.parse({ ...someMinutes(), ...told });
  const { facts } = minutesPaper(minutes, translator(locale));
  const found = facts.find(({ value }) => value.includes(undone.sha256));
  return found?.value.replaceAll('\u00A0', ' ') ?? '';
};

describe('marks that count', () => {
  it('stand in the minutes with who brought and who confirmed them, what was odd, and why they are right', () => {
    expect(counted(counting).marks?.[0]).toMatchObject({
      brought: { personId: first, name: 'Әлия Сәрсенбай', at: undone.at },
      confirmedBy: { personId: second, at: at('2022-10-06T04:00') },
      typed: 5,
      suspicions: 2,
      rowOrder: ['ranked'],
      reason: 'Odd and right.',
    });
    expect(saidOf(counted(counting), 'en')).toBe(
      [
        `SHA-256 ${undone.sha256}; rows 3, sum 180.`,
        'Brought: Әлия Сәрсенбай, 5 October 2022 at 10:00 (UTC+06:00).',
        'Confirmed by a second person: name not given, 6 October 2022 at 10:00 (UTC+06:00).',
        'For that 5 marks were typed from another copy, as in the file.',
        'Warnings of the program beforehand: 2.',
        'The marks follow the order of the file’s rows.',
        'Why they are right: Odd and right.',
      ].join(' '),
    );
  });

  it('say nothing of warnings and typed marks where there were none, nor a reason that was erased', () => {
    const { rowOrder: _rows, ...plain } = counting;
    const one = { ...plain, suspicions: 0, confirmed: undone.confirmed, reason: ref('Erased.') };
    const { marks } = counted(one);

    expect(Object.keys(marks?.[0] ?? {}).toSorted()).toEqual(
      ['brought', 'confirmedAt', 'confirmedBy', 'count', 'criteria', 'file', 'sha256', 'sum'].toSorted(),
    );
    for (const locale of locales) expect(saidOf({ marks }, locale)).not.toMatch(/undefined|[{}]/);
  });

  it('of minutes from before this was said read as they did', () => {
    const { sha256, file: bytes, count, sum } = counting;
    const kept = { sha256, file: bytes, criteria: [], count, sum, confirmedAt: at('2022-10-06T04:00') };

    expect(saidOf({ marks: [kept] }, 'en')).toBe(
      `SHA-256 ${sha256}; rows 3, sum 180; confirmed by a second person`,
    );
  });
});

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
