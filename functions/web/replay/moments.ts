import type { Instant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';

/** Up to and with the minutes, and the seconds, of a moment. */
const [toMinute, toSecond] = [16, 19];

/**
 * How moments are written that stand beside each other: as everywhere by day and minute, but to the second where two of them fall into the same
 * minute, and to the millisecond where two fall into the same second.
 */
export const writtenBeside = (
  t: Translator,
  zone: string,
  moments: readonly Instant[],
): ((moment: Instant) => string) => {
  const apart = [...new Set(moments)];
  const meetIn = (length: number): boolean =>
    new Set(apart.map((moment) => moment.slice(0, length))).size < apart.length;
  if (!meetIn(toMinute)) return (moment) => t.moment(moment, zone);
  const to = meetIn(toSecond) ? 'millisecond' : 'second';
  return (moment) => t.exact(moment, zone, to);
};
