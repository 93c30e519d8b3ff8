import * as z from 'zod';
import type { Candidacy, Score } from '#shared/domain/candidacy.ts';
import { Correction, type Granted } from '#shared/domain/claim.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import { ApplicationNumber, type PersonId } from '#shared/domain/ids.ts';
import type { InterviewRule } from '#shared/domain/interview-rule.ts';
import type { MarksByNumber } from '#shared/marks/expectation.ts';

export const Part = z.enum(['scoring', 'interview']);
export type Part = z.infer<typeof Part>;

/** Something that may have been otherwise than it was recorded; nothing of it is stored. */
export const Supposition = z.discriminatedUnion('kind', [
  /** Nothing else: the lists as the record gives them, to be held against what was decided. */
  z.strictObject({ kind: z.literal('as-recorded') }),
  /** A rater's points stand so many rows too low in their file; what falls out at one end comes in at the other. */
  z.strictObject({
    kind: z.literal('rows-shifted'),
    part: Part,
    rater: z.string(),
    rows: z.int().min(-5).max(5),
  }),
  /** A rater's points do not count where somebody else rated as well. */
  z.strictObject({ kind: z.literal('rater-left-out'), part: Part, rater: z.string() }),
  /** One application has other points at one criterion: on the card of that rater, or else whoever gave them or wherever they came from. */
  z.strictObject({
    kind: z.literal('criterion'),
    part: Part,
    number: ApplicationNumber,
    criterion: z.string(),
    points: z.number(),
    rater: z.string().optional(),
  }),
  /** The marks from outside are those of another file, by the number of its import. */
  z.strictObject({ kind: z.literal('marks-file'), import: z.int().min(1) }),
  /** An application has other totals, as an upheld claim gives it, or as the cards of an interview that it was owed come to. */
  z.strictObject({
    kind: z.literal('totals'),
    number: ApplicationNumber,
    corrected: Correction,
    owed: z.literal(true).optional(),
  }),
]);
export type Supposition = z.infer<typeof Supposition>;

/** What a claim was granted: of one application, and it moves nothing of others. */
export type Grant = { kind: 'claim'; number: ApplicationNumber; corrected: Granted };

/** One thing that changes what results are counted from. */
export type Settled = Supposition | Grant;

export type Supposed = {
  /** Each on what the ones before it came to. */
  suppositions: readonly Settled[];
  /** The marks of an import, by criterion. */
  marksIn: (number: number) => ReadonlyMap<string, MarksByNumber> | undefined;
  /** Who the rater's code stands for. */
  raterOf: (code: string) => PersonId | undefined;
  criteria: Readonly<Record<Part, readonly RubricCriterion[]>>;
  /** Of the interview. */
  stations?: InterviewRule['stations'];
};

export const scoresOf = ({ scores, scorecards }: Candidacy, part: Part): readonly Score[] =>
  part === 'scoring' ? scores : scorecards;
