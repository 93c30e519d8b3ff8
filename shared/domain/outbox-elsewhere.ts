import * as z from 'zod';
import { RoundId } from '#shared/domain/ids.ts';

/*
 * Rows of the outbox about what crosses between regions.
 */

/** Signs the list of a round's posts that stay empty, and keeps it. */
export const SignOpenPosts = z.object({ kind: z.literal('sign-open-posts'), roundId: RoundId });

/** Seals and signs who chose from a list of another region, and tells each of them. */
export const MakePacket = z.object({
  kind: z.literal('make-packet'),
  roundId: RoundId,
  list: z.int().min(1),
});

/** Signs what became of the people of a packet, for the region that handed them over. */
export const MakeOutcome = z.object({
  kind: z.literal('make-outcome'),
  roundId: RoundId,
  arrival: z.int().min(1),
});

/** Seals and signs what people of a packet answered, for the region that handed them over. */
export const MakeStatement = z.object({
  kind: z.literal('make-statement'),
  roundId: RoundId,
  arrival: z.int().min(1),
  statement: z.int().min(1),
});

/**
 * Tells who was handed over for a list what came of it, or who agreed and was not that nothing of theirs was; `answers` does with each what follows from a statement of
 * the other region.
 */
export const TellElsewhere = z.object({
  kind: z.literal('tell-elsewhere'),
  roundId: RoundId,
  list: z.int().min(1),
  about: z.enum(['outcome', 'not-handed', 'answers']),
});

/**
 * Erases what other regions handed over for a round's posts; with `list` the own packet for a list of another region. Its moment is the one that people
 * were told.
 */
export const EraseHanded = z.object({
  kind: z.literal('erase-handed'),
  roundId: RoundId,
  list: z.exactOptional(z.int().min(1)),
});
