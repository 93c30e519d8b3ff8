import { describe, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { scoringView } from '#functions/commands/scoring-views.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { StandingList } from '#shared/domain/standing.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, chair, members, ratersOf, score, secretary } from '#test/builders/selection.ts';

const scoring = async () => {
  const world = aWorld();
  const selection = await aScoringIn(world);
  return { world, ...selection, first: nth(selection.applications, 0).id };
};

const everyone = [chair, ...members];

/** Both raters of the first application have scored it: one best, the other worst. */
const apart = async () => {
  const scene = await scoring();
  const raters = await ratersOf(scene.world, scene.first);
  for (const [index, by] of raters.entries()) granted(await score(scene, by, scene.first, index === 0));
  const now = await ratersOf(scene.world, scene.first);
  return { scene, raters, third: now.filter((one) => !raters.includes(one)) };
};

describe('scores that lie further apart than the round file allows', () => {
  it('go to one more rater in the same commit, and hold the proposal up until that one has scored', async () => {
    const { scene, third } = await apart();
    const { world, roundId, first } = scene;
    const [by, ...more] = third;
    if (!by) throw new Error('Nobody else was asked.');

    expect(more).toEqual([]);
    const history = await world.records.history('candidacy', first);
    expect(history.slice(-2).map(({ fact }) => fact.type)).toEqual(['score-given', 'raters-assigned']);
    for (const { id } of scene.applications.slice(1)) {
      for (const rater of await ratersOf(world, id)) granted(await score(scene, rater, id));
    }
    expect(await drawUpProposal(world, { by: secretary, roundId })).toEqual({
      ok: false,
      error: { kind: 'unfinished-work', remaining: 1, of: 'scores' },
    });
    granted(await score(scene, by, first));
    const proposal = granted(await drawUpProposal(world, { by: secretary, roundId })).state.proposal;
    const list = StandingList.parse(JSON.parse((await world.records.blob(proposal ?? '')) ?? ''));
    const standing = list.standings.find(({ applicationId }) => applicationId === first);
    expect(standing?.scoring).toBe(66.6667);
  });

  it('are counted for who runs the committee, and for no rater', async () => {
    const { scene } = await apart();
    const view = async (by: Person) =>
      granted(await scoringView(scene.world, { by, roundId: scene.roundId })).apart;

    expect(await view(secretary)).toBe(1);
    expect(await view(members[0] ?? chair)).toBeUndefined();
  });

  it('are not counted for a chair who still owes a score', async () => {
    const scene = await scoring();
    const { world, roundId } = scene;
    const view = async () => granted(await scoringView(world, { by: chair, roundId }));
    const { own } = await view();
    expect(own.length).toBeGreaterThan(0);

    for (const { applicationId } of own) {
      expect((await view()).apart).toBeUndefined();
      granted(await score(scene, chair, applicationId));
    }
    expect((await view()).apart).toBe(0);
  });

  it('keep the place open where nobody is free of a conflict, until a member is', async () => {
    const scene = await scoring();
    const { world, roundId, first } = scene;
    const raters = await ratersOf(world, first);
    for (const by of everyone.filter((one) => !raters.includes(one))) {
      granted(await declareOwnConflict(world, { by, roundId, applicationId: first }));
    }
    for (const [index, by] of raters.entries()) granted(await score(scene, by, first, index === 0));

    expect(await ratersOf(world, first)).toEqual(raters);
    expect(granted(await scoringView(world, { by: secretary, roundId })).open).toBe(1);
  });

  it('that come closer again leave the one who was asked', async () => {
    const { scene, raters } = await apart();
    const [, severe] = raters;
    if (!severe) throw new Error('There are two raters.');

    granted(await score(scene, severe, scene.first));
    expect(await ratersOf(scene.world, scene.first)).toHaveLength(3);
  });
});
