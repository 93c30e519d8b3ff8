import { expect, it } from 'vitest';
import { confirmCapacity, proposeCapacity } from '#functions/commands/capacities.ts';
import { makeNextOffers } from '#functions/commands/offer-making.ts';
import { releaseOffers } from '#functions/commands/offer-release.ts';
import { declineOffer } from '#functions/commands/offers.ts';
import { publishResults } from '#functions/commands/results-publication.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { publicationOf } from '#shared/domain/results-publication.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { resultsKey } from '#shared/ports/papers.ts';
import { aClosedRoundIn, type ClosedRound, offerTo } from '#test/builders/closed-round.ts';
import { second } from '#test/builders/offer-parts.ts';
import { theAdministrator as by } from '#test/builders/offers.ts';
import { aKey } from '#test/builders/results.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { signerOf } from '#test/builders/signer.ts';

it('the bundle of a round holds whose offers went out in two parts and then to all', async () => {
  const world = { ...aWorld(), signer: signerOf(aKey()) };
  const letGo = async ({ roundId }: ClosedRound): Promise<void> => {
    const typed = { vacancy: 'MAT-003', posts: '3', reason: 'Two classes opened.' };
    granted(await proposeCapacity(world, { by, roundId, ...typed }));
    granted(await confirmCapacity(world, { by: second, roundId, change: 1, confirmed: 0 }));
    for (const through of [1, 2, undefined]) {
      granted(await releaseOffers(world, { by, roundId, confirmed: 1, through }));
      expect(await makeNextOffers(world, { roundId, by })).toBe(1);
      world.clock.pass(3600);
    }
  };
  const last = async (round: ClosedRound): Promise<void> => {
    granted(await declineOffer(world, { ...(await offerTo(world, round, 2)), reason: 'distance' }));
  };
  const { roundId } = await aClosedRoundIn(world, undefined, { letGo, last });

  await publishResults(world, { roundId, stage: 'offers' });

  const round = (await world.records.find(roundAggregate, roundId))?.state;
  const decision = round && publicationOf(round, 'offers')?.decision;
  const key = resultsKey(roundId, 'offers', decision ?? sha256Of(''));
  const text = new TextDecoder().decode(world.papers.stored.get(key));
  const { findings, bundle } = await verifyResults(text);
  expect(bundle?.statement.offers?.steps.filter(({ type }) => type === 'offered')).toHaveLength(3);
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
});
