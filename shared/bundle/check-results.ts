import { severitiesIn } from '#shared/bundle/check-adjustment.ts';
import { checkRanks } from '#shared/bundle/check-ranks.ts';
import { rowsKeepingBack } from '#shared/bundle/check-shown.ts';
import { type Finding, finding } from '#shared/bundle/finding.ts';
import type { OpenRow, Part, Statement } from '#shared/bundle/format.ts';
import { rootOf } from '#shared/bundle/merkle.ts';
import { isRanked } from '#shared/bundle/place.ts';
import type { RoundRules } from '#shared/bundle/rules.ts';
import { type Counting, isValueOf } from '#shared/bundle/value.ts';
import { weightedTotal } from '#shared/domain/ranking.ts';

/** Whether everything in a statement follows from the ratings in it and the rules of its round file. */
export const checkResults = (statement: Statement, rules: RoundRules): Finding[] => {
  const { rows } = statement;
  const others = rows.filter(({ departed }) => !departed);
  return [
    finding(
      'root',
      rows.length,
      rootOf(rows.map(({ leaf }) => leaf)) === statement.root && areDistinct(rows) ? [] : rows.slice(0, 1),
    ),
    totalsIn(statement, rules),
    checkRanks(rows, rules),
    finding(
      others.length < rows.length ? 'outcomes-others' : 'outcomes',
      others.length,
      rows.filter(
        (row) => (row.outcome === 'goes-on') !== (reachesIn(row, rules) !== (row.departed === true)),
      ),
    ),
    ...departuresIn(rows, rules),
  ];
};

const reachesIn = (row: OpenRow, { results }: RoundRules): boolean =>
  isRanked(row) && row.total >= results.minimumPoints;

/** Only of who has a place in the ranking, and only where the round file let the committee do so. Nothing is said where there are none. */
const departuresIn = (rows: readonly OpenRow[], { results }: RoundRules): Finding[] => {
  const departed = rows.filter((row) => row.departed);
  const wrong = departed.filter((row) => !isRanked(row) || results.departures !== 'with-reason');
  return departed.length > 0 ? [finding('departures', departed.length, wrong)] : [];
};

/** Only what was computed again is counted as such. */
const totalsIn = (statement: Statement, rules: RoundRules): Finding => {
  const { rows } = statement;
  const counts = { computed: 0, corrected: 0, hidden: 0 };
  for (const { scoring, interview, total } of rows) {
    if (total === undefined) continue;
    const parts = [scoring, interview];
    if (parts.some((part) => part?.corrected)) counts.corrected += 1;
    else if (parts.every((part) => part?.ratings)) counts.computed += 1;
    else counts.hidden += 1;
  }
  const { computed, ...uncounted } = counts;
  const scoring = { criteria: rules.rubric.criteria, severities: severitiesIn(statement) };
  const keptBack = rowsKeepingBack(statement, rules);
  const wrong = rows.filter(
    (row) => keptBack.has(row) || !followsFromRatings(row, scoring, rules.interviews),
  );
  return { ...finding('totals', computed, wrong), uncounted };
};

const areDistinct = (rows: readonly OpenRow[]): boolean =>
  new Set(rows.map(({ number }) => number)).size === rows.length;

const followsFromRatings = (
  { scoring, interview, total }: OpenRow,
  counting: Counting,
  interviews: RoundRules['interviews'],
): boolean => {
  if (!follows(scoring, counting) || !follows(interview, interviews)) return false;
  if (total === undefined) return true;
  if (!scoring || !interview) return false;
  return total === weightedTotal({ scoring: scoring.value, interview: interview.value }, interviews.weight);
};

/**
 * What a claim put in the place of the mean stands as it was decided; so does what may only be for its owner to see. Where marks are withheld
 * nothing else is shown that would tell them.
 */
const follows = (part: Part | undefined, counting: Counting): boolean => {
  if (part?.marksWithheld && (part.marks || part.ratings)) return false;
  return !part?.ratings || part.corrected === true || isValueOf(part, part.ratings, counting);
};
