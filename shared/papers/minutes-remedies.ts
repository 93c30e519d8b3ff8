import * as z from 'zod';
import { ApplicationNumber, VacancyCode } from '#shared/domain/ids.ts';
import { grantedRemedies, type Remedy, RemedyKind } from '#shared/domain/remedy.ts';
import { Instant } from '#shared/domain/time.ts';
import type { PaperTranslator } from './words.ts';

/** What two people gave to somebody who was wronged. */
export const GivenRemedy = z.strictObject({
  kind: RemedyKind,
  number: ApplicationNumber,
  vacancies: z.array(VacancyCode),
  at: Instant,
});
export type GivenRemedy = z.infer<typeof GivenRemedy>;

/** Remedies that counted, in the order in which they were granted. */
export const gatheredRemedies = ({
  round,
}: {
  round: { remedies?: Remedy[] | undefined };
}): { remedies?: GivenRemedy[] } => {
  const remedies = grantedRemedies(round).flatMap(({ kind, application: number, vacancies, ended }) =>
    ended ? [{ kind, number, vacancies, at: ended.at }] : [],
  );
  return remedies.length === 0 ? {} : { remedies };
};

export const remediesSaid = (
  { remedies = [], zone }: { remedies?: GivenRemedy[] | undefined; zone: string },
  t: PaperTranslator,
): string[] =>
  remedies.map(({ kind, number, vacancies, at }) =>
    t(`papers.offers.remedy-${kind}`, { day: t.day(at, zone), number, vacancies: vacancies.join(', ') }),
  );
