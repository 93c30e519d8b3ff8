import { ownClaim } from '#functions/commands/claim-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { OwnPoints } from '#functions/commands/own-points.ts';
import { correctedListOf } from '#functions/commands/pinned.ts';
import type { Application } from '#shared/domain/application.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import { correctionsAggregate } from '#shared/replay/correction.ts';
import { Part } from '#shared/replay/supposition.ts';

/** That a total which stands is not what was told first, and what made it so. */
export type OwnChange = {
  part: Part;
  by: 'claim' | 'correction';
  at: Instant;
  /** As it was told first; absent where there was none. */
  was?: number;
  is: number;
  /** What criteria come to with it; none where the total alone was changed. */
  points: Readonly<Record<string, number>>;
};

type Told = readonly { standing: Standing }[];
type Deps = Pick<CommandDeps, 'records'>;

/**
 * What claims and corrections changed in the own totals, as far as the newest results that were told have it: what is decided and not yet in them is said
 * where it is decided.
 * @param stages newest first
 */
export const ownChanges = async (
  { records }: Deps,
  { id, roundId }: Pick<Application, 'id' | 'roundId'>,
  stages: Told,
): Promise<OwnChange[]> => {
  const granted = await grantedIn(records, id);
  const corrected = await correctedIn(records, { id, roundId });
  return Part.options.flatMap((part): OwnChange[] => {
    const told = stages.flatMap(({ standing }) => standing[part] ?? []);
    const [is, was] = [told[0], told.length > 1 ? told.at(-1) : undefined];
    if (is === undefined) return [];
    const found = [granted, corrected].find((one) => one?.totals[part] === is);
    const points = found?.points[part] ?? {};
    const isMoved = was === undefined ? found === granted : was !== is || Object.keys(points).length > 0;
    if (!found || !isMoved) return [];
    return [{ part, by: found.by, at: found.at, ...(was !== undefined && { was }), is, points }];
  });
};

/** The own points with what changed them, each beside what was told first. */
export const changedPoints = (
  points: readonly OwnPoints[],
  changes: readonly OwnChange[],
): readonly OwnPoints[] =>
  points.map((one) => {
    const change = changes.find(({ part }) => part === one.part);
    const mean = change?.points[one.code];
    if (!change || mean === undefined || mean === one.mean) return one;
    return { ...one, mean, was: one.mean, changed: { by: change.by, at: change.at } };
  });

type Changed = Pick<OwnChange, 'by' | 'at'> & {
  totals: Partial<Record<Part, number>>;
  points: { [of in Part]?: OwnChange['points'] | undefined };
};

const grantedIn = async (records: Deps['records'], id: Application['id']): Promise<Changed | undefined> => {
  const claim = (await ownClaim(records, id))?.state;
  if (!claim || claim.status !== 'upheld') return undefined;
  const { items = [], scoring, interview } = claim.corrected;
  const pointsOf = (part: Part): OwnChange['points'] =>
    Object.fromEntries(items.flatMap((item) => (item.part === part ? [[item.criterion, item.mean.is]] : [])));
  return {
    by: 'claim',
    at: claim.decidedAt,
    totals: totalsOf({ scoring, interview }),
    points: { scoring: pointsOf('scoring'), interview: pointsOf('interview') },
  };
};

/** The last that was applied and stands says when. */
const correctedIn = async (
  records: Deps['records'],
  { id, roundId }: Pick<Application, 'id' | 'roundId'>,
): Promise<Changed | undefined> => {
  const found = (await records.find(correctionsAggregate, roundId))?.state;
  const at = found?.corrections.flatMap(({ applied }) => applied?.at ?? []).at(-1);
  if (!found?.list || !at) return undefined;
  const { corrected } = await correctedListOf(records, found.list);
  const own = corrected.find(({ applicationId }) => applicationId === id);
  return own && { by: 'correction', at, totals: totalsOf(own), points: own.points ?? {} };
};

const totalsOf = ({
  scoring,
  interview,
}: {
  scoring?: number | undefined;
  interview?: number | undefined;
}): Changed['totals'] => ({
  ...(scoring !== undefined && { scoring }),
  ...(interview !== undefined && { interview }),
});
