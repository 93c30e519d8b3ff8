import * as z from 'zod';

/**
 * Decisions about who is asked next take turns, numbered within their round, and are told in their order: two may fall into one millisecond,
 * and the clocks of two machines differ by some. Absent in older records, and where a decision takes none, such as a lapse.
 */
export const Turn = z.int().min(1).optional();

/** The events of one decision, with the turn that it took. */
export const inTurn = <Event extends object>(
  events: readonly Event[],
  turn: number | undefined,
): readonly Event[] =>
  turn === undefined ? events : events.map((event) => Object.assign({}, event, { turn }));
