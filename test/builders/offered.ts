import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { OfferId, VacancyCode } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import { at } from '#test/builders/worlds.ts';

/** The candidacy after a decision that is expected to be granted. */
export const afterwards = (
  candidacy: Candidacy,
  decision: Result<CandidacyEvent[], Refusal> | CandidacyEvent[],
): Candidacy => {
  if (!Array.isArray(decision) && !decision.ok) throw new Error(`Refused: ${decision.error.kind}`);
  const events = Array.isArray(decision) ? decision : decision.value;
  return evolveAll(candidacyAggregate, candidacy, events) ?? candidacy;
};

export const offerId = (letter: string): OfferId => OfferId.parse(letter.repeat(20));
export const vacancyCode = (code: string): VacancyCode => VacancyCode.parse(code);

/** Made on Monday, to be answered by the end of Thursday in Almaty. */
export const madeAt: Instant = at('2022-11-14T05:00');
export const expiresAt: Instant = at('2022-11-17T18:00');
