import * as z from 'zod';
import { BlindFacts } from '#shared/domain/candidacy.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';
import { provenance } from '#shared/domain/provenance.ts';
import { Texts } from '#shared/domain/texts.ts';

const Code = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/** A synthetic application with the points that the committee agreed on, and why. Nobody in it exists. */
export const PracticeText = z.strictObject({
  code: Code,
  title: Texts,
  /** What a rater sees of a real application: codes and numbers. */
  facts: z.strictObject(BlindFacts.omit({ choices: true }).shape),
  /** What the papers of this application say. */
  text: Texts,
  /** By the code of every criterion that raters give points for. */
  points: z.record(Code, z.number()),
  why: Texts,
  /** By criterion, where the points need a word of their own. */
  reasons: z.record(Code, Texts).optional(),
});
export type PracticeText = z.infer<typeof PracticeText>;

/**
 * Practice before scoring (ANCHORS B15): whoever rates scores synthetic applications first, and gets the real ones once the points lie near
 * enough to the reference.
 */
export const PracticeRule = z.strictObject({
  texts: z.array(PracticeText).min(1).max(30),
  /** Texts of one try; no text comes twice in as many tries as there are. */
  perTry: z.int().min(1).max(10),
  tries: z.int().min(1).max(5),
  /** A try is passed where its mean distance from the reference is at most so many percent of the scale. */
  distance: z.number().min(0).max(100),
  /** A certificate holds so long; then its holder practises again. */
  validDays: z.int().min(1).max(730),
  ...provenance,
});
export type PracticeRule = z.infer<typeof PracticeRule>;

/**
 * The texts of somebody's try, in their order. Each person begins at another text, and goes on where the last try ended; after the last
 * text comes the first.
 * @param number of the try, 0 for the first
 */
export const textsOfTry = (
  { texts, perTry }: PracticeRule,
  { roundId, personId }: { roundId: RoundId; personId: PersonId },
  number: number,
): PracticeText[] => {
  const start = Number.parseInt(sha256Of(`practice ${roundId} ${personId}`).slice(0, 8), 16);
  return Array.from({ length: perTry }, (_, index) => start + number * perTry + index).flatMap(
    (place) => texts[place % texts.length] ?? [],
  );
};
