import * as z from 'zod';
import type { Candidacy } from '#shared/domain/candidacy.ts';
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

/** What an earlier intake gave by a remedy. */
export const PromisedPlace = z.strictObject({
  intake: z.string(),
  number: ApplicationNumber,
  vacancies: z.array(VacancyCode),
});
export type PromisedPlace = z.infer<typeof PromisedPlace>;

type Told = { remedies?: GivenRemedy[]; promised?: PromisedPlace[] };

/** Remedies that counted, in the order in which they were granted, and whom those of earlier intakes put first. */
export const gatheredRemedies = ({
  round,
  candidacies,
}: {
  round: { remedies?: Remedy[] | undefined };
  candidacies: readonly Pick<Candidacy, 'number' | 'promisedFirst'>[];
}): Told => {
  const remedies = grantedRemedies(round).flatMap(({ kind, application: number, vacancies, ended }) =>
    ended ? [{ kind, number, vacancies, at: ended.at }] : [],
  );
  const promised = candidacies
    .flatMap(({ number, promisedFirst: first }) =>
      first ? [{ intake: first.intake, number, vacancies: first.vacancies }] : [],
    )
    .toSorted((a, b) => (a.number < b.number ? -1 : 1));
  return { ...(remedies.length > 0 && { remedies }), ...(promised.length > 0 && { promised }) };
};

export const remediesSaid = (
  {
    remedies = [],
    promised = [],
    zone,
  }: { remedies?: GivenRemedy[] | undefined; promised?: PromisedPlace[] | undefined; zone: string },
  t: PaperTranslator,
): string[] => [
  ...promised.map(({ intake, number, vacancies }) =>
    t('papers.offers.promised-first', { intake, number, vacancies: vacancies.join(', ') }),
  ),
  ...remedies.map(({ kind, number, vacancies, at }) =>
    t(`papers.offers.remedy-${kind}`, { day: t.day(at, zone), number, vacancies: vacancies.join(', ') }),
  ),
];
