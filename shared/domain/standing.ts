import * as z from 'zod';
import { DrawBasis } from '#shared/domain/beacon.ts';
import { Departure } from '#shared/domain/departure.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber, RoundId, Sha256, VacancyCode } from '#shared/domain/ids.ts';
import { KeptEffect } from '#shared/domain/kept-effects.ts';
import { LineGroup } from '#shared/domain/line-group.ts';
import { RatedScores, SeverityAdjustment } from '#shared/domain/severity-rule.ts';
import { GatedStage } from '#shared/domain/stage.ts';
import type { StandingReason } from '#shared/domain/standing-reason.ts';

/** Where one application stands after a stage. Numbers and codes only, so the list may be published by number. */
export const Standing = z.object({
  applicationId: ApplicationId,
  number: ApplicationNumber,
  /** Whether it goes on to the next stage; after the claims: whether an offer may be made. */
  outcome: z.enum(['goes-on', 'stops']),
  /** What decided: codes of rules not met, and a `StandingReason` each. */
  reasons: z.array(z.string()),
  /** Percent of the scale, rounded half-even to 4 decimals. */
  scoring: z.number().optional(),
  interview: z.number().optional(),
  /** Points that another organisation gave, by criterion; they are part of `scoring`. */
  marks: z.record(z.string(), z.number()).optional(),
  /** What raters came to with and without adjustment, where the round file asks for it; one of the two is part of `scoring`. */
  rated: RatedScores.optional(),
  /**
   * How far chance may have moved `scoring`: its standard error, and the best and worst rank of the shortlist that 95 % intervals leave open.
   * Absent where the ratings do not tell it, and from lists that were drawn up before this was noted.
   */
  spread: z.object({ error: z.number(), ranks: z.tuple([z.int(), z.int()]) }).optional(),
  total: z.number().optional(),
  /** 1 for the first. No two share one: the declared tie rule ends with a draw. */
  rank: z.int().optional(),
  /** Where the round's offers ended, after that stage. */
  vacancy: VacancyCode.optional(),
  /** What kept posts and limits did against it until the offers ended; absent from lists that were decided before this was noted. */
  kept: KeptEffect.optional(),
});
export type Standing = z.infer<typeof Standing>;

/**
 * What a gate decides on: every application of the stage and what becomes of it. An immutable text addressed by its
 * SHA-256, so that bulk results are one pointer (DESIGN 3.1). The same inputs give the same bytes.
 */
export const StandingList = z.object({
  schemaVersion: z.literal(1),
  roundId: RoundId,
  stage: GatedStage,
  /** From which ties were drawn, where the stage ranks: anyone who holds it can draw again. */
  drawSeed: Sha256.optional(),
  /** What that comes from, where the round file names a public beacon. */
  drawnFrom: DrawBasis.optional(),
  /** The files of marks from outside that count in it, each by the SHA-256 of its marks. */
  marks: z.array(Sha256).optional(),
  /** Of scoring: which scores counted, and why. */
  adjustment: SeverityAdjustment.optional(),
  /** Of scoring, where the shortlist has a last place; absent from lists that were drawn up before this was noted. */
  line: LineGroup.optional(),
  /** Where the committee decides otherwise than the points propose; in the order of the list. */
  departures: z.array(Departure).min(1).optional(),
  standings: z.array(Standing),
});
export type StandingList = z.infer<typeof StandingList>;

/** The same application, stopped for a reason. */
export const stopped = (standing: Standing, ...reasons: StandingReason[]): Standing => ({
  ...standing,
  outcome: 'stops',
  reasons,
});

/** The list as it is stored and voted on, in the order of rank where there is one, else of number. */
export const standingText = (list: Omit<StandingList, 'schemaVersion'>): { text: string; sha256: Sha256 } => {
  const standings = list.standings.toSorted(
    (a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || (a.number < b.number ? -1 : 1),
  );
  const text = canonicalJson({ schemaVersion: 1, ...list, standings } satisfies StandingList);
  return { text, sha256: sha256Of(text) };
};
