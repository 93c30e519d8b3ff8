import { describe, expect, it } from 'vitest';
import { tellCompetenceOf } from '#functions/commands/competences.ts';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { askFurther, nearLineView } from '#functions/commands/near-line.ts';
import { PersonId, Sha256 } from '#shared/domain/ids.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import {
  aFurtherFile,
  aNearLineScene,
  type NearLineScene,
  qualities,
  scoreAs,
  scoreByQuality,
} from '#test/builders/near-line.ts';
import { asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  advanceIn,
  aScoringIn,
  aScreeningIn,
  candidacyOf,
  chair,
  committeeChangedIn,
  members,
  ratersOf,
  secretary,
} from '#test/builders/selection.ts';

const everyone = [chair, ...members];
const newcomer = PersonId.parse('NEW'.padEnd(20, '0'));

const view = async ({ world, roundId }: NearLineScene) =>
  granted(await nearLineView(world, { by: secretary, roundId }));

/** The line as it stands when somebody could be asked. */
const due = async (scene: NearLineScene) => {
  const { state } = await view(scene);
  if (state.kind !== 'due') throw new Error(`Nobody is to be asked: ${JSON.stringify(state)}`);
  return state;
};

const scored = async (...given: Parameters<typeof aNearLineScene>) => {
  const scene = await aNearLineScene(...given);
  await scoreByQuality(scene);
  return scene;
};

const ask = async (scene: NearLineScene, basis: Sha256) =>
  await askFurther(scene.world, { by: secretary, roundId: scene.roundId, basis });

const ratersBy = async ({ world, applications }: NearLineScene) =>
  await Promise.all(applications.map(async ({ id }) => (await candidacyOf(world, id)).raters));

const drawUp = ({ world, roundId }: NearLineScene) => drawUpProposal(world, { by: secretary, roundId });

describe('one more rating near the line', () => {
  it('waits until every score is in', async () => {
    const scene = await aNearLineScene(4);

    expect((await view(scene)).state).toEqual({ kind: 'awaited', owed: 8 });
  });

  it('is asked for exactly the group that chance may have put on either side, by somebody else', async () => {
    const scene = await scored(qualities.length);
    const before = await ratersBy(scene);
    const { asking, placed } = await due(scene);
    const near = new Set(placed.flatMap((one) => (one.near ? [one.applicationId] : [])));

    expect(placed.map((one) => one.near)).toEqual([false, false, true, true, true, true, false, false]);
    expect(granted(await ask(scene, asking.basis))).toEqual({ asked: 4 });
    for (const [index, raters] of (await ratersBy(scene)).entries()) {
      const { id } = nth(scene.applications, index);
      const first = nth(before, index);
      expect(raters.slice(0, 2)).toEqual(first);
      expect(raters).toHaveLength(near.has(id) ? 3 : 2);
      expect(new Set(raters).size).toBe(raters.length);
    }
    expect(await view(scene)).toMatchObject({ spent: 4, state: { kind: 'awaited', owed: 4 } });
  });

  it('goes only to who can score the application, where the round matches raters', async () => {
    const world = aWorld();
    const { raters, ...file } = aFurtherFile();
    const { source, confidence, verifiedOn } = raters;
    const match = { language: true as const, subject: true as const, source, confidence, verifiedOn };
    const forms = qualities.map(() => ({}));
    const round = await aScreeningIn(world, forms, asUpload({ ...file, raters: { ...raters, match } }));
    const { roundId } = round;
    // One of the five says nothing, and so has least to do.
    const able = everyone.slice(0, 4);
    const ticked = { languages: ['kk', 'ru'], subjects: ['mathematics'] };
    for (const by of able) granted(await tellCompetenceOf(world, { by, roundId, personId: by.id, ticked }));
    await advanceIn(world, roundId);
    const scene = { world, ...round };
    await scoreByQuality(scene);
    const { asking } = await due(scene);

    const asked = [...asking.raters.values()].flat();
    expect(asked).toHaveLength(4);
    for (const one of asked) expect(able.map(({ id }) => id)).toContain(one);
  });

  it('asks nobody for what everybody scores, where a member came later', async () => {
    const world = aWorld();
    const { raters, ...file } = aFurtherFile();
    const { source, confidence, verifiedOn } = raters;
    const anchors = { applications: 5, source, confidence, verifiedOn };
    const forms = qualities.map(() => ({}));
    const round = await aScoringIn(world, forms, asUpload({ ...file, raters: { ...raters, anchors } }));
    const scene = { world, ...round };
    await scoreByQuality(scene);
    const { roundId } = round;
    const seat = { type: 'seat-given', roundId, personId: newcomer, seat: 'member' } as const;
    await committeeChangedIn(world, roundId, [{ ...seat, at: world.clock.now() }]);
    const before = await ratersBy(scene);
    const { asking, placed } = await due(scene);
    const near = placed.flatMap((one) => (one.near ? [one.applicationId] : []));
    granted(await ask(scene, asking.basis));

    expect(near.length).toBeLessThan(qualities.length);
    for (const [index, { id }] of round.applications.entries()) {
      const more = near.includes(id) ? 1 : 0;
      expect((await candidacyOf(world, id)).raters).toHaveLength(nth(before, index).length + more);
    }
    expect((await view(scene)).state).toMatchObject({ kind: 'awaited', owed: near.length });
  });

  it('is an event that names the standings it followed from, with the seed', async () => {
    const scene = await scored(qualities.length);
    const { world, roundId } = scene;
    const { asking, placed } = await due(scene);
    granted(await ask(scene, asking.basis));

    const one = placed.find(({ near }) => near)?.applicationId ?? '';
    const [last] = (await world.records.history('candidacy', one)).slice(-1);
    expect(last).toMatchObject({
      by: { id: secretary.id, role: 'secretary' },
      fact: { type: 'further-rating-asked', basis: asking.basis },
    });
    const basis = JSON.parse((await world.records.blob(asking.basis)) ?? '');
    expect(basis).toMatchObject({ kind: 'near-line', roundId });
    expect(basis.standings).toHaveLength(qualities.length);
    expect(basis.ask).toHaveLength(4);
    expect(Sha256.safeParse(basis.seed).success).toBe(true);
  });

  it('is asked for once, by whoever presses twice and by two at once', async () => {
    const scene = await scored(qualities.length);
    const { asking } = await due(scene);
    scene.world.records.interfere(() => ask(scene, asking.basis));

    expect(granted(await ask(scene, asking.basis))).toEqual({ asked: 4 });
    expect(granted(await ask(scene, asking.basis))).toEqual({ asked: 4 });
    expect((await view(scene)).spent).toBe(4);
  });

  it('is asked for nobody where a score changed since the page was shown', async () => {
    const scene = await scored(qualities.length);
    const { id } = nth(scene.applications, 6);
    const { asking } = await due(scene);
    const [by = chair] = await ratersOf(scene.world, id);
    granted(await scoreAs(scene, by, { id, quality: 0.25 }));
    const before = await ratersBy(scene);

    expect(await ask(scene, asking.basis)).toEqual({ ok: false, error: { kind: 'changed-meanwhile' } });
    expect(await ratersBy(scene)).toEqual(before);
  });

  it('goes to nobody with a conflict of interest', async () => {
    const scene = await scored(qualities.length);
    const { world, roundId } = scene;
    const { placed } = await due(scene);
    const { applicationId } = nth(placed, 2);
    const first = (await candidacyOf(world, applicationId)).raters;
    const free = everyone.filter(({ id }) => !first.includes(id));
    const [stays, ...closed] = free;
    for (const by of closed) granted(await declareOwnConflict(world, { by, roundId, applicationId }));
    granted(await ask(scene, (await due(scene)).asking.basis));

    expect((await candidacyOf(world, applicationId)).raters).toEqual([...first, stays?.id]);
  });

  it('leaves out whom nobody is free for, and says how many', async () => {
    const scene = await scored(qualities.length);
    const { world, roundId } = scene;
    const { placed } = await due(scene);
    const { applicationId } = nth(placed, 2);
    const { raters } = await candidacyOf(world, applicationId);
    for (const by of everyone.filter(({ id }) => !raters.includes(id))) {
      granted(await declareOwnConflict(world, { by, roundId, applicationId }));
    }

    const { asking, unfree } = await due(scene);
    expect(unfree).toBe(1);
    expect(granted(await ask(scene, asking.basis))).toEqual({ asked: 3 });
    expect((await candidacyOf(world, applicationId)).raters).toEqual(raters);
  });

  it('is asked for the rest of a turn that a crash interrupted, and the same basis names both halves', async () => {
    const scene = await scored(qualities.length);
    const { world } = scene;
    const { asking } = await due(scene);
    const { commit } = world.records;
    world.records.commit = (one) => commit({ ...one, changes: one.changes.slice(0, 1) });
    await ask(scene, asking.basis);
    world.records.commit = commit;

    expect((await view(scene)).state).toMatchObject({ kind: 'begun', asking: { basis: asking.basis } });
    expect(await drawUp(scene)).toMatchObject({ ok: false });
    expect(granted(await ask(scene, asking.basis))).toEqual({ asked: 4 });
    expect((await view(scene)).turns).toMatchObject([{ basis: asking.basis, applications: 4 }]);
  });

  it('is for nobody who has a seat that votes to see: the secretary alone asks', async () => {
    const { world, roundId } = await scored(qualities.length);

    for (const by of [chair, nth(members, 0)]) {
      expect(await nearLineView(world, { by, roundId })).toEqual({
        ok: false,
        error: { kind: 'not-allowed' },
      });
    }
  });

  it('is not asked for in a round whose file says nothing of it', async () => {
    const world = aWorld();
    const { roundId } = await aScoringIn(world);

    expect(await nearLineView(world, { by: secretary, roundId })).toEqual({
      ok: false,
      error: { kind: 'not-found', what: 'page' },
    });
  });
});

describe('the stop rule', () => {
  it('holds the proposal up while more ratings are due, and lets it through once each has had theirs', async () => {
    const scene = await scored(qualities.length);
    expect(await drawUp(scene)).toEqual({
      ok: false,
      error: { kind: 'further-ratings-due', remaining: 4 },
    });

    granted(await ask(scene, (await due(scene)).asking.basis));
    expect(await drawUp(scene)).toEqual({
      ok: false,
      error: { kind: 'unfinished-work', remaining: 4, of: 'scores' },
    });
    await scoreByQuality(scene);
    const { state } = await view(scene);

    expect(state.kind === 'over' && ['spent', 'settled'].includes(state.stop)).toBe(true);
    granted(await drawUp(scene));
  });

  it('asks for the whole group or for nobody: what the budget does not reach for is left', async () => {
    const scene = await scored(qualities.length, { budget: 3 });

    expect((await view(scene)).state).toMatchObject({ kind: 'over', stop: 'budget', cost: 4 });
    granted(await drawUp(scene));
  });

  it('leaves a small group to the rule for equal totals where the file says so', async () => {
    const scene = await scored(qualities.length, { leave: 4 });

    expect((await view(scene)).state).toMatchObject({ kind: 'over', stop: 'settled' });
  });

  it('says that the line is clear where nobody stands near it', async () => {
    const scene = await aNearLineScene(5);
    await scoreByQuality(scene, [0.95, 0.9, 0.85, 0.2, 0.1, 0, 0, 0]);

    expect((await view(scene)).state).toMatchObject({ kind: 'over', stop: 'settled' });
  });
});
