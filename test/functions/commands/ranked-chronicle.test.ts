import { expect, it } from 'vitest';
import { chronicleOf } from '#functions/commands/chronicle.ts';
import { rankedChronicle } from '#functions/commands/ranked-chronicle.ts';
import { recountBasis } from '#functions/commands/recount-basis.ts';
import type { Chronicle } from '#shared/replay/chronicle.ts';
import { aMixedRound, type Step, stepIn } from '#test/builders/corrected-steps.ts';
import { advanceIn } from '#test/builders/selection.ts';

const before: readonly Step[] = [
  { does: 'departs', part: 'scoring', who: 1, to: 0 },
  { does: 'totals', part: 'scoring', who: 3, to: 97 },
];
const claims: readonly Step[] = [
  { does: 'claim', part: 'interview', who: 2, to: 81 },
  { does: 'claim', part: 'scoring', who: 0, to: 2 },
  { does: 'withdraws', part: 'scoring', who: 1, to: 0 },
];

it('counts from what ranks what the whole record of the round counts from', async () => {
  const scene = await aMixedRound();
  const { world, roundId } = scene;
  for (const step of before) await stepIn(scene, step);
  await advanceIn(world, roundId);
  await advanceIn(world, roundId);
  for (const step of claims) await stepIn(scene, step);
  const basisOf = async (chronicle: Chronicle | undefined) => {
    if (!chronicle) throw new Error('The round has no record.');
    const found = await recountBasis(chronicle, world.clock.now());
    // Functions are compared by what they answer.
    return found && { ...found, basis: { ...found.basis, scoring: undefined } };
  };

  const [whole, ranked] = [
    await chronicleOf(world.records, roundId),
    await rankedChronicle(world.records, roundId),
  ];

  expect(whole?.events.length).toBeGreaterThan(ranked.events.length);
  expect(await basisOf(ranked)).toEqual(await basisOf(whole));
  expect((await basisOf(ranked))?.upheld.length).toBeGreaterThan(0);
});
