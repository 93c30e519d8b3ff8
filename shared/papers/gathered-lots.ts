import type { Gate } from '#shared/domain/gate.ts';
import { drawnGroups } from '#shared/domain/ranking.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Gathered } from './gathered.ts';
import type { MinutesGate } from './minutes.ts';

/**
 * Where a lot decided something at a gate: at the line of the shortlist, who of equals goes on; after the interviews, the order of who
 * goes on, in which posts are offered. Equals of whom all or none go on are not named: the lot changed nothing for them.
 */
export const gatheredLots = (
  { stage, proposal }: Pick<Gate, 'stage' | 'proposal'>,
  { lists, candidacies, file }: Pick<Gathered, 'lists' | 'candidacies' | 'file'>,
): Pick<MinutesGate, 'lots'> => {
  const list = proposal && lists.get(proposal);
  if (!list?.drawSeed || (stage !== 'scoring' && stage !== 'interviews')) return {};
  const factsOf = new Map(candidacies.map(({ applicationId, facts }) => [applicationId, facts]));
  const inRank = list.standings
    .filter(({ rank, outcome }) => rank !== undefined && (stage === 'scoring' || outcome === 'goes-on'))
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .flatMap((standing) => contenderOf(standing, factsOf.get(standing.applicationId)));
  const groups = drawnGroups(inRank, file.ties.order).filter(
    (group) => stage === 'interviews' || new Set(group.map(({ outcome }) => outcome)).size > 1,
  );
  if (groups.length === 0) return {};
  const decided = groups.map((group) => group.map(({ number }) => number));
  return { lots: { seed: list.drawSeed, decided } };
};

const contenderOf = (standing: Standing, facts: Gathered['candidacies'][number]['facts'] | undefined) => {
  const { total, interview, ...other } = standing;
  if (total === undefined || !facts) return [];
  return [{ ...other, total, facts, ...(interview !== undefined && { interview }) }];
};
