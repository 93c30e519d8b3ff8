import { openGate } from '#functions/commands/gates.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { advanceTo, anInterviewRoundIn, applicants, nth } from '#test/builders/interview-scenes.ts';
import type { World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

/** A round whose preliminary results are out since 2 November 2022: Aigul goes on, Bolat stops below the minimum. */
export const aPublishedRoundIn = async (world: World) => {
  const scene = await anInterviewRoundIn(world, { people: applicants(2), stopped: 1 });
  return { ...scene, ...(await publishedIn(world, scene)) };
};

type Scene = Awaited<ReturnType<typeof anInterviewRoundIn>>;

/** The interviews are over, and what they came to is decided and open to claims. */
export const publishedIn = async (world: World, { roundId, candidates }: Scene) => {
  const [aigul, bolat] = [nth(candidates, 0), nth(candidates, 1)];
  world.clock.to(at('2022-11-02T06:00'));
  const standings: Standing[] = [
    {
      applicationId: aigul.applicationId,
      number: aigul.application.number,
      outcome: 'goes-on',
      reasons: [],
      scoring: 80,
      interview: 61.25,
      total: 72.5,
      rank: 1,
    },
    {
      applicationId: bolat.applicationId,
      number: bolat.application.number,
      outcome: 'stops',
      reasons: ['below-minimum'],
      scoring: 12,
    },
  ];
  await advanceTo(world, roundId, { from: 'interviews', to: 'preliminary', standings });
  await advanceTo(world, roundId, { from: 'preliminary', to: 'claims', standings });
  await openGate(world, { roundId, token: 'claims' });
  return { aigul, bolat, standings };
};
