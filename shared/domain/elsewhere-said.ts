import * as z from 'zod';
import type { Elsewhere } from '#shared/domain/elsewhere.ts';
import { Answer } from '#shared/domain/elsewhere-gone.ts';
import { ApplicationNumber, PersonId, Sha256 } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';

/*
 * What people of other regions said to the post that was proposed to them: noted by hand, since they have no account here, and told to the
 * region that they came from by a signed statement.
 */

/** What one person answered, by number, and on which day. */
export const Said = z.object({ number: ApplicationNumber, answer: Answer, on: z.iso.date() });
export type Said = z.infer<typeof Said>;

const noted = { from: RegionCode, ...Said.shape, by: PersonId, at: Instant };

/** The newest of each person; all of them stay in the record's history. */
export const NotedAnswer = z.object(noted);
export type NotedAnswer = z.infer<typeof NotedAnswer>;

/** A statement for the region of a packet, with everything that was noted of its people by then. */
export const Statement = z.object({
  /** Of the packet, 1 for the first; a later one takes the place of one before. */
  number: z.int().min(1),
  at: Instant,
  by: PersonId,
  people: z.array(Said).min(1),
  /** Since when the signed file is there, with the SHA-256 of its statement. */
  made: z.object({ at: Instant, sha256: Sha256 }).optional(),
});
export type Statement = z.infer<typeof Statement>;

const ofArrival = { at: Instant, arrival: z.int(), number: z.int().min(1) };

export const saidEvents = [
  z.object({ type: z.literal('elsewhere-said'), ...noted }),
  z.object({
    type: z.literal('elsewhere-statement-asked'),
    ...ofArrival,
    by: PersonId,
    people: z.array(Said).min(1),
  }),
  z.object({ type: z.literal('elsewhere-statement-made'), ...ofArrival, statement: Sha256 }),
] as const;
type SaidEvent = z.infer<(typeof saidEvents)[number]>;

export const isSaidEvent = (event: { type: string }): event is SaidEvent =>
  saidEvents.some(({ shape }) => shape.type.value === event.type);

export const evolveSaid = (before: Elsewhere, event: SaidEvent): Elsewhere => {
  switch (event.type) {
    case 'elsewhere-said': {
      const { type: _type, ...said } = event;
      const others = (before.said ?? []).filter((one) => !isOf(one, said));
      return { ...before, said: [...others, said] };
    }
    case 'elsewhere-statement-asked': {
      const { type: _type, arrival, ...statement } = event;
      return withStatements(before, arrival, (all) => [...all, statement]);
    }
    case 'elsewhere-statement-made': {
      const { arrival, number, at, statement: sha256 } = event;
      return withStatements(before, arrival, (all) =>
        all.map((one) => (one.number === number ? Object.assign({}, one, { made: { at, sha256 } }) : one)),
      );
    }
    default:
      return event satisfies never;
  }
};

const withStatements = (
  before: Elsewhere,
  arrival: number,
  change: (all: readonly Statement[]) => Statement[],
): Elsewhere => ({
  ...before,
  arrivals: (before.arrivals ?? []).map((one) =>
    one.number === arrival ? Object.assign({}, one, { statements: change(one.statements ?? []) }) : one,
  ),
});

type Named = Pick<NotedAnswer, 'from' | 'number'>;

export const isOf = (one: Named, other: Named): boolean =>
  one.from === other.from && one.number === other.number;
