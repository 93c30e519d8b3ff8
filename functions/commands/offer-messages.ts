import type { Offer } from '#shared/domain/candidacy.ts';
import type { OfferId, PersonId } from '#shared/domain/ids.ts';
import type { LetterTemplate } from '#shared/domain/letter-template.ts';
import { executionName, type OutboxMessage } from '#shared/domain/outbox.ts';
import type { Placement } from '#shared/domain/placement.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';

/*
 * What follows from an offer or a placement after its commit. Ids follow from the cause, so nothing is written twice.
 */

type Template = Extract<LetterTemplate, `offer-${string}` | `onboarding-${string}`>;

/** A letter about one offer or placement to one person. */
export const letterAbout = (
  { template, cause, to: personId }: { template: Template; cause: string; to: PersonId },
  { id: roundId, plan }: Pick<Round, 'id' | 'plan'>,
  facts: Record<string, string | number>,
  at: Instant,
): OutboxMessage => ({
  id: `${template}#${cause}`,
  at,
  body: {
    kind: 'letter',
    template,
    personId,
    facts: { roundId, intake: plan.intake, zone: plan.timeZone, ...facts },
  },
});

/** How a letter calls a post: its code, and the school in both languages of the register. */
export const postFacts = ({ code, school, locality }: Vacancy): Record<string, string> => ({
  vacancy: code,
  school: school.kk === school.ru ? school.kk : `${school.kk} / ${school.ru}`,
  locality,
});

/** The letter of an offer; one that was made because a quota keeps posts names it, by its title in all three languages. */
export const offerLetter = (
  { posts }: Pick<RoundFile, 'posts'>,
  reserve: string | undefined,
): { template: 'offer-made' | 'offer-made-kept'; quota?: string } => {
  const title = posts.quotas.find(({ code }) => code === reserve)?.title;
  return title ? { template: 'offer-made-kept', quota: inAll(title) } : { template: 'offer-made' };
};

/** A text in all three languages, each once. */
const inAll = ({ kk, ru, en }: RoundFile['title']): string => [...new Set([kk, ru, en])].join(' / ');

/** How a letter calls a condition: by its title in all three languages, each once; nothing where the offer has none. */
export const conditionFacts = (
  { answer }: Pick<RoundFile, 'answer'>,
  { condition }: Pick<Offer, 'condition'>,
): Record<string, string> => {
  const found = answer.conditions?.find(({ code }) => code === condition?.code);
  return found ? { condition: inAll(found.title) } : {};
};

/** Starts the machine that waits for the answer. */
export const startOffer = (
  { region }: Pick<Round, 'region'>,
  offer: { applicationId: string; id: OfferId; attempt: number },
  at: Instant,
): OutboxMessage => {
  const name = executionName(region, offer);
  const input = { applicationId: offer.applicationId, offerId: offer.id };
  return { id: `start#${name}`, at, body: { kind: 'start-execution', machine: 'offer', name, input } };
};

/** Lets an offer's machine go on once it has ended; the machine then reads how. */
export const resumeOffer = (id: OfferId, at: Instant): OutboxMessage => ({
  id: `signal#${id}`,
  at,
  body: { kind: 'resume-task', awaited: { kind: 'offer', id }, output: {} },
});

/** Lets the machine of an offer look what is kept of it; each time is a row of its own. */
export const lookAtHeld = (id: OfferId, at: Instant): OutboxMessage => ({
  ...resumeOffer(id, at),
  id: `held#${id}#${at}`,
});

/** Starts the machine that reminds the owners of a placement's checklist. */
export const startPlacement = (
  { region }: Pick<Round, 'region'>,
  { id, attempt }: Pick<Placement, 'id' | 'attempt'>,
  at: Instant,
): OutboxMessage => {
  const name = executionName(region, { id, attempt });
  const input = { placementId: id };
  return { id: `start#${name}`, at, body: { kind: 'start-execution', machine: 'onboarding', name, input } };
};

/** Asks for the next offers of a round. @param cause makes the row the only one of its kind */
export const makeOffers = (
  { id: roundId }: Pick<Round, 'id'>,
  cause: string,
  at: Instant,
): OutboxMessage => ({ id: `make-offers#${cause}`, at, body: { kind: 'make-offers', roundId } });
