import { everyOf } from '#functions/commands/every.ts';
import { owedInterviewsIn } from '#functions/commands/owed-interview-reading.ts';
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

/** The time that a booking had last, where it was given up or called off; undefined where there never was one. */
export const lastGivenUp = async (
  records: Pick<Records, 'find' | 'history'>,
  applicationId: ApplicationId,
): Promise<{ slot: Slot; at: Instant } | undefined> => {
  const cancelled = (await records.history('candidacy', applicationId))
    .map(({ fact }) => CandidacyEvent.parse(fact))
    .findLast((event) => event.type === 'interview-cancelled');
  if (cancelled?.type !== 'interview-cancelled') return undefined;
  const slot = (await records.find(slotAggregate, cancelled.slot))?.state;
  return slot && { slot, at: cancelled.at };
};

/** Times of the timetable that were called off, free ones too, in the order of time; none of an interview that was owed. */
export const calledOffSlots = async (records: Pick<Records, 'list'>, roundId: RoundId): Promise<Slot[]> =>
  (await everyOf(records, slotAggregate, removedSlotsOf(roundId)))
    .map(({ state }) => state)
    .filter(({ calledOff, owed }) => calledOff && !owed);

/**
 * When the interviews were to begin of those who wait for another time; of each the last to be called off. Nobody waits whose interview has
 * a time after the stage, since it was owed.
 */
export const lastCalledOff = async (
  records: Pick<Records, 'list' | 'find'>,
  slots: readonly Slot[],
  candidacies: readonly Pick<Candidacy, 'applicationId' | 'calledOff'>[],
): Promise<Map<ApplicationId, Instant>> => {
  const [first] = slots;
  if (!first) return new Map();
  const after = (await owedInterviewsIn(records, first.roundId)).filter(({ state }) => state.slotId);
  const given = new Set(after.map(({ state }) => state.applicationId));
  const waiting = candidacies.filter((one) => one.calledOff && !given.has(one.applicationId));
  const owed = new Set(waiting.map(({ applicationId }) => applicationId));
  const inOrder = slots.toSorted((a, b) => ((a.removedAt ?? '') < (b.removedAt ?? '') ? -1 : 1));
  return new Map(
    inOrder.flatMap(({ calledOff, startsAt }): [ApplicationId, Instant][] => {
      const id = calledOff?.applicationId;
      return id && owed.has(id) ? [[id, startsAt]] : [];
    }),
  );
};
