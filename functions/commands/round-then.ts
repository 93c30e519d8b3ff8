import { claimsIn } from '#functions/commands/claim-reading.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import { roundFileOf, standingListOf } from '#functions/commands/pinned.ts';
import { composeProposal } from '#functions/commands/proposals/index.ts';
import { applicationsIn, candidaciesIn } from '#functions/commands/selection.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import type { StoredEvent } from '#shared/domain/event.ts';
import { type Gate, gateAggregate } from '#shared/domain/gate.ts';
import type { RoundId, Sha256 } from '#shared/domain/ids.ts';
import { type Round, RoundEvent } from '#shared/domain/round.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import { type GatedStage, gatedStages } from '#shared/domain/stage.ts';
import { type StandingList, standingText } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { RecordReads } from '#shared/ports/records.ts';
import type { Chronicle } from '#shared/replay/chronicle.ts';
import { proposalsIn, readsNamed } from '#shared/replay/drawn.ts';
import { drawnFrom, holdsReads } from '#shared/replay/past.ts';
import { type RoundThen, roundThenOf } from '#shared/replay/then.ts';

/**
 * A round as these records have it; undefined before it was drafted. Over `pastOf` it is the round of that day.
 * @param until the moment that the records are of
 */
export const roundThen = async (
  records: RecordReads,
  roundId: RoundId,
  until: Instant,
): Promise<RoundThen | undefined> => {
  const round = (await records.find(roundAggregate, roundId))?.state;
  if (!round) return undefined;
  const gate = isGatedRound(round) ? (await gateOfRound(records, round))?.state : undefined;
  const [applications, candidacies, claims] = await Promise.all([
    applicationsIn(records, roundId),
    candidaciesIn(records, roundId),
    claimsIn(records, roundId),
  ]);
  return roundThenOf({
    until,
    round,
    gate,
    lists: await listsThen(records, round, gate),
    applications: applications.map(({ state }) => state),
    candidacies: candidacies.map(({ state }) => state),
    claims: claims.map(({ state }) => state),
  });
};

const listsThen = async (
  records: Pick<RecordReads, 'blob'>,
  round: Round,
  gate: Gate | undefined,
): Promise<RoundThen['lists']> => {
  const lists: RoundThen['lists'] = [];
  const add = async (stage: GatedStage, sha256: Sha256, status: 'decided' | 'on-table') => {
    const { standings } = await standingListOf(records, sha256);
    lists.push({ stage, sha256, status, standings });
  };
  for (const stage of gatedStages) {
    const decision = 'decisions' in round ? round.decisions[stage] : undefined;
    if (decision) await add(stage, decision, 'decided');
    if (gate?.stage === stage && gate.proposal && gate.status === 'open') {
      await add(stage, gate.proposal, 'on-table');
    }
  }
  return lists;
};

/** One list that was put on the table, and whether the events until then give that very list. */
export type Recomputed = {
  stage: GatedStage;
  at: Instant;
  proposal: Sha256;
  follows: boolean;
};

/** Draws up anew every proposal of a round until a moment, each from what it was drawn up from, oldest first. */
export const recomputeProposals = async (chronicle: Chronicle, until: Instant): Promise<Recomputed[]> => {
  const drawn = proposalsIn(chronicle.events)
    .filter(({ at }) => at <= until)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const recomputed: Recomputed[] = [];
  for (const { by, ...one } of drawn) {
    if (by.kind === 'person') recomputed.push(await recompute(chronicle, { ...one, by }));
  }
  return recomputed;
};

type Proposed = { gate: string; by: Person; at: Instant; proposal: Sha256; reads?: Sha256 | undefined };

const recompute = async (
  chronicle: Chronicle,
  { gate: id, by, at, proposal, reads: named }: Proposed,
): Promise<Recomputed> => {
  const reads = readsNamed(chronicle, named);
  const events = reads ? chronicle.events : beforeAdvance(chronicle, id);
  const records = drawnFrom({ ...chronicle, events }, { at, reads });
  const gate = await records.find(gateAggregate, id);
  const { roundId } = chronicle;
  const round = await records.find(roundAggregate, roundId);
  const committee = await records.find(committeeAggregate, roundId);
  if (!gate || !round || !committee) throw new Error(`Gate ${id} has no round or no committee.`);
  const { state } = round;
  const { stage } = gate.state;
  const isWhole = !reads || holdsReads(chronicle, reads);
  if (!isWhole || !isGatedRound(state) || state.stage !== stage) {
    return { stage, at, proposal, follows: false };
  }
  const file = await roundFileOf(records, state.plan);
  const place = { by, round: { ...round, state }, committee, gate, file };
  const follows = async (as: { asNoted?: true }): Promise<boolean> => {
    const composed = await composeProposal({ records, clock: { now: () => at }, ...as }, place);
    return composed.ok && (await isSame(records, composed.value, proposal));
  };
  const isAsNow = await follows({});
  return {
    stage,
    at,
    proposal,
    follows: isAsNow || (stage === 'screening' && (await follows({ asNoted: true }))),
  };
};

/** Lists from before the group at the line was noted, or how sure each total or the reliability is, do not say it, and follow as they are. */
const isSame = async (
  records: Pick<RecordReads, 'blob'>,
  composed: Omit<StandingList, 'schemaVersion'>,
  proposal: Sha256,
): Promise<boolean> => {
  const { line, ...list } = composed;
  const isSpread = list.standings.some(({ spread }) => spread);
  if (!line && !isSpread && !saysInterval(list)) return standingText(list).sha256 === proposal;
  const stored = await standingListOf(records, proposal);
  const noted = stored.line && line ? { line } : {};
  const standings = stored.standings.some(({ spread }) => spread)
    ? list.standings
    : list.standings.map(({ spread: _unsaid, ...standing }) => standing);
  const known = saysInterval(stored) ? list : withoutInterval(list);
  return standingText({ ...known, ...noted, standings }).sha256 === proposal;
};

const saysInterval = ({ adjustment }: Pick<StandingList, 'adjustment'>): boolean =>
  adjustment?.checks.some(({ interval }) => interval) ?? false;

const withoutInterval = <List extends Pick<StandingList, 'adjustment'>>(list: List): List => {
  const { adjustment } = list;
  if (!adjustment) return list;
  const checks = adjustment.checks.map(({ interval: _unsaid, ...check }) => check);
  return { ...list, adjustment: { ...adjustment, checks } };
};

/** Without what the round became by the decision at a gate, which may have come within the same millisecond. */
const beforeAdvance = ({ events }: Chronicle, gate: string): StoredEvent[] => {
  const advanced = events.find(({ aggregate, fact }) => {
    const event = aggregate === 'round' ? RoundEvent.parse(fact) : undefined;
    return event?.type === 'stage-advanced' && event.gate === gate;
  });
  return advanced
    ? events.filter(({ aggregate, version }) => aggregate !== 'round' || version < advanced.version)
    : [...events];
};
