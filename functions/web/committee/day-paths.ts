import type { Locale } from '#shared/i18n/index.ts';
import { paths } from '../paths.ts';

const days = (locale: Locale, roundId: string): string => `${paths.interviews(locale, roundId)}/days`;

/** Where days of interviews are called off. */
export const dayPaths = {
  all: days,
  one: (locale: Locale, roundId: string, day: string, holder: string) =>
    `${days(locale, roundId)}/${day}/${holder}`,
  restoration: (locale: Locale, roundId: string, day: string, holder: string) =>
    `${days(locale, roundId)}/${day}/${holder}/restoration`,
} as const;
