import type { Instant } from '#shared/domain/time.ts';
import { catalogues, type MessageKey } from '#shared/i18n/catalogues.ts';
import type { Locale } from '#shared/i18n/locale.ts';
import { type Facts, fill } from '#shared/i18n/message.ts';

export { isMessageKey, type MessageKey } from '#shared/i18n/catalogues.ts';
export { Locale, localeNames, locales, negotiateLocale } from '#shared/i18n/locale.ts';
export type { Facts } from '#shared/i18n/message.ts';

/** Deadlines are shown in this zone, with its name and offset, wherever the reader is. */
export const timeZone = 'Asia/Almaty';

/** `t('call.closes', { at: t.moment(round.closesAt) })`: the text in one language, with dates and numbers its way. */
export type Translator = {
  (key: MessageKey, facts?: Facts): string;
  locale: Locale;
  /** Day, month in words, year. */
  day: (instant: Instant) => string;
  /** Day and time with the offset from UTC, so that nobody mistakes a deadline. */
  moment: (instant: Instant) => string;
  number: (value: number) => string;
};

export const translator = (locale: Locale): Translator => {
  const say = (key: MessageKey, facts: Facts = {}): string => fill(catalogues[locale][key], facts, locale);
  return Object.assign(say, {
    locale,
    day: (instant: Instant) => formatters[locale].day.format(new Date(instant)),
    moment: (instant: Instant) =>
      `${formatters[locale].moment.format(new Date(instant))} (${offsetAt(instant)})`,
    number: (value: number) => formatters[locale].number.format(value),
  });
};

/** `UTC+05:00`; Almaty's own changed from +06:00 on 1 March 2024, so it belongs to the moment. */
const offsetAt = (instant: Instant): string => {
  const zone = offset.formatToParts(new Date(instant)).find((part) => part.type === 'timeZoneName');
  return (zone?.value ?? '').replace('GMT', 'UTC');
};

const offset = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });

/** British English for day before month and a 24-hour clock, as in the other two languages. */
const tags: Record<Locale, string> = { kk: 'kk-KZ', ru: 'ru-KZ', en: 'en-GB' };

const formattersFor = (locale: Locale) => ({
  day: new Intl.DateTimeFormat(tags[locale], { dateStyle: 'long', timeZone }),
  moment: new Intl.DateTimeFormat(tags[locale], { dateStyle: 'long', timeStyle: 'short', timeZone }),
  number: new Intl.NumberFormat(tags[locale]),
});

const formatters = { kk: formattersFor('kk'), ru: formattersFor('ru'), en: formattersFor('en') };
