import * as z from 'zod';

/**
 * Decisions about who is asked next take turns, numbered within their round. What happened in the same moment is told by its turn: moments
 * have milliseconds, and two decisions may fall into one. Absent in older records, and where a decision takes none, such as a lapse.
 */
export const Turn = z.int().min(1).optional();

/** The events of one decision, with the turn that it took. */
export const inTurn = <Event extends object>(
  events: readonly Event[],
  turn: number | undefined,
): readonly Event[] =>
  turn === undefined ? events : events.map((event) => Object.assign({}, event, { turn }));
