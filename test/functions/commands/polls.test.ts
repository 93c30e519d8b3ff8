import { describe, expect, it } from 'vitest';
import { castBallotOn } from '#functions/commands/polls.ts';
import { anOpenPoll, aPollScene } from '#test/builders/poll-scenes.ts';
import { granted } from '#test/builders/scenes.ts';
import { auditor, chair, dana, erlan, members, secretary, stranger } from '#test/builders/selection.ts';

import { close, newest, orderIn, refusalOf } from './poll-room.ts';

describe('a poll', () => {
  it('ranks the group at the line, and comes to one order', async () => {
    const scene = await anOpenPoll();
    const before = await newest(scene, dana);
    expect(before.open.map(({ number }) => number)).toEqual(scene.near.map(scene.numberOf).toSorted());
    for (const by of [dana, erlan]) granted(await scene.cast(by, [2, 0, 1, 3]));
    granted(await scene.cast(chair, [0, 2]));
    granted(await close(scene));

    const { state, own } = await newest(scene, dana);
    expect(await orderIn(scene)).toEqual([2, 0, 1, 3]);
    expect(own?.ranks.map(({ number, rank }) => [number, rank])).toContainEqual([
      scene.numberOf(scene.near[2] ?? ''),
      1,
    ]);
    expect(state).toMatchObject({ kind: 'closed', outdated: false, result: { ballots: 3, voters: 5 } });
    if (state.kind === 'closed') {
      expect(state.result.smith).toMatchObject({ count: 1 });
      expect(state.result.order[0]).toMatchObject({ beats: 3, rank: expect.any(Number) });
    }
  });

  it('ranks what is named, from the list on the table alone', async () => {
    const scene = await aPollScene();
    const [first, second] = scene.applications;
    const numbers = [first?.number ?? '', (second?.number ?? '').toLowerCase()];

    expect(refusalOf(await scene.open(secretary, [...numbers, 'KZ19-9999-9999']))).toBe('invalid');
    expect(refusalOf(await scene.open(secretary, numbers.slice(1)))).toBe('invalid');
    expect(refusalOf(await scene.open(dana, numbers))).toBe('not-allowed');
    expect(refusalOf(await scene.open(stranger, numbers))).toBe('not-found');
    granted(await scene.open(chair, numbers));
    expect((await scene.last()).items).toHaveLength(2);
  });

  it('is opened once from a double click, and by one of two people', async () => {
    const scene = await aPollScene();
    const answers = await Promise.all([scene.open(), scene.open()]);
    expect(answers.map(refusalOf)).toEqual(['ok', 'ok']);

    expect(refusalOf(await scene.open(chair))).toBe('changed-meanwhile');
    expect(await scene.polls()).toHaveLength(1);
  });

  it('shows nobody another ballot, only who has cast one', async () => {
    const scene = await anOpenPoll();
    granted(await scene.cast(dana, [3, 2, 1, 0]));
    const { state } = await newest(scene, erlan);
    if (state.kind !== 'open') throw new Error('It is open.');

    expect(state.asked.map(({ at }) => at !== undefined)).toEqual([false, true, false, false, false]);
    expect(state.ranks).toMatchObject({ version: 0, at: undefined });
    expect(state.ranks?.ranks.every(({ rank }) => rank === undefined)).toBe(true);
    for (const by of [secretary, auditor]) {
      const seen = await newest(scene, by);
      expect(JSON.stringify(seen)).not.toContain('"rank":');
    }
  });

  it('takes another ballot in the place of the first, and keeps both in its history', async () => {
    const scene = await anOpenPoll();
    granted(await scene.cast(dana, [0, 1]));
    granted(await scene.cast(dana, [0, 1]));
    expect(refusalOf(await scene.cast(dana, [1, 0]))).toBe('changed-meanwhile');
    granted(await scene.cast(dana, [1, 0], 1));

    expect((await scene.last()).ballots).toMatchObject([{ version: 2, ranks: { length: 2 } }]);
    const history = await scene.world.records.history('polls', scene.roundId);
    expect(history.map(({ fact }) => fact.type)).toEqual(['poll-opened', 'ballot-cast', 'ballot-cast']);
  });

  it('takes the ballots of everybody at once, each of them once', async () => {
    const scene = await anOpenPoll();
    const everybody = [chair, ...members];
    const answers = await Promise.all(everybody.map((by) => scene.cast(by, [0, 1, 2, 3])));

    expect(answers.map(refusalOf)).toEqual(everybody.map(() => 'ok'));
    expect((await scene.last()).ballots).toHaveLength(5);
  });

  it('says what is wrong with a ballot', async () => {
    const scene = await anOpenPoll();
    const { world, roundId, near, applications } = scene;
    const cast = async (ranks: readonly [string | undefined, number][], by = dana) =>
      castBallotOn(world, {
        by,
        roundId,
        poll: 1,
        seen: 0,
        ranks: ranks.flatMap(([id, rank]) => {
          const found = applications.find((one) => one.id === id);
          return found ? [{ applicationId: found.id, rank }] : [];
        }),
      });
    const outside = applications.find(({ id }) => !near.includes(id))?.id;

    expect(refusalOf(await cast([]))).toBe('invalid');
    expect(refusalOf(await cast([[near[0], 5]]))).toBe('invalid');
    expect(
      refusalOf(
        await cast([
          [near[0], 1],
          [near[0], 2],
        ]),
      ),
    ).toBe('invalid');
    expect(refusalOf(await cast([[outside, 1]]))).toBe('not-in-stage');
    expect(refusalOf(await cast([[near[0], 1]], secretary))).toBe('not-allowed');
    expect(refusalOf(await cast([[near[0], 1]], stranger))).toBe('not-found');
    expect(refusalOf(await castBallotOn(world, { by: dana, roundId, poll: 2, seen: 0, ranks: [] }))).toBe(
      'not-found',
    );
    expect((await scene.last()).ballots).toEqual([]);
  });
});
