import { describe, expect, it } from 'vitest';
import { screeningView } from '#functions/commands/candidate-views.ts';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { guestsView, myGuestRounds } from '#functions/commands/guest-views.ts';
import { endGuest } from '#functions/commands/guests.ts';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { ownFeedback } from '#functions/commands/rater-feedback.ts';
import { scorecardView, scoringView } from '#functions/commands/scoring-views.ts';
import { aHostingScene, guest } from '#test/builders/guest-scene.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { practiceUpload, practise } from '#test/builders/practice.ts';
import { granted } from '#test/builders/scenes.ts';
import { candidacyOf, ratersOf, score, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

type Scene = Awaited<ReturnType<typeof aHostingScene>>;

const ownIn = async ({ world, roundId }: Scene) =>
  granted(await scoringView(world, { by: guest, roundId })).own;

const guestsIn = async ({ world, roundId }: Scene) =>
  granted(await guestsView({ ...world, people: memoryPeople() }, { by: secretary, roundId })).guests;

describe('what a guest scores', () => {
  it('is as much of a lot as was agreed, beside the raters of the committee', async () => {
    const scene = await aHostingScene();
    const { world, roundId, applications, invite, join } = scene;
    granted(await invite());
    granted(await join());
    const open = granted(await scoringView(world, { by: secretary, roundId })).open;
    granted(await reassignOpen(world, { by: secretary, roundId }));

    expect(open).toBe(2);
    const own = await ownIn(scene);
    expect(own).toHaveLength(2);
    for (const { id } of applications) {
      const { raters } = await candidacyOf(world, id);
      const isLinked = own.some(({ applicationId }) => applicationId === id);
      expect(raters.filter((rater) => rater !== guest.id)).toHaveLength(2);
      expect(raters.includes(guest.id)).toBe(isLinked);
    }
    granted(await reassignOpen(world, { by: secretary, roundId }));
    expect(await ownIn(scene)).toEqual(own);
    expect(granted(await scoringView(world, { by: secretary, roundId })).open).toBe(0);
  });

  it('is what the secretary named by number, and nothing else', async () => {
    const scene = await aHostingScene();
    const { applications, hosted } = scene;
    const wanted = [nth(applications, 1), nth(applications, 3)];
    await hosted({ atMost: '', applications: wanted.map(({ number }) => number.toLowerCase()).join(', ') });

    expect((await ownIn(scene)).map(({ number }) => number).toSorted()).toEqual(
      wanted.map(({ number }) => number).toSorted(),
    );
  });

  it('counts like any score, and the proposal waits for it', async () => {
    const scene = await aHostingScene(3);
    const { world, roundId, applications, hosted } = scene;
    await hosted({ atMost: '1' });
    const [item] = await ownIn(scene);
    for (const { id } of applications) {
      const seated = (await ratersOf(world, id)).filter(
        (one, index, all) => all.findIndex(({ id: other }) => other === one.id) === index,
      );
      const { raters } = await candidacyOf(world, id);
      for (const by of seated) if (raters.includes(by.id)) granted(await score(scene, by, id));
    }

    expect(await drawUpProposal(world, { by: secretary, roundId })).toMatchObject({
      error: { kind: 'unfinished-work', remaining: 1, of: 'scores' },
    });
    if (!item) throw new Error('Nothing was given to the guest.');
    granted(await score(scene, guest, item.applicationId, false));
    const { scores } = await candidacyOf(world, item.applicationId);
    expect(scores.map(({ total }) => total)).toContain(0);
    granted(await drawUpProposal(world, { by: secretary, roundId }));
  });

  it('is all that a guest comes to: no list, no other application, none after scoring', async () => {
    const scene = await aHostingScene();
    const { world, roundId, applications, hosted } = scene;
    await hosted();
    const own = new Set((await ownIn(scene)).map(({ applicationId }) => applicationId));
    const other = applications.find(({ id }) => !own.has(id));
    if (!other) throw new Error('Everything was given to the guest.');
    const beyond = { by: guest, roundId, applicationId: other.id };

    expect(await scorecardView(world, beyond)).toMatchObject({ error: { kind: 'not-found' } });
    expect(await score(scene, guest, other.id)).toMatchObject({ error: { kind: 'not-found' } });
    expect(await declareOwnConflict(world, beyond)).toMatchObject({ error: { kind: 'not-found' } });
    expect(await screeningView(world, { by: guest, roundId })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    const view = granted(await scoringView(world, { by: guest, roundId }));
    expect(view).toMatchObject({ open: 0, feedback: false });
    expect(await ownFeedback(world, { by: guest, roundId })).toMatchObject({ error: { kind: 'not-found' } });
    expect([view.progress, view.apart, view.spread]).toEqual([undefined, undefined, undefined]);
  });

  it('is closed once the last day is over, or the secretary ends it; scores stay and the rest is handed on', async () => {
    const scene = await aHostingScene();
    const { world, roundId, hosted } = scene;
    await hosted();
    const [first, second] = await ownIn(scene);
    if (!first || !second) throw new Error('Two were given to the guest.');
    granted(await score(scene, guest, first.applicationId));
    granted(await endGuest(world, { by: secretary, roundId, guest: 1 }));

    expect(await score(scene, guest, second.applicationId)).toMatchObject({ error: { kind: 'not-found' } });
    expect(await myGuestRounds(world, guest.id)).toEqual([]);
    granted(await reassignOpen(world, { by: secretary, roundId }));
    const [scored, owed] = [
      await candidacyOf(world, first.applicationId),
      await candidacyOf(world, second.applicationId),
    ];
    expect(scored.raters).toContain(guest.id);
    expect(scored.scores).toHaveLength(1);
    expect(owed.raters).not.toContain(guest.id);
    expect(owed.raters).toHaveLength(2);
  });

  it('is compared with the last day when it is written', async () => {
    const scene = await aHostingScene();
    const { world, hosted } = scene;
    await hosted();
    const [first] = await ownIn(scene);
    if (!first) throw new Error('Nothing was given to the guest.');
    world.clock.to(at('2022-10-20T17:59'));
    granted(await score(scene, guest, first.applicationId));
    world.clock.to(at('2022-10-20T18:00'));

    expect(await score(scene, guest, first.applicationId, false)).toMatchObject({
      error: { kind: 'not-found' },
    });
    expect((await guestsIn(scene))[0]).toMatchObject({ standing: 'over', given: 1 });
  });

  it('is given back by a conflict of interest; another application takes its place, and a member where one is owed', async () => {
    const scene = await aHostingScene();
    const { world, roundId, hosted } = scene;
    await hosted();
    const [first, second] = await ownIn(scene);
    if (!first || !second) throw new Error('Two were given to the guest.');
    const declared = { by: guest, roundId, applicationId: first.applicationId };
    granted(await declareOwnConflict(world, declared));
    granted(await declareOwnConflict(world, declared));

    expect(await scorecardView(world, declared)).toMatchObject({ error: { kind: 'conflict-of-interest' } });
    expect(await ownIn(scene)).toEqual([second]);
    granted(await reassignOpen(world, { by: secretary, roundId }));
    const own = await ownIn(scene);
    expect(own).toHaveLength(2);
    expect(own.map(({ applicationId }) => applicationId)).not.toContain(first.applicationId);
  });

  it('waits for practice where the round asks raters to practise', async () => {
    const scene = await aHostingScene(3, practiceUpload());
    const { world, roundId, hosted } = scene;
    await hosted();

    expect(await scoringView(world, { by: guest, roundId })).toMatchObject({
      error: { kind: 'practice-needed' },
    });
    await practise(world, { by: guest, roundId });
    expect(await ownIn(scene)).toHaveLength(2);
  });
});
