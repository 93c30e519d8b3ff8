import { type CommandDeps, workflow } from '#functions/commands/deps.ts';
import { acceptOn, confirmAt } from '#functions/commands/offer-conditions.ts';
import { type OfferPlace, offerPlace } from '#functions/commands/offer-place.ts';
import { acceptAt, declineAt } from '#functions/commands/offers.ts';
import { decideAgain, type LostRace, triesInTurn } from '#functions/commands/storing.ts';
import { heldAnswerOf, isOvertaken } from '#shared/domain/held-answer.ts';
import type { ApplicationId, OfferId } from '#shared/domain/ids.ts';
import type { GivenAnswer } from '#shared/domain/offer-events.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type OfferKey = { applicationId: ApplicationId; offerId: OfferId };

/**
 * Gives what is kept of an offer, as if it were pressed now; nothing where nothing is kept, and once. Answers whether it is kept on: the checker
 * holds it still, or a later acceptance of the same person comes first.
 */
export const giveHeld = (deps: Deps, key: OfferKey): Promise<Result<'kept' | 'over', Refusal>> =>
  decideAgain(async (): Promise<Result<'kept' | 'over', Refusal | LostRace>> => {
    const found = await offerPlace(deps, key);
    if (!found.ok) return found;
    const { candidacy, offer, round } = found.value;
    const held = heldAnswerOf(offer);
    if (!held || round.state.stage !== 'offers') return ok('over');
    if (isOvertaken(candidacy.state, offer.id)) return ok('kept');
    const given = await give(deps, found.value, held.answer);
    if (given.ok) return ok('over');
    return given.error.kind === 'answer-held' ? ok('kept') : given;
  }, triesInTurn);

const give = (deps: Deps, place: OfferPlace, answer: GivenAnswer) => {
  switch (answer.kind) {
    case 'accepted':
      return acceptAt(deps, workflow, place, answer.ahead);
    case 'accepted-conditionally':
      return acceptOn(deps, workflow, place, answer.condition);
    case 'declined':
      return declineAt(deps, workflow, place, answer.reason);
    case 'condition-met':
      return confirmAt(deps, workflow, place);
  }
};
