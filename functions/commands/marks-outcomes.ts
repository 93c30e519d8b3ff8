import type { CommandDeps } from '#functions/commands/deps.ts';
import { pointsIn } from '#functions/commands/marks-basis.ts';
import type { MarksContext } from '#functions/commands/marks-place.ts';
import { receiptsSeedIn } from '#functions/commands/proposals/scoring.ts';
import { severityAdjuster } from '#functions/commands/severity.ts';
import type { OpenWorkplace } from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import { settledDraw } from '#shared/domain/round-beacon.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { importedCriteria } from '#shared/domain/rubric.ts';
import { owedScores, ratedTotal } from '#shared/domain/scoring.ts';
import type { Adjusted } from '#shared/domain/severity.ts';
import { type ShortlistRule, shortlist } from '#shared/domain/shortlist.ts';
import type { MarksByNumber } from '#shared/marks/expectation.ts';
import { changesBetween, digestOf, type OutcomeChange } from '#shared/marks/outcomes.ts';
import { markedSoFar, type Settled, settledBy } from '#shared/marks/unfinished.ts';

/** What other marks would change, as far as it can be known now. */
export type DryRun = {
  /** Among applications that all their raters have scored: whose outcome changes, and of whom only the total does. */
  outcomes: readonly OutcomeChange[];
  totals: readonly OutcomeChange[];
  /** Of everybody else: what is certain already. */
  settled: Settled;
  /** Of everybody else who has a score: the order by the scores so far and the marks so far. It is no part of what is confirmed, since each score changes it. */
  soFar: { among: number; outcomes: readonly OutcomeChange[]; totals: readonly OutcomeChange[] };
  /** What a person confirms. */
  digest: Sha256;
  /** Applications whose total would be whole. */
  whole: number;
  /** Scores are adjusted for severity: marks alone settle nothing. */
  adjusted: boolean;
  /** Applications whose raters have not all scored, and of them those without a score. */
  unscored: number;
  untouched: number;
  /** Criteria for which no marks would count even then. */
  missing: readonly string[];
  /** The value that draws wait for is still to come: where it settles a place, the outcome may turn out otherwise. */
  undrawn: boolean;
};

type Marks = ReadonlyMap<string, MarksByNumber>;

/** Ranks and outcomes with what counts now beside those with what would count then. */
export const dryRun = async (
  { records }: Pick<CommandDeps, 'records'>,
  { file, round }: Pick<OpenWorkplace, 'file' | 'round'>,
  { context, after }: { context: MarksContext; after: Marks },
): Promise<DryRun> => {
  const { id: roundId } = round.state;
  const receipts = await receiptsSeedIn(records, roundId);
  const draw = settledDraw(round.state, file.ties.beacon, receipts);
  const drawSeed = draw.ok ? draw.value.drawSeed : receipts;
  const adjuster = await severityAdjuster(file);
  const order: Order = { roundId, drawSeed, before: context.byCriterion, after };
  const there = context.admitted.filter(({ withdrawnAt }) => !withdrawnAt);
  const unscored = new Set(there.filter((one) => owedScores(one, file.raters) > 0));
  const missing = context.expected.criteria.flatMap(({ code }) => (after.has(code) ? [] : [code]));
  const open = there.filter((one) => unscored.has(one) || missing.length > 0);
  const { outcomes, totals } = compared(
    there.filter((one) => !unscored.has(one)),
    { order, adjuster, fileOf: () => file },
  );
  const settled = settledBy(open, order, {
    file,
    // An adjusted score may lie off the scale, and moves with every score of the same raters.
    ratedOf: (one) => (adjuster ? undefined : ratedEnds(one, unscored.has(one))),
  });
  const begun = there.filter((one) => ratedTotal(one) !== undefined);
  const numbers = new Set(open.map(({ number }) => number));
  const soFar = compared(open.length > 0 ? begun : [], {
    order,
    adjuster,
    fileOf: (marks) => markedSoFar(file, marks),
  });
  const ofOpen = ({ number }: OutcomeChange): boolean => numbers.has(number);
  return {
    outcomes,
    totals,
    settled,
    soFar: {
      among: begun.length,
      outcomes: soFar.outcomes.filter(ofOpen),
      totals: soFar.totals.filter(ofOpen),
    },
    digest: digestOf(outcomes, settled.changed),
    whole: there.length - open.length,
    adjusted: adjuster !== undefined,
    unscored: unscored.size,
    untouched: there.length - begun.length,
    missing,
    undrawn: !draw.ok,
  };
};

type Order = Pick<ShortlistRule, 'roundId' | 'drawSeed'> & { before: Marks; after: Marks };

const compared = (
  candidacies: readonly Candidacy[],
  {
    order: { before, after, ...order },
    adjuster,
    fileOf,
  }: {
    order: Order;
    adjuster: ((candidacies: readonly Candidacy[]) => Adjusted) | undefined;
    fileOf: (marks: Marks) => RoundFile;
  },
) => {
  if (candidacies.length === 0) return { outcomes: [], totals: [] };
  const adjusted = adjuster?.(candidacies);
  const listOf = (marks: Marks) => {
    const file = fileOf(marks);
    const marksOf = pointsIn(marks, importedCriteria(file.rubric.criteria));
    return shortlist(candidacies, { ...order, file, adjusted, marksOf });
  };
  return changesBetween(listOf(before), listOf(after));
};

/** Scores that are in count as they stand; without all of them the raters may still come to anything. */
const ratedEnds = (candidacy: Candidacy, isOpen: boolean): { least: number; most: number } => {
  const rated = ratedTotal(candidacy);
  return isOpen || rated === undefined ? { least: 0, most: 100 } : { least: rated, most: rated };
};
