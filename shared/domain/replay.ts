import { type Aggregate, type Fact, fold, type StoredEvent } from '#shared/domain/event.ts';
import type { Instant } from '#shared/domain/time.ts';

/** What a record was at a moment, its events of that very moment among them; undefined before its first one. */
export const stateAt = <State, Event extends Fact>(
  aggregate: Aggregate<State, Event>,
  history: readonly StoredEvent[],
  until: Instant,
): State | undefined =>
  fold(
    aggregate,
    history.filter(({ fact }) => fact.at <= until),
  );
