import { makeClaim } from '#functions/commands/claims.ts';
import { drawUpProposal, takeProposalBack } from '#functions/commands/gate-work.ts';
import type { Granted } from '#shared/domain/claim.ts';
import { StandingList } from '#shared/domain/standing.ts';
import { grounds, published, text, uphold } from '#test/builders/claims.ts';
import { chair, members, nth, secretary } from '#test/builders/interview-scenes.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const provenance = { source: 'Sample', confidence: 'unverified', verifiedOn: '2026-11-26' } as const;
export const timed = aRoundFile({ claims: { workingDays: 2, ...provenance } });
export const deadline = at('2022-11-07T13:00');
export const [second, third] = [nth(members, 0), nth(members, 1)];

/** The claim of the second, made on Wednesday 2 November and upheld with 90 percent of scoring. */
export const aDecided = async (corrected: Granted = { scoring: 90 }, who = 1) => {
  const { world, roundId, candidates } = await published(timed);
  const mine = nth(candidates, who);
  const { id: claimId, filedAt } = granted(await makeClaim(world, { ...mine, grounds, text })).state;
  const command = { by: chair, roundId, claimId };
  const decision = { ...command, reason: 'Есептелмеген екен.' };
  granted(await uphold(world, { ...decision, corrected }));
  const events = async () => (await world.records.history('claim', claimId)).map(({ fact }) => fact.type);
  const letters = () =>
    [...world.records.outbox.values()].flatMap(({ body }) => (body.kind === 'letter' ? [body.template] : []));
  /** Totals and ranks as they would be decided now; the proposal is taken back again. */
  const results = async () => {
    world.clock.to(deadline);
    const gate = granted(await drawUpProposal(world, { by: secretary, roundId }));
    const list = StandingList.parse(JSON.parse(await world.records.blob(gate.state.proposal ?? '')));
    granted(await takeProposalBack(world, { by: secretary, roundId }));
    return list.standings.map(({ number: _number, ...one }) => one);
  };
  return { world, roundId, candidates, mine, claimId, filedAt, command, decision, events, letters, results };
};
