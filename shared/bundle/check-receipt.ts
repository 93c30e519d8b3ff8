import { severitiesIn } from '#shared/bundle/check-adjustment.ts';
import { replayOf } from '#shared/bundle/check-offers.ts';
import { isOutcome, reachesIn } from '#shared/bundle/check-results.ts';
import type { Finding } from '#shared/bundle/finding.ts';
import type { Part, RatedPoints, ResultReceipt, Row, Statement } from '#shared/bundle/format.ts';
import { rootFrom } from '#shared/bundle/merkle.ts';
import type { PartRules, RoundRules } from '#shared/bundle/rules.ts';
import { hashOfLeaf, sealOf } from '#shared/bundle/sealing.ts';
import { type Counting, isValueOf } from '#shared/bundle/value.ts';
import type { CascadeFault } from '#shared/domain/cascade-check.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import { lotOf } from '#shared/domain/ranking.ts';
import { judgedPercent, type Points, ratedCriteria, scaleFaults, totalOf } from '#shared/domain/rubric.ts';

type Given = {
  receipt: ResultReceipt;
  statement: Statement;
  /** SHA-256 of the statement's canonical JSON. */
  sha256: Sha256;
  rules: RoundRules;
};

/** Whether a receipt belongs to a statement, and what its owner was told follows from what only the owner can show. */
export const checkReceipt = (given: Given): Finding[] => {
  const { receipt, statement, sha256 } = given;
  const leaf = hashOfLeaf(receipt.leaf);
  const row = statement.rows.find(({ number }) => number === receipt.leaf.row.number);
  const isOfStatement =
    receipt.statement === sha256 &&
    receipt.roundId === statement.roundId &&
    receipt.stage === statement.stage;
  return [
    says('receipt-statement', isOfStatement),
    says(
      'receipt-proof',
      receipt.root === statement.root && rootFrom(leaf, receipt.proof) === statement.root,
    ),
    says(
      'receipt-row',
      row !== undefined && canonicalJson(row) === canonicalJson({ ...receipt.leaf.row, leaf }),
    ),
    says('receipt-totals', followsFromOwnPoints(given)),
    ...(given.rules.minimums ? [says('receipt-outcome', isOwnOutcome(given))] : []),
    says('receipt-draw', isOwnLot(given)),
    ...(statement.offers && row
      ? [says('receipt-wishes', areOwnWishes(given, row)), says('receipt-post', isNeverSkipped(given, row))]
      : []),
  ];
};

const says = (check: Finding['check'], holds: boolean): Finding => ({ check, holds });

const followsFromOwnPoints = ({ receipt, statement, rules }: Given): boolean => {
  const { row, ratings, marks } = receipt.leaf;
  if ((row.scoring?.marksWithheld === true) !== (marks !== undefined)) return false;
  const scoring = { criteria: rules.rubric.criteria, severities: severitiesIn(statement) };
  return (
    isOwnMean(row.scoring && { ...row.scoring, ...(marks && { marks }) }, ratings.scoring, scoring) &&
    isOwnMean(row.interview, ratings.interview, rules.interviews)
  );
};

/** With the marks that the row withholds nothing is unknown of it. */
const isOwnOutcome = ({ receipt: { leaf }, rules }: Given): boolean => {
  const { row } = leaf;
  const reaches = reachesIn(row, rules, leaf.marks ?? row.scoring?.marks);
  return reaches !== undefined && isOutcome(row, reaches);
};

/** Where ratings are published, each is that of the own points; what a claim corrected stands as it was decided. */
const isOwnMean = (part: Part | undefined, rated: readonly RatedPoints[], counting: Counting): boolean => {
  if (!part) return true;
  const asked = ratedCriteria(counting.criteria);
  if (rated.some((one) => !isRated(askedAt(one.station, asked, counting), one.points))) return false;
  const ratings = rated.map(({ points, ...whose }) => ({ ...whose, total: totalOf(asked, points) }));
  if (part.ratings && canonicalJson(part.ratings) !== canonicalJson(ratings)) return false;
  return part.corrected === true || (ratings.length > 0 && isValueOf(part, ratings, counting));
};

/** The criteria that a card of this station is asked about; none at a station that the rules do not know. */
const askedAt = (
  station: string | undefined,
  asked: PartRules['criteria'],
  { stations }: PartRules,
): PartRules['criteria'] => {
  if (!stations) return station === undefined ? asked : [];
  const own = stations.find(({ code }) => code === station)?.criteria ?? [];
  return asked.filter(({ code }) => own.includes(code));
};

/** A criterion without points was not judged; at least one that counts was. */
const isRated = (asked: PartRules['criteria'], points: Points): boolean =>
  scaleFaults(asked, points).length === 0 && judgedPercent(asked, points) > 0;

const isOwnLot = ({ receipt, statement }: Given): boolean => {
  const { row, applicationId } = receipt.leaf;
  const { drawSeed, roundId } = statement;
  if (!row.tie) return true;
  return drawSeed !== undefined && row.tie.lot === lotOf(applicationId, { drawSeed, roundId });
};

const areOwnWishes = ({ receipt, statement }: Given, row: Row): boolean => {
  const { vacancies = [], seekers = [], steps = [] } = statement.offers ?? {};
  const own = seekers.find((seeker) => statement.rows[seeker.row] === row);
  if (!own) return row.outcome === 'stops';
  const chosen = steps.flatMap((step) =>
    step.type === 'exchanged' && step.seeker === own.row ? step.wishes : [],
  );
  const sealed = [...own.wishes, ...chosen].map((place) => vacancies[place]?.seal);
  const opened = receipt.leaf.wishes.map(({ vacancy, salt }) => sealOf(vacancy, salt));
  return sealed.length === opened.length && sealed.every((seal, place) => seal === opened[place]);
};

/**
 * At no step was anybody who ranks after the owner asked for what the owner still wanted then, unless it was kept for them; nobody
 * was asked for what was kept for the owner; and nothing that the owner held was taken away. Where the steps end says nothing of
 * it: a post may become free for others once the owner has taken another for good.
 */
const isNeverSkipped = ({ statement: { offers, rows } }: Given, row: Row): boolean => {
  const owner = `${rows.indexOf(row)}`;
  const faults = offers ? replayOf(offers).isolated.flatMap((step) => step.faults) : [];
  return !faults.some((one) => isWrong(one) && one.seeker === owner);
};

type Wrong = Extract<CascadeFault, { seeker: string }>;

/** A fault that names somebody is a wrong done to them, whoever the step was about. */
const isWrong = (one: CascadeFault): one is Wrong => 'seeker' in one;
