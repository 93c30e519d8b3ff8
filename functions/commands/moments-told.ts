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
    const aboutOf = aboutIn(events[0]);
    return events.filter((event) => {
      if (isKept(event.fact.type)) return false;
      const about = aboutOf(event);
      return !(about && wall(about));
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
const aboutIn = (first: StoredEvent | undefined): ((event: StoredEvent) => ApplicationId | undefined) => {
  const named = Named.safeParse(first?.fact).data?.applicationId ?? ApplicationId.safeParse(first?.id).data;
  return ({ fact }) => {
    const own = Named.safeParse(fact).data;
    return own?.applicationId ?? own?.calledOff?.applicationId ?? named;
  };
};

const Named = z.object({
  applicationId: ApplicationId.optional(),
  calledOff: z.object({ applicationId: ApplicationId.optional() }).optional(),
});
