import * as z from 'zod';
import type { Instant } from '#shared/domain/time.ts';
import { dayAt } from '#shared/domain/zone.ts';

/** What a region reports on: `2022-H2` is July to December 2022 (Decree 390, DOMAIN 1.1). */
export const HalfYear = z
  .string()
  .regex(/^20\d{2}-H[12]$/)
  .brand<'HalfYear'>();
export type HalfYear = z.infer<typeof HalfYear>;

/** The half-year that a moment falls into, as the calendar of a zone has it. */
export const halfYearAt = (timeZone: string, instant: Instant): HalfYear => {
  const day = dayAt(timeZone, instant);
  return HalfYear.parse(`${day.slice(0, 4)}-H${day.slice(5, 7) < '07' ? 1 : 2}`);
};

/** Its year, and which half it is. */
export const partsOf = (half: HalfYear): { year: string; half: 'H1' | 'H2' } => ({
  year: half.slice(0, 4),
  half: half.endsWith('1') ? 'H1' : 'H2',
});

/** All half-years from one to another, the newest first. */
export const halfYearsBetween = (first: HalfYear, last: HalfYear): HalfYear[] => {
  const all: HalfYear[] = [];
  for (let half = last; half >= first; half = before(half)) all.push(half);
  return all;
};

const before = (given: HalfYear): HalfYear => {
  const { year, half } = partsOf(given);
  return HalfYear.parse(half === 'H2' ? `${year}-H1` : `${Number(year) - 1}-H2`);
};
