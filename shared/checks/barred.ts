import { type Committee, CommitteeEvent, committeeAggregate, inConflict } from '#shared/domain/committee.ts';
import type { StoredEvent } from '#shared/domain/event.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';

/** Since when, and until when, a conflict of interest kept somebody away from an application. */
type Span = { from: Instant; until?: Instant };

export type Barred = (memberId: PersonId, applicationId: ApplicationId, at: Instant) => boolean;

/** A card and a conflict that are stored in the same moment: which of them came first, their moments do not say. */
const slackSeconds = 60;

/**
 * When whom a conflict kept away, from the events of a committee: its record tells only how conflicts stand now, and points that were given
 * before one was found are no fault of anybody.
 */
export const barredBy = (history: readonly StoredEvent[]): Barred => {
  const spans = new Map<string, Span[]>();
  let committee: Committee | undefined;
  for (const { fact } of history) {
    const event = CommitteeEvent.parse(fact);
    const after: Committee = committeeAggregate.evolve(committee, event);
    for (const pair of touchedBy(event)) note(spans, pair, inConflict(after, ...pair), event.at);
    committee = after;
  }
  return (memberId, applicationId, at) =>
    (spans.get(keyOf([memberId, applicationId])) ?? []).some(
      ({ from, until }) => at > addSeconds(from, slackSeconds) && (until === undefined || at < until),
    );
};

type Pair = [PersonId, ApplicationId];

const keyOf = (pair: Pair): string => pair.join(' ');

const touchedBy = (event: CommitteeEvent): Pair[] => {
  if (event.type === 'conflicts-found') return event.found.map((one) => [one.memberId, one.applicationId]);
  return 'memberId' in event && 'applicationId' in event ? [[event.memberId, event.applicationId]] : [];
};

const note = (spans: Map<string, Span[]>, pair: Pair, bars: boolean, at: Instant): void => {
  const own = spans.get(keyOf(pair)) ?? [];
  const last = own.at(-1);
  const isOpen = last !== undefined && last.until === undefined;
  if (bars && !isOpen) own.push({ from: at });
  if (!bars && last && isOpen) last.until = at;
  spans.set(keyOf(pair), own);
};
