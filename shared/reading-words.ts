import { readKinds } from '#shared/domain/reading.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';

/** What was read, in words; an older log may name what nobody reads any more. */
export const readWords = (t: Translator, what: string): string => {
  const known = readKinds.find((kind) => kind === what);
  return known ? t(`rights.what.${known}`) : t('rights.what.other');
};

type Read = { at: Instant; what: string };

/** What one reader read on one day. */
export type DayOfReading<One extends Read> = { first: One; last: One; reads: readonly One[] };

/**
 * Readings of one reader on one day together, in the order in which each day of a reader begins: whoever works on an application opens it dozens of times.
 * @param readerOf what tells readers, or what they read, apart
 */
export const readingDays = <One extends Read>(
  readings: readonly One[],
  readerOf: (one: One) => string,
  dayOf: (at: Instant) => string,
): DayOfReading<One>[] =>
  [...Map.groupBy(readings, (one) => `${dayOf(one.at)} ${readerOf(one)}`).values()].flatMap((reads) => {
    const inOrder = reads.toSorted((a, b) => (a.at < b.at ? -1 : 1));
    const [first, last] = [inOrder[0], inOrder.at(-1)];
    return first && last ? [{ first, last, reads: inOrder }] : [];
  });

/** When on that day: one moment, or from when to when. */
export const dayMoment = (t: Translator, { first, last }: DayOfReading<Read>, zone?: string): string => {
  const until = t.clock(last.at, zone);
  const from = t.start(first.at, zone);
  return until === t.clock(first.at, zone) ? from : t('rights.readers.from', { from, until });
};

/** Each thing that was read, with how often where that is more than once. */
export const dayWords = (t: Translator, { reads }: Pick<DayOfReading<Read>, 'reads'>): string =>
  [...Map.groupBy(reads, ({ what }) => readWords(t, what))]
    .map(([what, { length: count }]) => (count === 1 ? what : t('rights.readers.times', { what, count })))
    .join('; ');
