import type { Locale } from '#shared/i18n/index.ts';

const ballots = (locale: Locale, roundId: string): string => `/${locale}/committee/rounds/${roundId}/ballots`;

export const pollPaths = {
  ballots,
  ballot: (locale: Locale, roundId: string, poll: string) => `${ballots(locale, roundId)}/${poll}`,
  ballotPress: (locale: Locale, roundId: string, poll: string, press: 'closing' | 'annulling') =>
    `${ballots(locale, roundId)}/${poll}/${press}`,
  ballotFile: (locale: Locale, roundId: string, poll: string, file: string) =>
    `${ballots(locale, roundId)}/${poll}/files/${file}`,
  /** The gate, with the form of a departure that names what a poll came to. */
  citeBallot: (locale: Locale, roundId: string, poll: string) =>
    `/${locale}/committee/rounds/${roundId}?cite=${poll}#departure`,
} as const;
