import type { Locale } from '#shared/i18n/index.ts';

const corrections = (locale: Locale, roundId: string): string =>
  `/${locale}/manage/rounds/${roundId}/corrections`;

const committee = (locale: Locale, roundId: string): string => `/${locale}/committee/rounds/${roundId}`;

/** Addresses of the pages about a round as it was and would be, among all others in `paths`. */
export const correctionPaths = {
  replay: (locale: Locale, roundId: string, until?: string) =>
    `${committee(locale, roundId)}/replay${until === undefined ? '' : `?until=${encodeURIComponent(until)}`}`,
  /** A page as it stood, by its address behind the round; `at` leads to the moment that its query names. */
  past: (locale: Locale, roundId: string, until: string, tail: string) =>
    `${committee(locale, roundId)}/replay/${until}${tail}`,
  counterfactual: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/counterfactual`,
  corrections,
  /** What corrected results owe to whom, while offers are made. */
  editionDebts: (locale: Locale, roundId: string) => `/${locale}/manage/rounds/${roundId}/edition-debts`,
  scoreReport: (locale: Locale, roundId: string, number: number) =>
    `${corrections(locale, roundId)}/reports/${number}`,
  /** The form of a correction with what is known of it, which nobody has tried yet. */
  startCorrection: (locale: Locale, roundId: string, known: Readonly<Record<string, string>>) =>
    `${committee(locale, roundId)}/counterfactual?${new URLSearchParams({ ...known, start: 'yes' })}`,
  correction: (
    locale: Locale,
    roundId: string,
    number: number,
    answer?: 'application' | 'refusal' | 'withdrawal',
  ) => `${corrections(locale, roundId)}/${number}${answer ? `/${answer}` : ''}`,
};
