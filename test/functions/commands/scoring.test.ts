import { describe, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { undoLastAdvance } from '#functions/commands/gate-decision.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { assignRaters } from '#functions/commands/rater-drawing.ts';
import { scoreApplication } from '#functions/commands/scoring.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { drawSeedOf } from '#shared/domain/ranking.ts';
import { StandingList } from '#shared/domain/standing.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import {
  advanceIn,
  aScoringIn,
  candidacyOf,
  chair,
  gateIn,
  leaves,
  members,
  pointsOf,
  ratersOf,
  roundIn,
  type Selection,
  score,
  secretary,
} from '#test/builders/selection.ts';

type Scene = Selection & { world: World; first: ApplicationId };

const scoring = async (count = 3): Promise<Scene> => {
  const world = aWorld();
  const selection = await aScoringIn(
    world,
    Array.from({ length: count }, () => ({})),
  );
  const first = selection.applications[0]?.id;
  if (!first) throw new Error('Somebody applied.');
  return { world, ...selection, first };
};

const everyone = [chair, ...members];

/** Every rater scores: the first application best, the others worst. */
const scoreAll = async (scene: Scene): Promise<void> => {
  for (const { id } of scene.applications) {
    for (const by of await ratersOf(scene.world, id)) {
      granted(await score(scene, by, id, id === scene.first));
    }
  }
};

const raterOf = async ({ world, first }: Scene): Promise<Person> => {
  const [rater] = await ratersOf(world, first);
  if (!rater) throw new Error('The application has no rater.');
  return rater;
};

const listIn = async ({ world, roundId }: Scene): Promise<StandingList> =>
  StandingList.parse(JSON.parse(await world.records.blob((await gateIn(world, roundId))?.proposal ?? '')));

describe('asking raters', () => {
  it('gives each admitted application two, none of whom has a conflict, once', async () => {
    const scene = await scoring(5);
    const { world, roundId, applications } = scene;
    const commits = world.records.commits.length;

    expect(await assignRaters(world, roundId)).toBe('done');

    expect(world.records.commits).toHaveLength(commits);
    for (const { id } of applications) expect(await ratersOf(world, id)).toHaveLength(2);
    const loads = await Promise.all(applications.map(({ id }) => ratersOf(world, id)));
    const counts = everyone.map((one) => loads.flat().filter(({ id }) => id === one.id).length);
    expect(counts).toEqual([2, 2, 2, 2, 2]);
  });

  it('goes on after a crash in the middle with the same raters', async () => {
    const whole = await scoring(60);
    const broken = aWorld();
    const { commit } = broken.records;
    let failures = 0;
    broken.records.commit = async (one) => {
      const raters = one.changes.some(({ facts }) => facts.some(({ type }) => type === 'raters-assigned'));
      failures += raters ? 1 : 0;
      if (raters && failures === 2) throw new Error('The machine was switched off.');
      return await commit(one);
    };
    const forms = Array.from({ length: 60 }, () => ({}));
    await expect(aScoringIn(broken, forms)).rejects.toThrow('switched off');

    expect(await assignRaters(broken, whole.roundId)).toBe('done');
    for (const { id } of whole.applications) {
      expect((await candidacyOf(broken, id)).raters).toEqual((await candidacyOf(whole.world, id)).raters);
    }
  });

  it('leaves a place open where too few are free, and says so at the gate', async () => {
    const scene = await scoring(1);
    const { world, roundId, first } = scene;
    for (const by of everyone.slice(0, 4)) {
      granted(await declareOwnConflict(world, { by, roundId, applicationId: first }));
    }
    const left = await ratersOf(world, first);
    for (const by of left) granted(await score(scene, by, first));

    expect(left.map(({ id }) => id)).toEqual([everyone[4]?.id]);
    expect(await drawUpProposal(world, { by: secretary, roundId })).toEqual({
      ok: false,
      error: { kind: 'unfinished-work', remaining: 1, of: 'scores' },
    });
  });
});

describe('a conflict of interest', () => {
  it('closes the application to the member and hands it to another rater at once', async () => {
    const scene = await scoring();
    const { world, roundId, first } = scene;
    const rater = await raterOf(scene);
    const before = world.records.commits.length;

    granted(await declareOwnConflict(world, { by: rater, roundId, applicationId: first }));

    expect(world.records.commits).toHaveLength(before + 1);
    const after = await ratersOf(world, first);
    expect(after).toHaveLength(2);
    expect(after.map(({ id }) => id)).not.toContain(rater.id);
    expect(await score(scene, rater, first)).toMatchObject({ error: { kind: 'conflict-of-interest' } });
  });

  it('declared between reading and scoring wins: the score is not stored', async () => {
    const scene = await scoring();
    const { world, roundId, first } = scene;
    const rater = await raterOf(scene);
    world.records.interfere(() => declareOwnConflict(world, { by: rater, roundId, applicationId: first }));

    expect(await score(scene, rater, first)).toEqual({ ok: false, error: { kind: 'conflict-of-interest' } });
    expect((await candidacyOf(world, first)).scores).toEqual([]);
  });

  it('takes a score that was given out of the mean', async () => {
    const scene = await scoring(1);
    const { world, roundId, first } = scene;
    await scoreAll(scene);
    const rater = await raterOf(scene);

    granted(await declareOwnConflict(world, { by: rater, roundId, applicationId: first }));

    const { raters, scores } = await candidacyOf(world, first);
    expect(raters).not.toContain(rater.id);
    expect(scores.map(({ raterId }) => raterId)).toContain(rater.id);
    expect(await drawUpProposal(world, { by: secretary, roundId })).toMatchObject({
      error: { kind: 'unfinished-work', remaining: 1, of: 'scores' },
    });
  });

  it('declared twice changes nothing, and is for who has a seat', async () => {
    const scene = await scoring();
    const { world, roundId, first } = scene;
    const conflict = { by: await raterOf(scene), roundId, applicationId: first };
    granted(await declareOwnConflict(world, conflict));
    const commits = world.records.commits.length;

    granted(await declareOwnConflict(world, conflict));

    expect(world.records.commits).toHaveLength(commits);
    await leaves(world, roundId, conflict.by);
    expect(await declareOwnConflict(world, conflict)).toMatchObject({ error: { kind: 'not-found' } });
  });
});

describe('a score', () => {
  it('marks the stage as noticed, so that its advance stays', async () => {
    const scene = await scoring();
    const { world, roundId, first } = scene;
    granted(await score(scene, await raterOf(scene), first));

    expect((await roundIn(world, roundId)).effectiveAt).toBe(world.clock.now());
    expect(await undoLastAdvance(world, { by: chair, roundId, reason: 'Too soon.' })).toMatchObject({
      error: { kind: 'took-effect' },
    });
  });

  it('of somebody who was not asked is refused', async () => {
    const scene = await scoring();
    const raters = new Set((await ratersOf(scene.world, scene.first)).map(({ id }) => id));
    const other = members.find(({ id }) => !raters.has(id));
    if (!other) throw new Error('Everyone is a rater.');

    expect(await score(scene, other, scene.first)).toMatchObject({ error: { kind: 'not-assigned' } });
  });

  it('that races the drawing up of the proposal is refused', async () => {
    const scene = await scoring(1);
    const { world, roundId, first } = scene;
    await scoreAll(scene);
    const rater = await raterOf(scene);
    world.records.interfere(() => drawUpProposal(world, { by: secretary, roundId }));

    expect(await score(scene, rater, first, false)).toEqual({
      ok: false,
      error: { kind: 'proposal-on-table' },
    });
    expect((await listIn(scene)).standings[0]?.total).toBe(100);
  });

  it('that comes in while the proposal is being drawn up is in it, or the drawing up starts again', async () => {
    const scene = await scoring(1);
    const { world, roundId, first } = scene;
    await scoreAll(scene);
    const by = await raterOf(scene);
    const points = { ...(await pointsOf(world, true, roundId)), 'graduate-programme': 0 };
    world.records.interfere(() => scoreApplication(world, { by, roundId, applicationId: first, points }));

    granted(await drawUpProposal(world, { by: secretary, roundId }));

    const totals = (await candidacyOf(world, first)).scores.map(({ total }) => total);
    expect(new Set(totals)).toEqual(new Set([97, 100]));
    expect((await listIn(scene)).standings[0]?.total).toBe(98.5);
  });

  it('after the gate was decided is late', async () => {
    const scene = await scoring(1);
    await scoreAll(scene);
    const rater = await raterOf(scene);
    await advanceIn(scene.world, scene.roundId);

    expect(await score(scene, rater, scene.first, false)).toEqual({
      ok: false,
      error: { kind: 'wrong-stage', stage: 'interviews' },
    });
  });
});

describe('members who leave', () => {
  it('hand on what they owe at one press, while their scores stay', async () => {
    const scene = await scoring(5);
    const { world, roundId, first, applications } = scene;
    const rater = await raterOf(scene);
    granted(await score(scene, rater, first));
    await leaves(world, roundId, rater);

    expect(await reassignOpen(world, { by: secretary, roundId })).toEqual({ ok: true, value: 1 });

    const candidacies = await Promise.all(applications.map(({ id }) => candidacyOf(world, id)));
    expect(
      candidacies.filter(({ raters }) => raters.includes(rater.id)).map((one) => one.applicationId),
    ).toEqual([first]);
    expect(candidacies.every(({ raters }) => raters.length === 2)).toBe(true);
    expect(await reassignOpen(world, { by: secretary, roundId })).toEqual({ ok: true, value: 0 });
  });

  it('are replaced by the secretary and by nobody else', async () => {
    const { world, roundId } = await scoring(1);

    expect(await reassignOpen(world, { by: chair, roundId })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
  });
});

describe('the proposal of scoring', () => {
  it('waits for every score that is owed', async () => {
    const scene = await scoring();
    granted(await score(scene, await raterOf(scene), scene.first));

    expect(await drawUpProposal(scene.world, { by: secretary, roundId: scene.roundId })).toEqual({
      ok: false,
      error: { kind: 'unfinished-work', remaining: 5, of: 'scores' },
    });
  });

  it('ranks by the mean, draws what is tied from the receipts, and stops who is below the minimum', async () => {
    const scene = await scoring();
    await scoreAll(scene);

    granted(await drawUpProposal(scene.world, { by: secretary, roundId: scene.roundId }));

    const { standings, drawSeed } = await listIn(scene);
    expect(drawSeed).toBe(drawSeedOf(scene.applications.map(({ receipt }) => receipt)));
    expect(standings[0]).toMatchObject({
      applicationId: scene.first,
      outcome: 'goes-on',
      scoring: 100,
      total: 100,
      rank: 1,
    });
    expect(standings.slice(1).map(({ rank, reasons }) => [rank, reasons])).toEqual([
      [2, ['below-minimum']],
      [3, ['below-minimum']],
    ]);
  });
});
