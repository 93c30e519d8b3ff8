import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { PlacementId } from '#shared/domain/ids.ts';
import {
  acceptConditionally,
  acceptedOffer,
  acceptOffer,
  confirmCondition,
  declineOffer,
  deferCandidacy,
  lapseOffer,
  openOffers,
  withdrawCandidacy,
} from '#shared/domain/offer.ts';
import type { Instant } from '#shared/domain/time.ts';
import { named } from '#test/builders/rated.ts';

/** What somebody does with the offer that they hold. */
export type Does = 'accept' | 'accept-conditionally' | 'decline' | 'lapse' | 'withdraw' | 'defer';

/** What it comes to; nothing where they hold none. */
export const eventsOf = (
  one: Candidacy,
  does: Does,
  { now, serial, until }: { now: Instant; serial: number; until: Instant },
): CandidacyEvent[] => {
  if (does === 'withdraw') return withdrawCandidacy(one, now);
  if (does === 'defer') return acceptedOffer(one) ? deferCandidacy(one, '2023-12-31', now) : [];
  const offer = openOffers(one)[0];
  if (!offer) return [];
  // A story may come to an answer later than its offer allows.
  if (now >= offer.expiresAt) return lapseOffer(one, offer.id, now);
  const answered = { offer: offer.id, zone: 'UTC' };
  if (does === 'lapse') return lapseOffer(one, offer.id, now);
  if (does === 'decline') return decided(declineOffer(one, { ...answered, reason: 'terms' }, now));
  if (does === 'accept-conditionally' && !offer.condition) {
    const on = { condition: 'diploma', expiresAt: until };
    return decided(acceptConditionally(one, { ...answered, ...on }, now));
  }
  if (offer.condition) {
    const placement = PlacementId.parse(named('P', serial));
    return decided(confirmCondition(one, { ...answered, placement }, now));
  }
  return decided(acceptOffer(one, { ...answered, placement: PlacementId.parse(named('P', serial)) }, now));
};

export const decided = (decision: { ok: boolean; value?: CandidacyEvent[] }): CandidacyEvent[] => {
  if (!decision.ok || !decision.value) throw new Error('It was refused.');
  return decision.value;
};
