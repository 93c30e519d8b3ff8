import type { Locale } from '#shared/i18n/index.ts';

const redactions = (locale: Locale, roundId: string): string =>
  `/${locale}/committee/rounds/${roundId}/redaction`;

export const redactionPaths = {
  redactions,
  redaction: (locale: Locale, roundId: string, id: string) => `${redactions(locale, roundId)}/${id}`,
  redactionPress: (locale: Locale, roundId: string, id: string, press: string) =>
    `${redactions(locale, roundId)}/${id}/${press}`,
  redactedFile: (locale: Locale, roundId: string, id: string, document: string) =>
    `${redactions(locale, roundId)}/${id}/files/${document}`,
} as const;
