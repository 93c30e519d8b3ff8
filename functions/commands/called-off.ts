import { everyOf } from '#functions/commands/every.ts';
import { type Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import { removedSlotsOf, type Slot, slotAggregate } from '#shared/domain/slot.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Records } from '#shared/ports/records.ts';

/** When the interview was to begin that was called off; the history of the candidacy alone says which time it was. */
export const calledOffTime = async (
  records: Pick<Records, 'find' | 'history'>,
  { applicationId, calledOff }: Pick<Candidacy, 'applicationId' | 'calledOff'>,
): Promise<Instant | undefined> => {
  if (!calledOff) return undefined;
  const cancelled = (await records.history('candidacy', applicationId))
    .map(({ fact }) => CandidacyEvent.parse(fact))
    .findLast((event) => event.type === 'interview-cancelled' && event.reason && event.at === calledOff.at);
  if (cancelled?.type !== 'interview-cancelled') return undefined;
  return (await records.find(slotAggregate, cancelled.slot))?.state.startsAt;
};

/** Times of a round that were called off, free ones too, in the order of time. */
export const calledOffSlots = async (records: Pick<Records, 'list'>, roundId: RoundId): Promise<Slot[]> =>
  (await everyOf(records, slotAggregate, removedSlotsOf(roundId)))
    .map(({ state }) => state)
    .filter(({ calledOff }) => calledOff);

/** When the interviews were to begin of those to whom another time is owed; of each the last to be called off. */
export const lastCalledOff = (
  slots: readonly Slot[],
  candidacies: readonly Pick<Candidacy, 'applicationId' | 'calledOff'>[],
): Map<ApplicationId, Instant> => {
  const owed = new Set(candidacies.filter(({ calledOff }) => calledOff).map((one) => one.applicationId));
  const inOrder = slots.toSorted((a, b) => ((a.removedAt ?? '') < (b.removedAt ?? '') ? -1 : 1));
  return new Map(
    inOrder.flatMap(({ calledOff, startsAt }): [ApplicationId, Instant][] => {
      const id = calledOff?.applicationId;
      return id && owed.has(id) ? [[id, startsAt]] : [];
    }),
  );
};
