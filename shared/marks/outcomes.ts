import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { ApplicationNumber, Sha256 } from '#shared/domain/ids.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { ReachChange } from '#shared/marks/unfinished.ts';

type Place = Pick<Standing, 'outcome' | 'total' | 'rank'>;

/** What an import would change for one application; a side is missing where nothing is or would be known. */
export type OutcomeChange = { number: ApplicationNumber; before?: Place; after?: Place };

/**
 * Whose outcome an import would change, and whose total: first those who would pass the line now or fall below it, then the rest, each
 * in the order of the ranks that would be.
 */
export const changesBetween = (
  before: readonly Standing[],
  after: readonly Standing[],
): { outcomes: OutcomeChange[]; totals: OutcomeChange[] } => {
  const [was, is] = [byNumber(before), byNumber(after)];
  const numbers = new Set([...after, ...before].map(({ number }) => number));
  const changes = [...numbers].map((number) => changeOf(number, was.get(number), is.get(number)));
  const outcomes = changes.filter((change) => change.before?.outcome !== change.after?.outcome);
  const totals = changes.filter(
    (change) =>
      change.before?.outcome === change.after?.outcome && change.before?.total !== change.after?.total,
  );
  return { outcomes, totals };
};

/** What a person confirms: the changed outcomes that were shown, and what the marks settle of those that are not known yet. */
export const digestOf = (outcomes: readonly OutcomeChange[], settled: readonly ReachChange[] = []): Sha256 =>
  sha256Of(
    canonicalJson([
      ...outcomes.map(({ number, before, after }) => [number, before?.outcome, after?.outcome]),
      ...settled.map(({ number, before, after }) => [number, before, after]),
    ]),
  );

const changeOf = (
  number: ApplicationNumber,
  was: Standing | undefined,
  is: Standing | undefined,
): OutcomeChange => ({ number, ...(was && { before: placeOf(was) }), ...(is && { after: placeOf(is) }) });

const placeOf = ({ outcome, total, rank }: Standing): Place => ({
  outcome,
  ...(total !== undefined && { total }),
  ...(rank !== undefined && { rank }),
});

const byNumber = (standings: readonly Standing[]): Map<ApplicationNumber, Standing> =>
  new Map(standings.map((one) => [one.number, one]));
