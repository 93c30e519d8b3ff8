import * as z from 'zod';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { Correction } from '#shared/domain/claim.ts';
import type { CorrectedPoints } from '#shared/domain/corrected-points.ts';
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
  /** Parts that follow no more from what was given, where a claim settled them: points that it changed, or a total. */
  granted: z.array(z.enum(['scoring', 'interview'])).optional(),
  /** Would have been invited to an interview, and was not. */
  uninvited: z.literal(true).optional(),
});
export type Corrected = z.infer<typeof Corrected>;

/** Everything that the corrections of a round come to together: an immutable text by its SHA-256. */
export const CorrectedList = z.object({
  schemaVersion: z.literal(1),
  roundId: RoundId,
  corrected: z.array(Corrected),
  /** Points of raters are as they were given but for what claims changed: what is corrected follows from them and from other marks, which the standings name. */
  marksAlone: z.literal(true).optional(),
  /** What claims were granted is in it. Lists before 28 November 2026 do not have it: it stands at each application, before anything in the list. */
  claims: z.literal(true).optional(),
});
export type CorrectedList = z.infer<typeof CorrectedList>;

/** In the order of numbers. */
export const correctedText = (
  roundId: RoundId,
  { corrected: unsorted, marksAlone }: { corrected: readonly Corrected[]; marksAlone?: boolean },
): { text: string; sha256: Sha256 } => {
  const corrected = unsorted.toSorted((a, b) => (a.number < b.number ? -1 : 1));
  const list: CorrectedList = {
    schemaVersion: 1,
    roundId,
    corrected,
    ...(marksAlone === true && { marksAlone }),
    claims: true,
  };
  const text = canonicalJson(list);
  return { text, sha256: sha256Of(text) };
};

/** The same by application. */
export type CorrectedParts = { of: ReadonlyMap<ApplicationId, Corrected>; claims: boolean };

export const nothingCorrected: CorrectedParts = { of: new Map(), claims: false };

export const correctedById = ({ corrected, claims }: CorrectedList): CorrectedParts => ({
  of: new Map(corrected.map((one) => [one.applicationId, one])),
  claims: claims === true,
});

/** Without what anybody can count from the ratings as they were given and the marks in the results. */
export const uncountable = (list: CorrectedList): CorrectedParts => {
  const parts = correctedById(list);
  if (!list.marksAlone) return parts;
  const granted = list.corrected.flatMap(
    ({ scoring, interview, granted: claimed = [], ...one }): Corrected[] =>
      claimed.length === 0 ? [] : [{ ...one, ...totalsIn({ scoring, interview }, claimed) }],
  );
  return { ...parts, of: new Map(granted.map((one) => [one.applicationId, one])) };
};

/** What a claim put in the place of an application's parts, apart from the list; nothing where the list has it. */
export const grantedApart = (
  { corrected }: { corrected: CorrectedPoints },
  { claims }: Pick<CorrectedParts, 'claims'>,
): CorrectedPoints => (claims ? {} : corrected);

/** Totals that a claim put in the place of others, as they stand now: a later correction may have moved them. */
export const grantedTotals = (
  candidacy: Pick<Candidacy, 'applicationId' | 'corrected'>,
  corrected: CorrectedParts,
): Correction => {
  const { corrected: apart } = candidacy;
  if (!corrected.claims) return totalsIn(apart, ['scoring', 'interview']);
  const own = corrected.of.get(candidacy.applicationId);
  return totalsIn(own ?? {}, own?.granted ?? []);
};

const totalsIn = (
  { scoring, interview }: { scoring?: number | undefined; interview?: number | undefined },
  parts: readonly ('scoring' | 'interview')[],
): Correction => ({
  ...(scoring !== undefined && parts.includes('scoring') && { scoring }),
  ...(interview !== undefined && parts.includes('interview') && { interview }),
});

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
