import * as z from 'zod';
import type { OwnCard } from '#functions/commands/card-views.ts';
import type { Score } from '#shared/domain/candidacy.ts';
import { Comments, commentKinds, FilledCard } from '#shared/domain/card.ts';
import { Instant } from '#shared/domain/time.ts';

/*
 * Cards of raters and interviewers as JSON.
 */

const Code = z.string().max(40);
const Points = z.record(Code, z.number());
const Text = z.string().max(20_000);

/** A card as it is sent. Whoever says no version saves over whatever stands. */
export const CardBody = z.strictObject({
  points: Points,
  /** Criteria that are not judged, where the round file allows that. */
  abstained: z.array(Code).max(40).optional(),
  comments: z.strictObject({ committee: Text.optional(), applicant: Text.optional() }).optional(),
  /** `version` of the card that this one goes on from; refused as `changed-meanwhile` where it is another one by now. */
  basedOn: z.int().min(0).optional(),
});

const Given = z.object({
  points: Points,
  total: z.number(),
  /** False where it judges too little to count. */
  counts: z.literal(false).optional(),
});

/** The own card as it counts. */
export const GivenCard = Given.extend({ abstained: z.array(z.string()).optional(), at: Instant });

/** The own card as it is filled in again: the draft, where there is one. */
export const StandingCard = FilledCard.partial().extend({ isDraft: z.boolean(), version: z.int() });

export const standingCard = ({ filled, isDraft, version }: OwnCard): z.infer<typeof StandingCard> => ({
  ...filled,
  isDraft,
  version,
});

/** What says of a card that it does not stand apart. */
export const cardMarks = {
  /** It came after the application began to be discussed: what its giver came to before. */
  after: z.object({ before: z.number().optional() }).optional(),
  /** It was changed when its giver could read colleagues' cards: what they came to before. */
  afterCards: z.object({ before: z.number() }).optional(),
};

/** A colleague's, without who gave it. */
export const OtherCard = Given.extend({
  abstained: z.array(z.string()).optional(),
  comments: Comments,
  ...cardMarks,
});

/** What leaves of a card: where its texts lie stays inside. */
export const givenCard = (score: Score | undefined): z.infer<typeof GivenCard> | undefined => {
  if (!score) return undefined;
  const { points, total, counts, abstained, at } = score;
  return { points, total, at, ...(counts === false && { counts }), ...(abstained && { abstained }) };
};

/** What one person saved of one application, version by version. */
export const HistoryAnswer = z.object({
  part: z.enum(['scoring', 'interviews']),
  /** Of an interview that has several. */
  station: z.string().optional(),
  /** The code of a colleague; absent for the reader. */
  rater: z.string().optional(),
  versions: z.array(
    z.object({
      at: Instant,
      isDraft: z.boolean(),
      total: z.number().optional(),
      counts: z.boolean(),
      card: FilledCard.optional(),
      changed: z.object({ criteria: z.array(z.string()), comments: z.array(z.enum(commentKinds)) }),
    }),
  ),
  declined: z.object({ at: Instant, reason: z.string() }).optional(),
});
