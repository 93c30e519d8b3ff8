import * as z from 'zod';

/**
 * A moment in UTC with exactly three decimals, the one spelling in which text order is time order
 * ('…00Z' < '…00.000Z' is false as text).
 */
export const Instant = z.iso.datetime({ precision: 3 }).brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

export const instantOf = (date: Date): Instant => Instant.parse(date.toISOString());

/** @param seconds may be negative */
export const addSeconds = (instant: Instant, seconds: number): Instant =>
  instantOf(new Date(new Date(instant).getTime() + seconds * 1000));

/** Any ISO 8601 date-time with an offset, as a moment in UTC; undefined when it is none of the years 0000 to 9999. */
export const readInstant = (text: string): Instant | undefined => {
  const parsed = z.iso.datetime({ offset: true }).safeParse(text);
  // Five minutes to midnight in New York on the last day of 9999 is in UTC a year that no Instant can spell.
  return parsed.success ? Instant.safeParse(new Date(parsed.data).toISOString()).data : undefined;
};
