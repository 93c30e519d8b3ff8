import type { GatheredResults } from '#shared/bundle/compose.ts';
import { chanceOf } from '#shared/chance.ts';
import type { Candidacy, Score } from '#shared/domain/candidacy.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import { resultsOf } from '#shared/domain/final-results.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber, PersonId, RoundId } from '#shared/domain/ids.ts';
import { meanOf } from '#shared/domain/ranking.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { ratedCriteria, totalOf } from '#shared/domain/rubric.ts';
import { adjustedScores } from '#shared/domain/severity.ts';
import { shortlist } from '#shared/domain/shortlist.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

/** The sample round where scores are adjusted for the severity of raters, and nobody stops at the shortlist. */
export const anAdjustingFile = (over: Partial<RoundFile> = {}): RoundFile => {
  const { raters, shortlist: listed } = aRoundFile(over);
  const { source, confidence, verifiedOn } = raters;
  const from = { source, confidence, verifiedOn };
  return aRoundFile({
    ...over,
    // However far apart two scores lie, nobody more is asked.
    raters: {
      ...raters,
      adjustmentGate: { ...raters.adjustmentGate, apartPercent: 100 },
      links: { atLeastPercent: 5, ...from },
      severityAdjustment: { method: 'row-column', ...from },
    },
    shortlist: { ...listed, minimumPoints: 0 },
  });
};

/** Points so far up each scale, 0 to 1, as near as its steps allow: each criterion rounds up from another part of a step on. */
export const pointsUpTo = (criteria: readonly RubricCriterion[], quality: number): Record<string, number> =>
  Object.fromEntries(
    criteria.map(({ code, scale }, index) => {
      const steps = scale.map(({ points }) => points).toSorted((a, b) => a - b);
      const place = Math.floor(
        Math.max(0, Math.min(1, quality)) * (steps.length - 1) + ((index * 7) % 13) / 13,
      );
      return [code, steps[Math.min(place, steps.length - 1)] ?? 0];
    }),
  );

const cardOf = (rater: number, criteria: readonly RubricCriterion[], quality: number): Score => {
  const points = pointsUpTo(criteria, quality);
  const raterId = PersonId.parse(`RATER${rater}`.padEnd(20, '0'));
  return { raterId, points, total: totalOf(criteria, points), at: at('2022-10-10T04:00') };
};

export type Rated = {
  applications?: number;
  /** What each rater adds to how good an application is, on a scale from 0 to 1. */
  severities?: readonly number[];
  /** How far applications lie apart, on the same scale: at 0 all are equally good. */
  spread?: number;
  /** Who rates an application, by its place; three in turn if not said. */
  ratersOf?: (item: number) => readonly number[];
  file?: RoundFile;
};

const turns = [
  [0, 1, 2],
  [1, 3, 4],
  [2, 4, 0],
  [3, 0, 1],
  [4, 2, 3],
] as const;

/** Candidacies that were scored, best first by how good they are: raters differ in severity, and a little by chance. */
export const ratedCandidacies = ({
  applications = 30,
  severities = [-0.15, 0.1, 0, 0.15, -0.1],
  spread = 0.6,
  ratersOf = (item) => turns[item % turns.length] ?? [],
  file = anAdjustingFile(),
}: Rated = {}): Candidacy[] => {
  const chance = chanceOf('severity');
  const criteria = ratedCriteria(file.rubric.criteria);
  return Array.from({ length: applications }, (_, item) => {
    const quality = 0.5 + spread * (0.5 - item / Math.max(1, applications - 1));
    const scores = ratersOf(item).map((rater) => {
      const luck = (chance.below(1000) - 500) / 10_000;
      return cardOf(rater, criteria, quality + (severities[rater] ?? 0) + luck);
    });
    return aCandidacy({
      applicationId: ApplicationId.parse(`APP${item}`.padEnd(20, 'X')),
      number: ApplicationNumber.parse(`KZ19-AAAA-${String(item).padStart(4, '0')}`),
      raters: scores.map(({ raterId }) => raterId),
      scores,
      scorecards: [7, 8].map((rater) => cardOf(rater, file.interviews.criteria, quality)),
    });
  });
};

const roundId = RoundId.parse('R0VND000000000000000');
const drawSeed = sha256Of('everyone who submitted');
export const severeRound = { roundId, drawSeed };

/** The shortlist of such a round, by the adjustment or without. */
export const shortlistOf = (
  candidacies: readonly Candidacy[],
  file: RoundFile = anAdjustingFile(),
  adjusted = file.raters.severityAdjustment && adjustedScores(candidacies),
) => shortlist(candidacies, { file, roundId, drawSeed, marksOf: () => ({}), adjusted });

/** What the committee decided on such a round after interviews. @param gone places of those who withdrew before the final results */
export const gatheredAdjusted = (
  candidacies: readonly Candidacy[],
  { file = anAdjustingFile(), gone = [] }: { file?: RoundFile; gone?: readonly number[] } = {},
): GatheredResults => {
  const text = JSON.stringify(file);
  const { counts, checks } = adjustedScores(candidacies);
  const left = new Set(gone.map((place) => candidacies[place]?.applicationId));
  const byId = new Map(candidacies.map((one) => [one.applicationId, one]));
  const standings = resultsOf(
    shortlistOf(candidacies, file).map(({ total: _total, rank: _rank, ...standing }) => {
      const candidacy = byId.get(standing.applicationId);
      if (!candidacy || left.has(standing.applicationId)) {
        return { standing: { ...standing, outcome: 'stops' as const, reasons: ['withdrawn'] } };
      }
      const interview = meanOf(candidacy.scorecards.map(({ total }) => total));
      const { scoring = 0, rated } = standing;
      return { candidacy, parts: { scoring, interview, ...(rated && { rated }) } };
    }),
    file,
    { roundId, order: file.ties.order, drawSeed },
  );
  return {
    region: 'KZ-19',
    stage: 'claims',
    decision: sha256Of('the list'),
    madeAt: at('2022-11-14T05:00'),
    roundFile: { sha256: sha256Of(text), text },
    register: sha256Of('the register'),
    results: { schemaVersion: 1, roundId, stage: 'claims', drawSeed, standings },
    file,
    people: new Map(
      candidacies.map((candidacy) => {
        const { applicationId, scores, scorecards } = candidacy;
        return [applicationId, { candidacy, scores, scorecards, wishes: [] }];
      }),
    ),
    adjustment: { counts, checks },
    secret: 'a secret of the test',
  };
};
