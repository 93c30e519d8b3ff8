import * as z from 'zod';
import { type Actor, type Aggregate, evolveAll } from '#shared/domain/event.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Change } from '#shared/ports/records.ts';

/** The smallest record that can show everything a store must do: a sum, open until it is closed. */
const TallyEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('added'), at: Instant, amount: z.int() }),
  z.object({ type: z.literal('closed'), at: Instant }),
]);
export type TallyEvent = z.infer<typeof TallyEvent>;

const Tally = z.object({ sum: z.int(), open: z.boolean(), at: Instant });
export type Tally = z.infer<typeof Tally>;

/** Stored under the name of a real aggregate, because names are a closed list. */
export const tally: Aggregate<Tally, TallyEvent> = {
  name: 'round',
  event: TallyEvent,
  snapshot: Tally,
  evolve: (state, event) => {
    const before = state ?? { sum: 0, open: true, at: event.at };
    if (event.type === 'closed') return { ...before, open: false };
    return { ...before, sum: before.sum + event.amount };
  },
  lists: (state) => ({
    ...(state.open && { list: { key: 'open', sort: state.at } }),
    owner: { key: state.sum > 100 ? 'rich' : 'poor', sort: state.at },
  }),
};

export const noon = Instant.parse('2027-03-01T12:00:00.000Z');

export const added = (amount: number, at: Instant = noon): TallyEvent => ({ type: 'added', at, amount });

export const theSystem: Actor = { kind: 'system', name: 'sweep' };

let counter = 0;

/** Ids of one run never meet those of another on the same engine. */
export const newId = (): string => {
  counter += 1;
  return `${Date.now().toString(36)}-${counter}`;
};

/** A change as a command would build it: events on top of a state, folded. */
export const changeOf = (
  id: string,
  before: { version: number; state?: Tally },
  events: readonly TallyEvent[],
): Change => {
  const state = evolveAll(tally, before.state, events);
  return {
    aggregate: tally.name,
    id,
    expectedVersion: before.version,
    facts: events,
    snapshot: state,
    lists: state ? tally.lists(state) : {},
  };
};

export const fresh = { version: 0 };
