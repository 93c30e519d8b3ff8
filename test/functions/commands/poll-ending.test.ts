import { describe, expect, it } from 'vitest';
import { withdrawApplication } from '#functions/commands/applications.ts';
import { advanceRound } from '#functions/commands/gate-decision.ts';
import { vote } from '#functions/commands/gate-work.ts';
import { pollsView } from '#functions/commands/poll-view.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { anOpenPoll, aPollScene } from '#test/builders/poll-scenes.ts';
import { granted } from '#test/builders/scenes.ts';
import {
  anApplicant,
  chair,
  dana,
  erlan,
  gateIn,
  leaves,
  members,
  secretary,
} from '#test/builders/selection.ts';

import { annul, close, newest, orderIn, refusalOf, view } from './poll-room.ts';

describe('the end of a poll', () => {
  it('comes from who leads, with at least one ballot, and only once', async () => {
    const scene = await anOpenPoll();
    expect(refusalOf(await close(scene))).toBe('invalid');
    granted(await scene.cast(dana, [0, 1]));
    expect(refusalOf(await close(scene, dana))).toBe('not-allowed');
    const answers = await Promise.all([close(scene), close(scene, chair)]);

    expect(answers.map(refusalOf)).toEqual(['ok', 'ok']);
    const history = await scene.world.records.history('polls', scene.roundId);
    expect(history.filter(({ fact }) => fact.type === 'poll-closed')).toHaveLength(1);
  });

  it('is told to who casts a ballot after it, whose ballot is not counted', async () => {
    const scene = await anOpenPoll();
    granted(await scene.cast(dana, [0, 1]));
    granted(await close(scene));

    expect(refusalOf(await scene.cast(erlan, [1, 0]))).toBe('ballot-closed');
    expect((await scene.last()).ballots).toHaveLength(1);
  });

  it('does not count who has left, nor an application that was withdrawn', async () => {
    const scene = await anOpenPoll();
    for (const by of [dana, erlan]) granted(await scene.cast(by, [0, 1, 2, 3]));
    await leaves(scene.world, scene.roundId, dana);
    const index = scene.applications.findIndex(({ id }) => id === scene.near[1]);
    granted(
      await withdrawApplication(scene.world, {
        by: anApplicant(index),
        applicationId: nth(scene.applications, index).id,
        reasonCode: 'personal',
      }),
    );
    granted(await scene.cast(erlan, [1, 3, 2, 0], 1));
    granted(await close(scene));

    expect(await scene.last()).toMatchObject({ counted: [{ memberId: erlan.id }], left: [scene.near[1]] });
    expect(await orderIn(scene)).toEqual([3, 2, 0]);
  });

  it('can be annulled with a reason: no ballot and no result is shown any more, and another one may follow', async () => {
    const scene = await anOpenPoll();
    granted(await scene.cast(dana, [0, 1]));
    granted(await close(scene));
    expect(refusalOf(await annul(scene, secretary, ' '))).toBe('reason-needed');
    expect(refusalOf(await annul(scene, dana))).toBe('not-allowed');
    granted(await annul(scene));
    granted(await annul(scene));
    const { state } = await newest(scene, chair);

    expect(state).toMatchObject({ kind: 'annulled', reason: 'Пропущено заявление.' });
    expect(JSON.stringify(state)).not.toContain('order');
    expect(refusalOf(await close(scene))).toBe('ballot-closed');
    expect((await view(scene, secretary)).opening?.group).toHaveLength(4);
    granted(await scene.open());
    expect(await scene.polls()).toHaveLength(2);
  });

  it('comes with the decision of the stage, after which nothing of it is shown or changed', async () => {
    const scene = await anOpenPoll();
    granted(await scene.cast(dana, [0, 1]));
    const { world, roundId } = scene;
    const proposal = (await gateIn(world, roundId))?.proposal;
    if (!proposal) throw new Error('Nothing lies on the table.');
    for (const by of [chair, ...members]) {
      granted(await vote(world, { by, roundId, proposal, choice: 'for', reason: '' }));
    }
    granted(await advanceRound(world, { by: chair, roundId, proposal }));

    expect((await newest(scene, secretary)).state).toEqual({ kind: 'lapsed' });
    expect(['gate-not-open', 'already-decided']).toContain(refusalOf(await scene.cast(erlan, [1, 0])));
    expect(['gate-not-open', 'already-decided']).toContain(refusalOf(await close(scene)));
  });

  it('needs a list on the table to begin with, and a round file that lets the committee', async () => {
    const scene = await aPollScene((file) => ({
      ...file,
      committee: { ...file.committee, ballots: 'none' },
    }));

    expect(refusalOf(await scene.open())).toBe('not-found');
    const { world, roundId } = scene;
    expect(refusalOf(await pollsView({ ...world, people: memoryPeople() }, { by: chair, roundId }))).toBe(
      'not-found',
    );
  });
});
