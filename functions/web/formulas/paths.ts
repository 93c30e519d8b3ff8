import type { Locale } from '#shared/i18n/index.ts';

const formulas = (locale: Locale, roundId: string): string =>
  `/${locale}/committee/rounds/${roundId}/formulas`;

export const formulaPaths = {
  formulas,
  formula: (locale: Locale, roundId: string, formula: string) => `${formulas(locale, roundId)}/${formula}`,
  removeFormula: (locale: Locale, roundId: string, formula: string) =>
    `${formulas(locale, roundId)}/${formula}/removal`,
} as const;
