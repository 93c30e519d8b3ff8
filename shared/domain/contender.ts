import type * as z from 'zod';
import { BlindFacts, Candidacy } from '#shared/domain/candidacy.ts';

/**
 * What offers follow from of a candidacy, and nothing else of it: a twentieth of a record with its scores and cards, so that a board of ten
 * thousand people can be read at every answer.
 */
export const Contender = Candidacy.pick({
  applicationId: true,
  number: true,
  offers: true,
  exchange: true,
  elsewhere: true,
  deferred: true,
  promisedFirst: true,
  withdrawnAt: true,
}).extend({ facts: BlindFacts.pick({ subjects: true, languages: true, choices: true }) });
export type Contender = z.infer<typeof Contender>;

export const contenderOf = ({
  applicationId,
  number,
  offers,
  exchange,
  elsewhere,
  deferred,
  promisedFirst,
  withdrawnAt,
  facts: { subjects, languages, choices },
}: Contender): Contender => ({
  applicationId,
  number,
  offers,
  facts: { subjects, languages, choices },
  ...(exchange && { exchange }),
  ...(elsewhere && { elsewhere }),
  ...(deferred && { deferred }),
  ...(promisedFirst && { promisedFirst }),
  ...(withdrawnAt && { withdrawnAt }),
});
