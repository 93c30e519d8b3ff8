import type * as z from 'zod';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { awaitAnswer, type OfferTurn } from '#functions/commands/offer-waiting.ts';
import type { ApplicationId, OfferId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import { movedOn } from '#workflows/asl.ts';
import type { readOffer } from '#workflows/contracts.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;
type OfferKey = { applicationId: ApplicationId; offerId: OfferId };

/** What the machine is told after a command. @throws when there is no such offer, which no execution can mend */
export const offerStanding = async (
  deps: Deps,
  key: OfferKey,
  command: (deps: Deps, key: OfferKey) => Promise<Result<OfferTurn, Refusal>>,
): Promise<z.infer<typeof readOffer.output>> => {
  const turn = await command(deps, key);
  if (!turn.ok) throw new Error(`Offer ${key.offerId} cannot be looked after: ${turn.error.kind}.`);
  const { roundId, next } = turn.value;
  if (turn.value.next !== 'wait') return { ...key, roundId, next };
  const wait = new Date(turn.value.until).getTime() - new Date(deps.clock.now()).getTime();
  return { ...key, roundId, next, seconds: Math.max(1, Math.ceil(wait / 1000)) };
};

/**
 * Stores the task token of an open offer.
 * @throws RoundMovedOn when the offer has ended: the machine then reads it again
 */
export const storeOfferToken = async (
  deps: Deps,
  command: OfferKey & { token: string },
): Promise<Record<string, never>> => {
  const waiting = await awaitAnswer(deps, command);
  if (waiting.ok) return {};
  const error = new Error(`Offer ${command.offerId} is not waited for: ${waiting.error.kind}.`);
  if (waiting.error.kind === 'offer-ended') error.name = movedOn;
  throw error;
};
