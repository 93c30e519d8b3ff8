import type { CommandDeps } from '#functions/commands/deps.ts';
import { heldIn } from '#functions/commands/held-reminder.ts';
import { lookAtHeld } from '#functions/commands/offer-messages.ts';
import type { OfferPlace } from '#functions/commands/offer-place.ts';
import { changed, type LostRace, store } from '#functions/commands/storing.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Actor } from '#shared/domain/event.ts';
import { heldAnswerOf, holdAnswer } from '#shared/domain/held-answer.ts';
import type { GivenAnswer } from '#shared/domain/offer-events.ts';
import type { Refusal } from '#shared/errors.ts';
import { type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/** What an answer came to that cannot be stored: where the checker holds it, it is kept with its moment, and the machine of the offer gives it later. */
export const keptWhere = async (
  deps: Deps,
  by: Actor,
  { place, answer, why }: { place: OfferPlace; answer: GivenAnswer; why: LostRace | Refusal },
): Promise<Result<never, Refusal | LostRace>> => {
  if (why.kind !== 'held-by-check') return refuse(why);
  const { candidacy, offer, round, file } = place;
  const now = deps.clock.now();
  const zone = file.timeZone;
  const events = holdAnswer(offer, answer, now);
  const since = events.length > 0 ? now : (heldAnswerOf(offer)?.at ?? now);
  if (events.length > 0) {
    const stored = await store(deps, {
      by,
      changes: [changed(candidacyAggregate, candidacy.id, candidacy, events).change],
      requires: [{ aggregate: 'round', id: round.id, version: round.version }],
      outbox: [lookAtHeld(offer.id, now), heldIn(round.state, candidacy, now)],
    });
    if (!stored.ok) return stored;
  }
  return refuse({ kind: 'answer-held', since, zone });
};
