import type { Instant } from '#shared/domain/time.ts';
import { catalogues, type MessageKey } from '#shared/i18n/catalogues.ts';
import type { Locale } from '#shared/i18n/locale.ts';
import { type Facts, fill } from '#shared/i18n/message.ts';
import { withMinus } from '#shared/i18n/number.ts';

export { isMessageKey, type MessageKey } from '#shared/i18n/catalogues.ts';
export { Locale, localeNames, locales, negotiateLocale } from '#shared/i18n/locale.ts';

/** Where a round names no zone of its own. */
const homeZone = 'Asia/Almaty';

/** `t('call.closes', { at: t.moment(round.closesAt) })`: the text in one language, with dates and numbers its way. */
export type Translator = {
  (key: MessageKey, facts?: Facts): string;
  locale: Locale;
  /** Day, month in words, year. */
  day: (instant: Instant, zone?: string) => string;
  /**
   * Day and time with the offset from UTC, so that nobody mistakes a deadline. Midnight is 24:00 of the day that ends
   * (ISO 8601-1:2019/Amd 1:2022): who reads `29 November, 00:00` takes the 29th for the last day.
   */
  moment: (instant: Instant, zone?: string) => string;
  /** The same of what begins: midnight is 00:00 of the new day. */
  start: (instant: Instant, zone?: string) => string;
  /** A moment to the second, or to the millisecond, for where another one falls into the same minute or second. Midnight is 00:00. */
  exact: (instant: Instant, zone: string, to: 'second' | 'millisecond') => string;
  /** Hours and minutes alone, beside a moment that says the day and the offset. */
  clock: (instant: Instant, zone?: string) => string;
  number: (value: number) => string;
};

export const translator = (locale: Locale): Translator => {
  const say = (key: MessageKey, facts: Facts = {}): string => fill(catalogues[locale][key], facts, locale);
  return Object.assign(say, {
    locale,
    day: (instant: Instant, zone: string = homeZone) => formats(locale, zone).day.format(new Date(instant)),
    moment: (instant: Instant, zone: string = homeZone) =>
      `${endOfDay(locale, instant, zone) ?? timeOf(locale, instant, zone)} (${offsetAt(instant, zone)})`,
    start: (instant: Instant, zone: string = homeZone) =>
      `${timeOf(locale, instant, zone)} (${offsetAt(instant, zone)})`,
    exact: (instant: Instant, zone: string, to: 'second' | 'millisecond') => {
      const clock = formats(locale, zone).clock.format(new Date(instant));
      const whole = `${clock}:${instant.slice(17, 19)}${to === 'second' ? '' : fractionOf(locale, instant)}`;
      return `${timeOf(locale, instant, zone).replace(clock, whole)} (${offsetAt(instant, zone)})`;
    },
    clock: (instant: Instant, zone: string = homeZone) =>
      formats(locale, zone).clock.format(new Date(instant)),
    // Totals have four decimals: with fewer, two that differ look equal.
    number: (value: number) => withMinus(numbers(locale).format(value)),
  });
};

const timeOf = (locale: Locale, instant: Instant, zone: string): string =>
  formats(locale, zone).moment.format(new Date(instant));

const fractionOf = (locale: Locale, instant: Instant): string =>
  `${locale === 'en' ? '.' : ','}${instant.slice(20, 23)}`;

const minute = 60_000;

/** The day before with 24:00, if it is midnight to the millisecond; what only happened near it keeps its own day. */
const endOfDay = (locale: Locale, instant: Instant, zone: string): string | undefined => {
  const at = Date.parse(instant);
  if (at % minute !== 0 || formats('en', zone).clock.format(at) !== '00:00') return undefined;
  return formats(locale, zone)
    .moment.format(at - minute)
    .replace('23:59', '24:00');
};

/** `UTC+05:00`; Almaty's own changed from +06:00 on 1 March 2024, so it belongs to the moment. */
const offsetAt = (instant: Instant, zone: string): string => {
  const parts = formats('en', zone).offset.formatToParts(new Date(instant));
  return (parts.find((part) => part.type === 'timeZoneName')?.value ?? '').replace('GMT', 'UTC');
};

/** British English for day before month and a 24-hour clock, as in the other two languages. */
const tags: Record<Locale, string> = { kk: 'kk-KZ', ru: 'ru-KZ', en: 'en-GB' };

type Formats = Record<'day' | 'moment' | 'clock' | 'offset', Intl.DateTimeFormat>;

/** Made once, as a list of thousands has thousands of numbers. */
const madeNumbers = new Map<Locale, Intl.NumberFormat>();

const numbers = (locale: Locale): Intl.NumberFormat => {
  const known = madeNumbers.get(locale) ?? new Intl.NumberFormat(tags[locale], { maximumFractionDigits: 4 });
  madeNumbers.set(locale, known);
  return known;
};

/** Made once they are needed: each costs a millisecond, and a function should start fast. */
const made = new Map<string, Formats>();

const formats = (locale: Locale, timeZone: string): Formats => {
  const name = `${locale} ${timeZone}`;
  const known = made.get(name);
  if (known) return known;
  const fresh = {
    day: new Intl.DateTimeFormat(tags[locale], { dateStyle: 'long', timeZone }),
    moment: new Intl.DateTimeFormat(tags[locale], { dateStyle: 'long', timeStyle: 'short', timeZone }),
    clock: new Intl.DateTimeFormat(tags[locale], { timeStyle: 'short', timeZone }),
    offset: new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }),
  };
  made.set(name, fresh);
  return fresh;
};
