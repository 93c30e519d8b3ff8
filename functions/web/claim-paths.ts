import type { Locale } from '#shared/i18n/index.ts';
import { paths } from './paths.ts';

/** What is done with a claim once it is made. */
export const claimPaths = {
  withdrawal: (locale: Locale, applicationId: string) => `${paths.claim(locale, applicationId)}/withdrawal`,
  reopening: (locale: Locale, roundId: string, claim: string, answer?: 'confirmation' | 'refusal') =>
    [paths.committeeClaim(locale, roundId, claim), 'reopening', ...(answer ? [answer] : [])].join('/'),
} as const;
