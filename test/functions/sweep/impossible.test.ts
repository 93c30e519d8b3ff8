import { describe, expect, it } from 'vitest';
import { impossibleIn } from '#functions/sweep/impossible.ts';
import { roundInvariants } from '#shared/checks/finding.ts';
import type { Round } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import { aClosedRoundIn, type ClosedRound } from '#test/builders/closed-round.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { candidacyOf } from '#test/builders/selection.ts';
import { bounded, breaks, calledIn, found, nth, stoppedAt } from './impossible-states.ts';

describe('states of a round that should be impossible', () => {
  it('are in no round that was played by its commands, wherever it stands', async () => {
    const world = aWorld();
    const stages: (Round['stage'] | undefined)[] = [];
    const look = async ({ roundId }: ClosedRound): Promise<void> => {
      stages.push((await world.records.find(roundAggregate, roundId))?.state.stage);
      expect(await impossibleIn(world, roundId)).toEqual([]);
    };

    const round = await aClosedRoundIn(world, bounded, { interviewed: look, last: look });
    await look(round);

    expect(stages).toEqual(['interviews', 'offers', 'closed']);
  });

  it.for(roundInvariants)('are found where there is %s', async (name) => {
    const [where, broken] = breaks[name];
    const scene = where === 'call' ? await calledIn() : await stoppedAt(where);
    expect(await found(scene)).toEqual([]);

    await broken(scene);

    expect(await found(scene)).toContain(name);
  });

  it('are no finding where only a list lags behind', async () => {
    const scene = await stoppedAt('interviewed');
    const stale = await scene.world.records.list(slotAggregate, 'list', `SLOTS#${scene.roundId}`);
    const { list } = scene.world.records;
    const { slotId } = await candidacyOf(scene.world, nth(scene, 0));
    const free = stale.items.map(({ state, ...one }) => {
      const { applicationId: _whose, bookedAt: _when, ...slot } = state;
      return Object.assign(one, { state: one.id === slotId ? slot : state });
    });
    scene.world.records.list = async (aggregate, ...rest) => {
      if (aggregate.name !== 'slot') return await list(aggregate, ...rest);
      return {
        items: free.map(({ state, ...one }) =>
          Object.assign(one, { state: aggregate.snapshot.parse(state) }),
        ),
      };
    };

    expect(await found(scene)).toEqual([]);
  });
});
