import type { OfferPlace } from '#functions/commands/offer-place.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { isAskedLate } from '#shared/domain/exchange.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Instant } from '#shared/domain/time.ts';

/** The letter to somebody whose offer has just ended while others choose in the exchange; none where nobody does. */
export const lateAsking = (
  { application, offer, round }: Pick<OfferPlace, 'application' | 'offer' | 'round'>,
  after: Candidacy,
  now: Instant,
): OutboxMessage[] => {
  const { plan, id: roundId } = round.state;
  const exchange = round.state.stage === 'offers' ? round.state.exchange : undefined;
  if (!exchange || !isAskedLate(after, exchange, now)) return [];
  const { personId, number } = application.state;
  const facts = { roundId, intake: plan.intake, zone: plan.timeZone, number, until: exchange.until };
  const body = { kind: 'letter', template: 'exchange-opened', personId, facts } as const;
  return [{ id: `exchange#${roundId}#after-${offer.id}`, at: now, body }];
};
