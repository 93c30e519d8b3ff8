import * as z from 'zod';
import type { Application } from '#shared/domain/application.ts';
import { type Candidacy, OfferStatus } from '#shared/domain/candidacy.ts';
import { ClaimGrounds, type ResultClaim } from '#shared/domain/claim.ts';
import type { Gate } from '#shared/domain/gate.ts';
import { ApplicationNumber, RoundId, Sha256, VacancyCode } from '#shared/domain/ids.ts';
import { publishedResults } from '#shared/domain/publication.ts';
import type { Round } from '#shared/domain/round.ts';
import { countedScores } from '#shared/domain/scoring.ts';
import { GatedStage, Stage } from '#shared/domain/stage.ts';
import { Standing } from '#shared/domain/standing.ts';
import { Instant } from '#shared/domain/time.ts';

const count = z.int().min(0);

/** A round as it stood at a moment: what its pages and lists went by. No points and no name of anybody. */
export const RoundThen = z.object({
  roundId: RoundId,
  until: Instant,
  stage: Stage,
  /** As extended by then. */
  closesAt: Instant.optional(),
  claimsCloseAt: Instant.optional(),
  applications: z.object({ draft: count, submitted: count, withdrawn: count }),
  /** How much had been done: applications judged by people, scores, booked interviews, scorecards. */
  work: z.object({ judged: count, scores: count, booked: count, scorecards: count }),
  gate: z
    .object({
      stage: GatedStage,
      attempt: z.int(),
      status: z.enum(['open', 'decided']),
      votes: z.object({ for: count, against: count, abstain: count }),
    })
    .optional(),
  /** The lists that were decided on, and the one that lay on the table, in the order of their stages. */
  lists: z.array(
    z.object({
      stage: GatedStage,
      sha256: Sha256,
      status: z.enum(['decided', 'on-table']),
      standings: z.array(Standing),
    }),
  ),
  /** What anyone could read of the results. */
  published: z.enum(['preliminary', 'final']).optional(),
  claims: z.array(
    z.object({
      number: ApplicationNumber,
      grounds: ClaimGrounds,
      status: z.enum(['open', 'withdrawn', 'rejected', 'upheld']),
    }),
  ),
  /** In the order of the applications' numbers. */
  offers: z.array(
    z.object({
      number: ApplicationNumber,
      vacancy: VacancyCode,
      status: OfferStatus,
      madeAt: Instant,
      expiresAt: Instant,
      /** Its code, where an open offer was accepted on one. */
      condition: z.string().optional(),
      /** The code of the quota that kept the post, where by rank alone it would have been another's. */
      reserve: z.string().optional(),
    }),
  ),
});
export type RoundThen = z.infer<typeof RoundThen>;

/** What the records of a round were at the moment. */
export type RecordsThen = {
  until: Instant;
  round: Round;
  gate: Gate | undefined;
  lists: RoundThen['lists'];
  applications: readonly Application[];
  candidacies: readonly Candidacy[];
  claims: readonly ResultClaim[];
};

/** The same records give the same value, whoever read them and from where. */
export const roundThenOf = (records: RecordsThen): RoundThen => {
  const { until, round, gate, lists, claims } = records;
  const applications = { draft: 0, submitted: 0, withdrawn: 0 };
  for (const { stage } of records.applications) applications[stage] += 1;
  const candidacies = records.candidacies.toSorted((a, b) => (a.number < b.number ? -1 : 1));
  const published = publishedResults(round);
  return {
    roundId: round.id,
    until,
    stage: round.stage,
    ...('closesAt' in round && round.closesAt && { closesAt: round.closesAt }),
    ...('claimsCloseAt' in round && { claimsCloseAt: round.claimsCloseAt }),
    applications,
    work: workOf(candidacies),
    ...(gate && { gate: gateThen(gate) }),
    lists,
    ...(published && {
      published: published.stage === 'claims' ? ('final' as const) : ('preliminary' as const),
    }),
    claims: claims.map(({ number, grounds, status }) => ({ number, grounds, status })),
    offers: candidacies.flatMap(({ number, offers }) =>
      offers.map(({ vacancy, status, madeAt, expiresAt, condition, reserve }) => ({
        number,
        vacancy,
        status,
        madeAt,
        expiresAt,
        ...(condition && { condition: condition.code }),
        ...(reserve !== undefined && { reserve }),
      })),
    ),
  };
};

const workOf = (candidacies: readonly Candidacy[]): RoundThen['work'] => ({
  judged: candidacies.filter(({ judgement }) => judgement).length,
  scores: candidacies.flatMap(countedScores).length,
  booked: candidacies.filter(({ slotId }) => slotId).length,
  scorecards: candidacies.flatMap(({ scorecards }) => scorecards).length,
});

const gateThen = ({ stage, attempt, status, votes: cast }: Gate): RoundThen['gate'] => {
  const votes = { for: 0, against: 0, abstain: 0 };
  for (const { choice } of cast) votes[choice] += 1;
  return { stage, attempt, status, votes };
};
