import type { DocumentRef } from '#shared/domain/document.ts';
import { isHeldBack, letThrough } from '#shared/domain/offer-parts.ts';
import { type Heeding, heed } from '#shared/domain/release-alarms.ts';
import type { Round, RoundEvent } from '#shared/domain/round.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What goes out by a release, and what was seen of it. */
export type Release = {
  /** Up to which place of the ranking; undefined where it is to everybody. */
  through: number | undefined;
  /** Offers that go out now, and those that wait behind them. */
  recipients: number;
  left: number;
  confirmed: number;
  seen: Heeding;
};

/**
 * Lets the first offers go out, or those that are possible since: all, or up to a place of the ranking. `confirmed` is the number of recipients that
 * a person looked at; refused as `recipients-differ` when there are now more or fewer (ANCHORS F17), and as `heed` refuses (F5). A part that was let go
 * already changes nothing, nor does nobody to ask, unless offers were stopped or held back: then those that become possible go out again.
 */
export const releaseOffers = (
  round: Round,
  { through, recipients, left, confirmed, seen }: Release,
  now: Instant,
): Result<RoundEvent[], Refusal> => {
  if (round.stage !== 'offers') return refuse({ kind: 'wrong-stage', stage: round.stage });
  if (through !== undefined && through <= letThrough(round)) return ok([]);
  if (recipients !== confirmed) return refuse({ kind: 'recipients-differ', recipients, confirmed });
  if (recipients === 0 && !isHeldBack(round)) return ok([]);
  const heeding = heed(seen);
  if (!heeding.ok) return heeding;
  // The last part lets go everybody: what becomes possible later follows by itself.
  const part = through !== undefined && left > 0 ? { part: { through, left } } : {};
  return ok([{ type: 'offers-released', at: now, recipients, ...part, ...heeding.value }]);
};

/** Lets no offer go out from now on; those that were made stay, with their deadlines. Refused as `nothing-released` before the first; again changes nothing. */
export const stopOffers = (
  round: Round,
  reason: DocumentRef,
  now: Instant,
): Result<RoundEvent[], Refusal> => {
  if (round.stage !== 'offers') return refuse({ kind: 'wrong-stage', stage: round.stage });
  if (!round.offersReleasedAt) return refuse({ kind: 'nothing-released' });
  return ok(round.offersStopped ? [] : [{ type: 'offers-stopped', at: now, reason }]);
};
