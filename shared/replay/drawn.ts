import { type Aggregate, type Fact, fold, type StoredEvent } from '#shared/domain/event.ts';
import { GateEvent } from '#shared/domain/gate.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import { eventsUntil } from '#shared/domain/replay.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Chronicle } from '#shared/replay/chronicle.ts';
import { Reads } from '#shared/replay/reads.ts';

/** When a proposal was drawn up, and of what; proposals before 27 November 2026 say only when. */
export type Drawn = { at: Instant; reads?: Reads | undefined };

/** What a proposal says that it was drawn up from; undefined where it says nothing. */
export const readsNamed = (
  { texts }: Pick<Chronicle, 'texts'>,
  sha256: Sha256 | undefined,
): Reads | undefined => {
  if (sha256 === undefined) return undefined;
  const named = texts.find((one) => one.sha256 === sha256);
  if (!named) throw new Error(`The chronicle lacks the text ${sha256}.`);
  return readsIn(named.text);
};

export const readsIn = (text: string): Reads => Reads.parse(JSON.parse(text));

/** The proposals that were laid on the table, in the order of these events. */
export const proposalsIn = (
  events: readonly StoredEvent[],
): { gate: string; by: StoredEvent['by']; at: Instant; proposal: Sha256; reads?: Sha256 | undefined }[] =>
  events.flatMap(({ aggregate, id, by, fact }) => {
    const event = aggregate === 'gate' ? GateEvent.parse(fact) : undefined;
    if (event?.type !== 'proposal-drawn-up') return [];
    const { at, proposal, reads } = event;
    return [{ gate: id, by, at, proposal, reads }];
  });

/**
 * Events of one record that a proposal was drawn up from: up to the version that it read, or to its moment where it says none.
 */
export const eventsRead = (history: readonly StoredEvent[], { at, reads }: Drawn): readonly StoredEvent[] => {
  const [first] = history;
  const version = first && versionRead(reads, first);
  return version === undefined ? eventsUntil(history, at) : history.slice(0, version);
};

/** What a record was when a proposal was drawn up from it. */
export const stateRead = <State, Event extends Fact>(
  aggregate: Aggregate<State, Event>,
  history: readonly StoredEvent[],
  drawn: Drawn,
): State | undefined => fold(aggregate, eventsRead(history, drawn));

const versionRead = (
  reads: Reads | undefined,
  { aggregate, id }: Pick<StoredEvent, 'aggregate' | 'id'>,
): number | undefined => reads?.found[aggregate]?.[id] ?? reads?.listed[aggregate]?.[id];
