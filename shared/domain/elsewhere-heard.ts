import * as z from 'zod';
import { Said } from '#shared/domain/elsewhere-said.ts';
import { PersonId, Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/*
 * What another region stated of the people whom we handed to it: brought by one person, confirmed by another one who saw what follows from it here.
 */

const facts = {
  /** Of the statement, of the key that signed it, and which one of its packet it is: a later one takes the place of one before. */
  sha256: Sha256,
  key: Sha256,
  number: z.int().min(1),
  people: z.array(Said).min(1),
};

/** What follows from a statement for the own round, in people. */
export const Follows = z.object({
  /** Out of the round, */
  closing: z.int().min(0),
  /** with so many offers that were still open; */
  offers: z.int().min(0),
  /** in again; */
  returning: z.int().min(0),
  /** to be asked, since they accepted here as well. */
  conflicts: z.int().min(0),
});
export type Follows = z.infer<typeof Follows>;

export const HeardStatement = z.object({
  ...facts,
  by: PersonId,
  at: Instant,
  confirmed: z.object({ by: PersonId, at: Instant, ...Follows.shape }).optional(),
});
export type HeardStatement = z.infer<typeof HeardStatement>;

const done = { at: Instant, by: PersonId, list: z.int() };

export const heardEvents = [
  z.object({ type: z.literal('elsewhere-statement-brought'), ...done, ...facts }),
  z.object({
    type: z.literal('elsewhere-statement-confirmed'),
    ...done,
    number: z.int().min(1),
    ...Follows.shape,
  }),
] as const;
type HeardEvent = z.infer<(typeof heardEvents)[number]>;

/** All that were confirmed, and the newest that waits: until it is confirmed, another one takes its place. */
export const evolveHeard = (before: readonly HeardStatement[], event: HeardEvent): HeardStatement[] => {
  if (event.type === 'elsewhere-statement-brought') {
    const { type: _type, list: _list, ...brought } = event;
    return [...before.filter(({ confirmed }) => confirmed), brought];
  }
  const { type: _type, list: _list, number, ...confirmed } = event;
  return before.map((one) => (one.number === number ? { ...one, confirmed } : one));
};

/** The newest statement that counts. */
export const countingOf = ({
  heard = [],
}: {
  heard?: HeardStatement[] | undefined;
}): HeardStatement | undefined => heard.findLast(({ confirmed }) => confirmed);

/** The statement that waits for another person. */
export const waitingOf = ({
  heard = [],
}: {
  heard?: HeardStatement[] | undefined;
}): HeardStatement | undefined => heard.find(({ confirmed }) => !confirmed);
