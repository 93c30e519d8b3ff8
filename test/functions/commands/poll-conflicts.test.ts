import { describe, expect, it } from 'vitest';
import { isWalledPlace } from '#functions/commands/poll-result-view.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { anOpenPoll } from '#test/builders/poll-scenes.ts';
import { granted } from '#test/builders/scenes.ts';
import { dana, erlan, secretary } from '#test/builders/selection.ts';

import { close, newest, orderIn, refusalOf } from './poll-room.ts';

describe('a conflict of interest in a poll', () => {
  it('keeps the application from the member, and its pairs from the count', async () => {
    const scene = await anOpenPoll();
    await inConflictWith(scene.world, scene.roundId, scene.near[0] ?? ('' as never), [dana.id]);
    expect((await newest(scene, dana)).open.map(({ number }) => number)).not.toContain(
      scene.numberOf(scene.near[0] ?? ''),
    );
    expect(refusalOf(await scene.cast(dana, [0, 1]))).toBe('conflict-of-interest');
    granted(await scene.cast(dana, [-1, 1, 2, 3]));
    granted(await scene.cast(erlan, [0, 3, 2, 1]));
    granted(await close(scene));

    const { state } = await newest(scene, secretary);
    if (state.kind !== 'closed') throw new Error('It is closed.');
    const pairs = state.result.order.flatMap((one) =>
      isWalledPlace(one) ? [] : one.pairs.map(({ above, below }) => above + below),
    );
    // Three pairs with the one are Erlan's alone, three are of both.
    expect(pairs.toSorted((a, b) => a - b)).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]);
    expect(await orderIn(scene)).toEqual([0, 1, 2, 3]);
    expect((await orderIn(scene, dana)).filter((one) => one === 'closed')).toHaveLength(1);
    expect(JSON.stringify(await newest(scene, dana))).not.toContain(scene.near[0]);
  });

  it('takes those pairs out of a ballot that was cast before it', async () => {
    const scene = await anOpenPoll();
    granted(await scene.cast(dana, [0, 1, 2, 3]));
    await inConflictWith(scene.world, scene.roundId, scene.near[0] ?? ('' as never), [dana.id]);
    granted(await close(scene));
    const poll = await scene.last();

    expect(poll).toMatchObject({
      status: 'closed',
      counted: [{ memberId: dana.id, without: [scene.near[0]] }],
    });
  });

  it('that comes up afterwards changes no result, and is told', async () => {
    const scene = await anOpenPoll();
    granted(await scene.cast(dana, [0, 1, 2, 3]));
    granted(await close(scene));
    const before = await newest(scene, secretary);
    await inConflictWith(scene.world, scene.roundId, scene.near[0] ?? ('' as never), [dana.id]);
    const after = await newest(scene, secretary);

    expect([before.state, after.state]).toMatchObject([{ outdated: false }, { outdated: true }]);
    if (before.state.kind === 'closed' && after.state.kind === 'closed') {
      expect(after.state.result).toEqual(before.state.result);
    }
  });

  it('sends out who leaves the whole list by the round file', async () => {
    const scene = await anOpenPoll((file) => {
      const { source, confidence, verifiedOn } = file.committee;
      const recusal = { leaves: 'list', quorum: { of: 'committee' }, substitutes: 'when-short' } as const;
      return {
        ...file,
        committee: { ...file.committee, recusal: { ...recusal, source, confidence, verifiedOn } },
      };
    });
    granted(await scene.cast(dana, [0, 1, 2, 3]));
    granted(await scene.cast(erlan, [3, 2, 1, 0]));
    const outside = scene.applications.find(({ id }) => !scene.near.includes(id));
    await inConflictWith(scene.world, scene.roundId, outside?.id ?? ('' as never), [dana.id]);
    expect(refusalOf(await scene.cast(dana, [1, 0], 1))).toBe('conflict-of-interest');
    granted(await close(scene));

    expect(await scene.last()).toMatchObject({ counted: [{ memberId: erlan.id }], voters: 4 });
  });
});
