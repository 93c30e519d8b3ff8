import * as z from 'zod';
import { VacancyCode } from '#shared/domain/ids.ts';
import type { First } from '#shared/domain/remedy.ts';
import { Instant } from '#shared/domain/time.ts';
import { dayAt } from '#shared/domain/zone.ts';
import type { Fault } from '#shared/errors.ts';

/** What an earlier intake promised whoever is screened: the entry, whatever the rules say. */
export const Promised = z.object({
  intake: z.string(),
  /** By a remedy of that intake; else because a post was released. */
  mistake: z.literal(true).optional(),
  /** Posts of the own choices in which the remedy puts the application first. */
  first: z.array(VacancyCode).min(1).optional(),
});

/**
 * A remedy of an earlier intake put this application first: a place in one of these posts, which are those of the own choices whose subject was
 * owed there, goes to it before others, if its result goes on. It counts as a remedy that was granted before the first offer, so that nobody
 * loses one by it.
 */
export const PromisedFirst = z.object({
  at: Instant,
  intake: z.string(),
  vacancies: z.array(VacancyCode).min(1),
});
export type PromisedFirst = z.infer<typeof PromisedFirst>;

/** The furthest day that a promise is given for: a later one is a slip in the year. */
const yearsAhead = 3;

/** Whether the day on which the call of the next intake closes at the latest is still to come. */
export const isStillToCome = (until: string | undefined, zone: string, now: Instant): boolean =>
  until !== undefined && until > dayAt(zone, now);

/** What is wrong with the day until which a promise for the next intake holds. */
export const untilFaults = (until: string, zone: string, now: Instant): Fault[] => {
  const today = dayAt(zone, now);
  const last = `${Number(today.slice(0, 4)) + yearsAhead}${today.slice(4)}`;
  const isDay = z.iso.date().safeParse(until).success;
  return isDay && isStillToCome(until, zone, now) && until <= last
    ? []
    : [{ place: 'until', message: 'remedy.error.until' }];
};

type PutFirst = Pick<First, 'applicationId'> & { number: string; promisedFirst?: PromisedFirst | undefined };

/** Whom earlier intakes put first, by application number: a correction of the results moves nobody among them. */
export const promisedFirsts = (people: readonly PutFirst[]): (First & Pick<PromisedFirst, 'at'>)[] =>
  people
    .toSorted((a, b) => (a.number < b.number ? -1 : 1))
    .flatMap(({ applicationId, promisedFirst }) => {
      if (!promisedFirst) return [];
      const { at, vacancies } = promisedFirst;
      return { applicationId, vacancies, at };
    });
