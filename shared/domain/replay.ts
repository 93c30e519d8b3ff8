import { type Aggregate, type Fact, fold, type StoredEvent } from '#shared/domain/event.ts';
import type { Instant } from '#shared/domain/time.ts';

/**
 * Events of one record until a moment, those of that very moment among them. An event never stands without those before it: the machines
 * that wrote them may differ by some milliseconds, and their order is that of their versions.
 */
export const eventsUntil = (history: readonly StoredEvent[], until: Instant): readonly StoredEvent[] =>
  history.slice(0, history.findLastIndex(({ fact }) => fact.at <= until) + 1);

/** What a record was at a moment; undefined before its first event. */
export const stateAt = <State, Event extends Fact>(
  aggregate: Aggregate<State, Event>,
  history: readonly StoredEvent[],
  until: Instant,
): State | undefined => fold(aggregate, eventsUntil(history, until));
