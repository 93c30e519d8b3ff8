import * as z from 'zod';
import { everyOf } from '#functions/commands/every.ts';
import { goingOn } from '#functions/commands/selection.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import { owedSlotsOf, type Slot, slotAggregate, slotsOf } from '#shared/domain/slot.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Every slot of a round that was not removed, in the order of time. */
export const slotsIn = async (records: Pick<Records, 'list'>, roundId: RoundId): Promise<Slot[]> =>
  (await everyOf(records, slotAggregate, slotsOf(roundId))).map(({ state }) => state);

/** Times of interviews that were owed, those that have one. */
export const owedSlotsIn = async (records: Pick<Records, 'list'>, roundId: RoundId): Promise<Slot[]> =>
  (await everyOf(records, slotAggregate, owedSlotsOf(roundId))).map(({ state }) => state);

const Place = z.object({ place: z.string() });

/** Where slots take place, by the digest of what was typed: slots that were planned together share one text. */
export const placesOf = async (
  records: Pick<Records, 'document'>,
  slots: readonly { place: DocumentRef }[],
): Promise<Map<string, string>> => {
  const refs = new Map(slots.map(({ place }) => [place.digest, place]));
  return new Map(
    await Promise.all([...refs].map(async ([digest, ref]) => [digest, await placeOf(records, ref)] as const)),
  );
};

/** Empty once it was erased. */
export const placeOf = async (records: Pick<Records, 'document'>, ref: DocumentRef): Promise<string> =>
  Place.safeParse(await records.document(ref)).data?.place ?? '';

/** A candidacy if it takes part in the interviews of its round. */
export const ifInvited = async (
  records: Pick<Records, 'blob'>,
  round: Round,
  candidacy: Versioned<Candidacy>,
): Promise<Result<Versioned<Candidacy>, Refusal>> => {
  const { withdrawnAt, applicationId } = candidacy.state;
  const takesPart = !withdrawnAt && (await goingOn(records, round, 'scoring')).has(applicationId);
  return takesPart ? ok(candidacy) : refuse({ kind: 'not-in-stage' });
};
