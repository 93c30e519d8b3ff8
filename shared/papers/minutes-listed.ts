import type { ApplicationNumber } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { PaperBlock, PaperColumn, PaperSection } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** A table, or one sentence where it would be empty. */
export const listed = (
  heading: string,
  none: string,
  { intro, columns, rows }: { intro?: string; columns: PaperColumn[]; rows: string[][] },
): PaperSection => {
  if (rows.length === 0) return { heading, blocks: [{ kind: 'text', text: none }] };
  const table: PaperBlock = { kind: 'table', columns, rows };
  return { heading, blocks: intro === undefined ? [table] : [{ kind: 'text', text: intro }, table] };
};

export const dayOf = (at: Instant | undefined, zone: string, t: PaperTranslator): string =>
  at === undefined ? t('papers.none') : t.day(at, zone);

export type Numbered = { number: ApplicationNumber };

export const byNumber = (a: Numbered, b: Numbered): number => compare(a.number, b.number);

/** By code unit, so that the order is the same on every machine. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
