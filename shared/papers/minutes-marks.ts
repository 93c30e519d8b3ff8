import * as z from 'zod';
import { Sha256 } from '#shared/domain/ids.ts';
import { Texts } from '#shared/domain/texts.ts';
import { Instant } from '#shared/domain/time.ts';
import { Doer, doerSaid, Reason } from './doer.ts';
import type { PaperFact } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** Marks from another organisation that count. Who brought and confirmed them, and what follows, is absent in minutes before it was said. */
export const MinutesMarks = z.strictObject({
  /** Of the marks, and of the file as it came. */
  sha256: Sha256,
  file: Sha256,
  criteria: z.array(z.strictObject({ code: z.string().min(1), title: Texts })),
  count: z.int().min(0),
  sum: z.number(),
  confirmedAt: Instant,
  brought: Doer.optional(),
  confirmedBy: Doer.optional(),
  /** Marks that the second person typed from another copy. */
  typed: z.int().min(1).optional(),
  /** How often the program warned beforehand, and what of the order of the file's rows. */
  suspicions: z.int().min(1).optional(),
  rowOrder: z
    .array(z.enum(['ranked', 'moved-beside']))
    .min(1)
    .optional(),
  /** Why it was confirmed in spite of the warnings; absent once it was erased. */
  reason: Reason.optional(),
});
export type MinutesMarks = z.infer<typeof MinutesMarks>;

/** Marks that counted for a time. */
export const MinutesUndoneMarks = MinutesMarks.pick({
  sha256: true,
  criteria: true,
  confirmedAt: true,
}).extend({
  undoneAt: Instant,
  /** How many people it took: one, before a second one was asked for. */
  people: z.literal([1, 2]),
  /** Absent once it was erased. */
  reason: Reason.optional(),
});
export type MinutesUndoneMarks = z.infer<typeof MinutesUndoneMarks>;

type Told = {
  marks?: readonly MinutesMarks[] | undefined;
  undoneMarks?: readonly MinutesUndoneMarks[] | undefined;
  zone: string;
};

/** The marks of another organisation that count, by their hashes, and those that were taken back. */
export const marksFacts = ({ marks = [], undoneMarks = [], zone }: Told, t: PaperTranslator): PaperFact[] => [
  ...marks.map((one) => ({
    name: t('papers.minutes.marks', { criteria: criteriaOf(one, t) }),
    value: marksText(one, zone, t),
  })),
  ...undoneMarks.map((one) => ({
    name: t('papers.minutes.undoneMarks', { criteria: criteriaOf(one, t) }),
    value: undoneText(one, zone, t),
  })),
];

const marksText = (marks: MinutesMarks, zone: string, t: PaperTranslator): string => {
  const { sha256, count, sum, brought, confirmedBy, typed, suspicions, rowOrder = [], reason } = marks;
  const facts = { sha256, count: t.number(count), sum: t.number(sum) };
  if (!brought || !confirmedBy) return t('papers.minutes.marksValue', facts);
  return [
    t('papers.minutes.marks.totals', facts),
    t('papers.minutes.marks.brought', doerSaid(brought, zone, t)),
    t('papers.minutes.marks.confirmed', doerSaid(confirmedBy, zone, t)),
    ...(typed ? [t('papers.minutes.marks.typed', { count: typed })] : []),
    ...(suspicions ? [t('papers.minutes.marks.suspicions', { count: suspicions })] : []),
    ...rowOrder.map((kind) => t(`papers.minutes.marks.${kind}`)),
    ...(reason ? [t('papers.minutes.marks.reason', { reason })] : []),
  ].join(' ');
};

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
