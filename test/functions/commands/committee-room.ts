import { drawUpProposal, vote } from '#functions/commands/gate-work.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import type { Gate } from '#shared/domain/gate.ts';
import type { RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import { committee, granted, voters, type World } from '#test/builders/scenes.ts';

/** What stands of a round, its gate and its table, for tests of what a committee does. */
export const roundIn = async (world: World, roundId: RoundId): Promise<Round> => {
  const round = await world.records.find(roundAggregate, roundId);
  if (!round) throw new Error('The round is gone.');
  return round.state;
};

export const gateIn = async (world: World, roundId: RoundId): Promise<Gate> => {
  const round = await roundIn(world, roundId);
  const gate = isGatedRound(round) && (await gateOfRound(world.records, round));
  if (!gate) throw new Error('There is no gate.');
  return gate.state;
};

/** Draws the proposal up. */
export const onTable = async (world: World, roundId: RoundId): Promise<Sha256> => {
  const { proposal } = granted(await drawUpProposal(world, { by: committee.secretary, roundId })).state;
  if (!proposal) throw new Error('Nothing was drawn up.');
  return proposal;
};

/** The first so many vote for it. */
export const votes = async (
  world: World,
  roundId: RoundId,
  proposal: Sha256,
  count: number,
): Promise<void> => {
  for (const by of voters.slice(0, count)) {
    granted(await vote(world, { by, roundId, proposal, choice: 'for', reason: '' }));
  }
};
