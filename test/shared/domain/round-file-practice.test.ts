import { expect, it } from 'vitest';
import { readRoundFile } from '#shared/domain/round-file-reading.ts';
import { aPracticeFile, practiceRule } from '#test/builders/practice.ts';
import { faultsOf } from '#test/builders/round-file.ts';

const faultsWith = (practice: object): string[] =>
  faultsOf(JSON.stringify({ ...aPracticeFile(), practice: { ...practiceRule, ...practice } }));

const [first, ...others] = practiceRule.texts;

it('the practice that ships fits the round file that ships', () => {
  expect(readRoundFile(JSON.stringify(aPracticeFile()), 'KZ-19')).toMatchObject({ ok: true });
});

it('practice has a text of its own for every place of every try', () => {
  expect(faultsWith({ tries: 3 })).toEqual(['/practice/texts practice-texts {"needed":6}']);
});

it('a reference has a step of the scale for each criterion that raters give points for, and no other', () => {
  const points = { ...first?.points, degree: 4, height: 180 };

  expect(faultsWith({ texts: [{ ...first, points }, ...others] })).toEqual([
    '/practice/texts/0/points practice-points {"code":"degree"}',
    '/practice/texts/0/points/height unknown-criterion {"code":"height"}',
  ]);
});

it('a text has a code of its own', () => {
  expect(faultsWith({ texts: [first, first, ...others] })).toEqual([
    `/practice/texts/1/code same-code {"code":"${first?.code}"}`,
  ]);
});
