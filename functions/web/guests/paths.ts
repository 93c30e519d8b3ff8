import type { Locale } from '#shared/i18n/index.ts';

const guests = (locale: Locale, roundId: string): string => `/${locale}/committee/rounds/${roundId}/guests`;

export const guestPaths = {
  ownGuestRounds: (locale: Locale) => `/${locale}/guest`,
  guests,
  guestLetter: (locale: Locale, roundId: string, number: number) =>
    `${guests(locale, roundId)}/${number}/letter`,
  guestEnding: (locale: Locale, roundId: string, number: number) =>
    `${guests(locale, roundId)}/${number}/ending`,
} as const;
