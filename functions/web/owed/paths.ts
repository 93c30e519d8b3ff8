import type { Locale } from '#shared/i18n/index.ts';

const all = (locale: Locale, roundId: string): string =>
  `/${locale}/committee/rounds/${roundId}/owed-interviews`;

const one = (locale: Locale, roundId: string, id: string): string => `${all(locale, roundId)}/${id}`;

/** Where interviews that somebody was owed are granted, planned and held. */
export const owedPaths = {
  all,
  one,
  answer: (
    locale: Locale,
    roundId: string,
    id: string,
    answer: 'grant' | 'refusal' | 'time' | 'cancellation',
  ) => `${one(locale, roundId, id)}/${answer}`,
  held: (locale: Locale, roundId: string, id: string) => `${one(locale, roundId, id)}/interview`,
  note: (locale: Locale, roundId: string, id: string) => `${one(locale, roundId, id)}/interview/note`,
  attendance: (locale: Locale, roundId: string, id: string) =>
    `${one(locale, roundId, id)}/interview/attendance`,
};
