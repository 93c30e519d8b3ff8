import type { Minutes, MinutesMarks, MinutesUndoneMarks } from './minutes.ts';
import type { PaperFact } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** The marks of another organisation that count, by their hashes, and those that were taken back. */
export const marksFacts = (
  { marks = [], undoneMarks = [], zone }: Pick<Minutes, 'marks' | 'undoneMarks' | 'zone'>,
  t: PaperTranslator,
): PaperFact[] => [
  ...marks.map((one) => ({
    name: t('papers.minutes.marks', { criteria: criteriaOf(one, t) }),
    value: t('papers.minutes.marksValue', {
      sha256: one.sha256,
      count: t.number(one.count),
      sum: t.number(one.sum),
    }),
  })),
  ...undoneMarks.map((one) => ({
    name: t('papers.minutes.undoneMarks', { criteria: criteriaOf(one, t) }),
    value: undoneText(one, zone, t),
  })),
];

const criteriaOf = ({ criteria }: Pick<MinutesMarks, 'criteria'>, t: PaperTranslator): string =>
  criteria.map(({ title }) => title[t.locale]).join(', ');

const undoneText = (
  { sha256, confirmedAt, undoneAt, people, reason }: MinutesUndoneMarks,
  zone: string,
  t: PaperTranslator,
): string => {
  const value = t(people === 2 ? 'papers.minutes.undoneMarks.two' : 'papers.minutes.undoneMarks.one', {
    sha256,
    confirmedOn: t.day(confirmedAt, zone),
    undoneOn: t.day(undoneAt, zone),
  });
  return reason ? t('papers.minutes.undoneMarks.reason', { value, reason }) : value;
};
