import type { Locale } from '#shared/i18n/index.ts';

const anchors = (locale: Locale): string => `/${locale}/anchors`;

/** Where is told what the nightly checks found, and where their anchors are to be had. */
export const checkPaths = {
  all: (locale: Locale) => `/${locale}/checks`,
  anchors,
  anchor: (locale: Locale, number: number) => `${anchors(locale)}/${number}`,
} as const;
