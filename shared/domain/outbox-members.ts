import * as z from 'zod';
import { ApplicationId, GateId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { LetterFacts, LetterTemplate } from '#shared/domain/letter-template.ts';
import { Instant } from '#shared/domain/time.ts';

/*
 * Rows of the outbox about what waits for members of a committee and for raters of other regions. None of them names an applicant.
 */

/** One letter for each of them, with how much waits for the reader where that is a number, and by when where that is the reader's own. */
export const LettersToMembers = z.object({
  kind: z.literal('letters-to-members'),
  template: LetterTemplate,
  /** The event that caused it, as the stable beginning of every letter's id. */
  cause: z.string(),
  facts: LetterFacts,
  to: z.array(
    z.object({
      personId: PersonId,
      count: z.exactOptional(z.int().min(1)),
      dueAt: z.exactOptional(Instant),
    }),
  ),
});

/** Looks what waits for whoever screens or scores at a gate, and writes to them: to all once the gate opens, later to who was given more. */
export const TellJudges = z.object({
  kind: z.literal('tell-judges'),
  roundId: RoundId,
  gate: GateId,
  /** What raters were given since; the letters about one hour are one letter. */
  given: z.exactOptional(
    z.object({
      until: Instant,
      to: z.array(z.object({ rater: PersonId, applications: z.array(ApplicationId) })),
    }),
  ),
});
