import type { Locale } from '#shared/i18n/index.ts';

/** Without one the edition that counts. */
const editionQuery = (edition: number | undefined): string =>
  edition === undefined ? '' : `?edition=${edition}`;

/** Addresses of what was published of results, among all others in `paths`. */
export const resultPaths = {
  bundle: (locale: Locale, roundId: string, stage: string, edition?: number) =>
    `/${locale}/calls/${roundId}/results/${stage}${editionQuery(edition)}`,
  resultReceipt: (locale: Locale, id: string, stage: string, edition?: number) =>
    `/${locale}/applications/${id}/result/${stage}/receipt${editionQuery(edition)}`,
};
