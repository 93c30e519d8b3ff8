import { severitiesIn } from '#shared/bundle/check-adjustment.ts';
import { checkRanks } from '#shared/bundle/check-ranks.ts';
import { rowsKeepingBack } from '#shared/bundle/check-shown.ts';
import { type Finding, finding } from '#shared/bundle/finding.ts';
import type { OpenRow, Part, Statement } from '#shared/bundle/format.ts';
import { rootOf } from '#shared/bundle/merkle.ts';
import { isRanked } from '#shared/bundle/place.ts';
import type { RoundRules } from '#shared/bundle/rules.ts';
import { type Counting, isValueOf } from '#shared/bundle/value.ts';
import { interviewPart } from '#shared/domain/minimum.ts';
import { weightedTotal } from '#shared/domain/ranking.ts';
import type { Points } from '#shared/domain/rubric.ts';
import { pointReasons } from '#shared/domain/standing-reason.ts';

/** Whether everything in a statement follows from the ratings in it and the rules of its round file. */
export const checkResults = (statement: Statement, rules: RoundRules): Finding[] => {
  const { rows } = statement;
  return [
    finding(
      'root',
      rows.length,
      rootOf(rows.map(({ leaf }) => leaf)) === statement.root && areDistinct(rows) ? [] : rows.slice(0, 1),
    ),
    totalsIn(statement, rules),
    checkRanks(rows, rules),
    ...outcomesIn(rows, rules),
    ...departuresIn(rows, rules),
  ];
};

/** Whose marks are withheld may miss the minimum of one: only the owner can tell, from the receipt. How many these are is said apart. */
const outcomesIn = (rows: readonly OpenRow[], rules: RoundRules): Finding[] => {
  const known = rows.flatMap((row) => {
    const reaches = reachesIn(row, rules);
    return reaches === undefined ? [] : [{ row, reaches }];
  });
  const wrong = known.filter(({ row, reaches }) => !isOutcome(row, reaches)).map(({ row }) => row);
  const others = known.filter(({ row }) => !row.departed).length;
  const withheld = rows.length - known.length;
  return [
    finding(rows.some(({ departed }) => departed) ? 'outcomes-others' : 'outcomes', others, wrong),
    ...(withheld > 0 ? [finding('outcomes-withheld', withheld, [])] : []),
  ];
};

/** Whether the outcome is what points come to, or what they do not where the committee departed from them. */
export const isOutcome = ({ outcome, departed }: OpenRow, reaches: boolean): boolean =>
  (outcome === 'goes-on') === (reaches !== (departed === true));

/**
 * Whether the total, and each part that has a minimum, reaches what the rules ask for; undefined where that hangs on marks that the row withholds.
 * @param marks those that it withholds, where they are known
 */
export const reachesIn = (
  row: OpenRow,
  { results, minimums = [] }: RoundRules,
  marks: Points | undefined = row.scoring?.marks,
): boolean | undefined => {
  if (!isRanked(row)) return false;
  const parts = { total: row.total, marks, interview: row.interview?.value };
  if (pointReasons(parts, results.minimumPoints, minimums).length > 0) return false;
  const isHidden = row.scoring?.marksWithheld === true && marks === undefined;
  return isHidden && minimums.some(({ code }) => code !== interviewPart) ? undefined : true;
};

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
