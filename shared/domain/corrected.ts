import * as z from 'zod';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { type ApplicationId, RoundId, type Sha256 } from '#shared/domain/ids.ts';
import { Standing } from '#shared/domain/standing.ts';

/** What corrections of a round make of one application, in the place of what its parts came to before. */
export const Corrected = z.object({
  ...Standing.pick({
    applicationId: true,
    number: true,
    scoring: true,
    interview: true,
    marks: true,
    rated: true,
  }).shape,
  /** Mean points by criterion where they are other than given, for the owner; absent from lists before 28 November 2026. */
  points: z
    .object({
      scoring: z.record(z.string(), z.number()).optional(),
      interview: z.record(z.string(), z.number()).optional(),
    })
    .optional(),
  /** Would have been invited to an interview, and was not. */
  uninvited: z.literal(true).optional(),
});
export type Corrected = z.infer<typeof Corrected>;

/** Everything that the corrections of a round come to together: an immutable text by its SHA-256. */
export const CorrectedList = z.object({
  schemaVersion: z.literal(1),
  roundId: RoundId,
  corrected: z.array(Corrected),
  /** Points of raters are as they were given: what is corrected follows from them and from other marks, which the standings name. */
  marksAlone: z.literal(true).optional(),
});
export type CorrectedList = z.infer<typeof CorrectedList>;

/** In the order of numbers. */
export const correctedText = (
  roundId: RoundId,
  { corrected: unsorted, marksAlone }: Pick<CorrectedList, 'corrected' | 'marksAlone'>,
): { text: string; sha256: Sha256 } => {
  const corrected = unsorted.toSorted((a, b) => (a.number < b.number ? -1 : 1));
  const text = canonicalJson({
    schemaVersion: 1,
    roundId,
    corrected,
    ...(marksAlone && { marksAlone }),
  } satisfies CorrectedList);
  return { text, sha256: sha256Of(text) };
};

export type CorrectedParts = ReadonlyMap<ApplicationId, Corrected>;

export const correctedById = ({ corrected }: Pick<CorrectedList, 'corrected'>): CorrectedParts =>
  new Map(corrected.map((one) => [one.applicationId, one]));

/** A standing with its corrected parts; its rank and outcome are still those of before. */
export const withCorrected = (standing: Standing, corrected: Corrected | undefined): Standing => {
  if (!corrected) return standing;
  const { scoring, interview, marks, rated } = corrected;
  return {
    ...standing,
    ...(scoring !== undefined && { scoring }),
    ...(interview !== undefined && { interview }),
    ...(marks && { marks }),
    ...(rated && { rated }),
  };
};
