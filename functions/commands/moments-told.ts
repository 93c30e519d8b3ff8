import * as z from 'zod';
import { arranging, unremarkable } from '#functions/commands/application-timeline.ts';
import { wallIn } from '#functions/commands/walls.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { fold, type StoredEvent } from '#shared/domain/event.ts';
import { ApplicationId } from '#shared/domain/ids.ts';
import { isKeptFrom, judgesApart } from '#shared/domain/rater-events.ts';
import type { Instant } from '#shared/domain/time.ts';

/**
 * When records changed, as far as the reader may know it: neither moments of what is closed to them nor those that a timeline keeps from them, such as when
 * another one judged.
 */
export const momentsTold = (histories: readonly (readonly StoredEvent[])[], place: Workplace): Instant[] => {
  const wall = wallIn(place);
  const told = histories.flatMap((events) => {
    const isKept = keptIn(events, place);
    return events.filter((event) => {
      const about = aboutIn(event, events[0]);
      return !isKept(event.fact.type) && !(about && wall(about));
    });
  });
  return [...new Set(told.map(({ fact }) => fact.at))].toSorted();
};

const keptIn = (
  events: readonly StoredEvent[],
  { by, round: { state } }: Workplace,
): ((type: string) => boolean) => {
  const isOfNobody = (type: string) =>
    unremarkable.has(type) || (by.role !== 'secretary' && arranging.has(type));
  const isJudged = events[0]?.aggregate === candidacyAggregate.name && judgesApart(by.role, state.stage);
  const candidacy = isJudged ? fold(candidacyAggregate, events) : undefined;
  const { stage } = state;
  return (type) =>
    isOfNobody(type) || (candidacy !== undefined && isKeptFrom(type, by, { stage, candidacy }));
};

/** Whose application an event is about: it names it, or its record does from the beginning, or is the application's own. */
const aboutIn = ({ id, fact }: StoredEvent, first: StoredEvent | undefined): ApplicationId | undefined => {
  const own = Named.safeParse(fact).data;
  const named = own?.applicationId ?? own?.calledOff?.applicationId;
  return named ?? Named.safeParse(first?.fact).data?.applicationId ?? ApplicationId.safeParse(id).data;
};

const Named = z.object({
  applicationId: ApplicationId.optional(),
  calledOff: z.object({ applicationId: ApplicationId.optional() }).optional(),
});
