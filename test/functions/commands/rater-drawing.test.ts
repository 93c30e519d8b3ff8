import { describe, expect, it } from 'vitest';
import { tellCompetenceOf } from '#functions/commands/competences.ts';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { assignRaters } from '#functions/commands/rater-drawing.ts';
import { declineApplication } from '#functions/commands/scoring.ts';
import { scoringView } from '#functions/commands/scoring-views.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { assign } from '#shared/assignment/assign.ts';
import { PersonId, type RoundId } from '#shared/domain/ids.ts';
import { RaterDrawing } from '#shared/domain/rater-drawing.ts';
import type { AssignmentRule } from '#shared/domain/rater-rule.ts';
import { raterSeed } from '#shared/domain/raters.ts';
import { aHostingScene } from '#test/builders/guest-scene.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import {
  advanceIn,
  aScoringIn,
  aScreeningIn,
  candidacyOf,
  chair,
  committeeChangedIn,
  leaves,
  members,
  ratersOf,
  roundIn,
  score,
  secretary,
} from '#test/builders/selection.ts';

const everyone = [chair, ...members];
const source = { source: 'A test', confidence: 'unverified' as const, verifiedOn: '2026-11-26' };
const matched: AssignmentRule = { match: { language: true, subject: true, ...source } };

const fileWith = (rule: AssignmentRule): Uint8Array => {
  const file = aRoundFile();
  return asUpload({ ...file, raters: { ...file.raters, ...rule } });
};

const three = [{}, {}, {}];

const tells = (
  world: World,
  roundId: RoundId,
  by: Person,
  { of = by, languages = ['kk', 'ru'] }: { of?: Person; languages?: string[] } = {},
) =>
  tellCompetenceOf(world, { by, roundId, personId: of.id, ticked: { languages, subjects: ['mathematics'] } });

const newcomer = PersonId.parse('NEW'.padEnd(20, '0'));

const takesSeat = async (world: World, roundId: RoundId): Promise<void> => {
  const at = world.clock.now();
  const given = { type: 'seat-given', at, roundId, personId: newcomer, seat: 'member' } as const;
  await committeeChangedIn(world, roundId, [given]);
};

const drawingIn = async (world: World, roundId: RoundId): Promise<RaterDrawing> => {
  const { raters } = await roundIn(world, roundId);
  return RaterDrawing.parse(JSON.parse(await world.records.blob(raters?.drawing ?? '')));
};

const assignmentIn = async (world: World, roundId: RoundId, by = secretary) => {
  const { open, assignment } = granted(await scoringView(world, { by, roundId }));
  if (!assignment) throw new Error('Nothing is said of the assignment.');
  return { open, ...assignment, codes: assignment.binding.map(({ message }) => message) };
};

describe('the decision on the screening', () => {
  it('draws all raters at once, from a recorded seed, so that anybody comes to the same', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScoringIn(world, three);
    const { decisions } = await roundIn(world, roundId);
    const { instance, assignments, open, faults } = await drawingIn(world, roundId);

    expect(instance.seed).toBe(decisions.screening && raterSeed(roundId, decisions.screening));
    const again = assign(instance);
    expect(again.ok && again.value.assignments).toEqual(assignments);
    expect([open, faults]).toEqual([[], []]);
    for (const { id } of applications) {
      const drawn = assignments.find(({ application }) => application === id)?.raters;
      expect((await candidacyOf(world, id)).raters).toEqual(drawn);
    }
  });

  it('draws once, however often the machine comes back', async () => {
    const world = aWorld();
    const { roundId } = await aScoringIn(world, three);
    const before = world.records.commits.length;
    const { raters } = await roundIn(world, roundId);

    expect(await assignRaters(world, roundId)).toBe('done');
    expect(world.records.commits).toHaveLength(before);
    expect((await roundIn(world, roundId)).raters).toEqual(raters);
  });

  it('keeps who reads the language and knows the subject, as they said of themselves', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScreeningIn(world, three, fileWith(matched));
    const able = everyone.slice(0, 3);
    for (const by of able) granted(await tells(world, roundId, by));
    await advanceIn(world, roundId);

    for (const { id } of applications) {
      const raters = await ratersOf(world, id);
      expect(raters).toHaveLength(2);
      for (const { id: who } of raters) expect(able.map((one) => one.id)).toContain(who);
    }
  });
});

describe('anchors', () => {
  const anchored: AssignmentRule = { anchors: { applications: 2, ...source } };

  it('are scored by everybody, also by who takes a seat later', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScoringIn(world, [{}, {}, {}, {}, {}], fileWith(anchored));
    const { raters } = await roundIn(world, roundId);
    const anchors = new Set(raters?.anchors);
    const counts = async () =>
      await Promise.all(
        applications.map(async ({ id }) => [anchors.has(id), (await ratersOf(world, id)).length] as const),
      );

    expect((await drawingIn(world, roundId)).instance.links?.anchors).toEqual([...anchors]);
    expect((await counts()).filter(([isAnchor]) => isAnchor)).toEqual([
      [true, 5],
      [true, 5],
    ]);
    expect((await counts()).filter(([isAnchor]) => !isAnchor)).toEqual([
      [false, 2],
      [false, 2],
      [false, 2],
    ]);
    expect(await assignmentIn(world, roundId)).toMatchObject({ open: 0, anchors: 2, binding: [] });

    await takesSeat(world, roundId);
    expect(await assignmentIn(world, roundId)).toMatchObject({ open: 2 });
    expect(granted(await reassignOpen(world, { by: secretary, roundId }))).toBe(2);
    for (const id of anchors) expect((await candidacyOf(world, id)).raters).toContain(newcomer);
    expect(await assignmentIn(world, roundId)).toMatchObject({ open: 0 });
  });

  it('that somebody hands back stay with the others', async () => {
    const world = aWorld();
    const { roundId } = await aScoringIn(world, [{}, {}, {}], fileWith(anchored));
    const { raters: { anchors: [applicationId] = [] } = {} } = await roundIn(world, roundId);
    const [by] = members;
    if (!applicationId || !by) throw new Error('No anchor was drawn.');
    granted(await declineApplication(world, { by, roundId, applicationId, reason: 'I taught them' }));

    expect(await ratersOf(world, applicationId)).toHaveLength(4);
    expect(await assignmentIn(world, roundId)).toMatchObject({ open: 0, binding: [] });
  });
});

describe('where not every place can be filled', () => {
  it('it is said what binds, and nobody is given what they did not say they can score', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScoringIn(world, three, fileWith(matched));

    const before = await assignmentIn(world, roundId);
    expect(before).toMatchObject({ open: 6, untold: everyone.map(({ id }) => id) });
    expect(before.codes).toContain('assignment.too-few-readers');
    expect((await drawingIn(world, roundId)).open).toHaveLength(3);
    expect((await assignmentIn(world, roundId, chair)).binding).toEqual([]);

    for (const of of everyone) granted(await tells(world, roundId, secretary, { of }));
    expect(granted(await reassignOpen(world, { by: secretary, roundId }))).toBe(3);
    for (const { id } of applications) expect(await ratersOf(world, id)).toHaveLength(2);
    expect(await assignmentIn(world, roundId)).toMatchObject({ open: 0, untold: [], binding: [] });
  });

  it('as many are as the greatest load lets, also when somebody leaves; scores stay', async () => {
    const world = aWorld();
    const load = { load: { atMost: 2, ...source } };
    const { roundId, applications } = await aScoringIn(world, [{}, {}, {}, {}], fileWith(load));
    const asked = await Promise.all(
      applications.map(async ({ id }) => ({ id, raters: await ratersOf(world, id) })),
    );
    const ownOf = ({ id: who }: Person) =>
      asked.flatMap(({ id, raters }) => (raters.some((one) => one.id === who) ? [id] : []));
    const left = everyone.find((one) => ownOf(one).length === 2);
    const [scored, owed] = left ? ownOf(left) : [];
    if (!left || !scored || !owed) throw new Error('Nobody has two applications.');
    granted(await score({ world, roundId }, left, scored));
    await leaves(world, roundId, left);
    granted(await reassignOpen(world, { by: secretary, roundId }));

    const counts = new Map<string, number>();
    for (const { id } of applications) {
      for (const rater of (await candidacyOf(world, id)).raters)
        counts.set(rater, (counts.get(rater) ?? 0) + 1);
    }
    expect((await candidacyOf(world, scored)).scores).toHaveLength(1);
    expect((await candidacyOf(world, owed)).raters).not.toContain(left.id);
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(2);
    expect(await assignmentIn(world, roundId)).toMatchObject({ open: 0, rule: load });
  });

  it('what is handed back goes to who has room, whatever else waits for somebody', async () => {
    const world = aWorld();
    const load = { load: { atMost: 2, ...source } };
    const { roundId, applications } = await aScoringIn(
      world,
      [{}, {}, {}, {}, {}, {}, {}, {}],
      fileWith(load),
    );
    await takesSeat(world, roundId);
    for (const { id: applicationId } of applications.slice(0, 4)) {
      const before = await ratersOf(world, applicationId);
      const [by] = before;
      if (!by) continue;
      granted(await declineApplication(world, { by, roundId, applicationId, reason: 'I taught them' }));

      expect(await ratersOf(world, applicationId)).toHaveLength(before.length);
    }
  });

  it('what nobody has begun moves to free somebody, who is told, and what was begun stays', async () => {
    const world = aWorld();
    const load = { load: { atMost: 1, ...source } };
    const { roundId, applications } = await aScoringIn(world, [{}, {}], fileWith(load));
    const [first, second] = applications;
    if (!first || !second) throw new Error('Two applied.');
    const [freed, busy] = await ratersOf(world, first.id);
    const [other, stays] = await ratersOf(world, second.id);
    if (!freed || !busy || !other || !stays) throw new Error('Each has two raters.');
    granted(await score({ world, roundId }, busy, first.id));
    // Of four who have one each one leaves, and only `freed` may take the place.
    const free = everyone.find(({ id }) => ![freed, busy, other, stays].some((one) => one.id === id));
    if (!free) throw new Error('Nobody is free.');
    const at = world.clock.now();
    await committeeChangedIn(world, roundId, [
      { type: 'conflict-declared', at, memberId: free.id, applicationId: second.id },
    ]);
    await leaves(world, roundId, other);
    granted(await reassignOpen(world, { by: secretary, roundId }));

    expect((await candidacyOf(world, first.id)).raters.toSorted()).toEqual([busy.id, free.id].toSorted());
    expect((await candidacyOf(world, second.id)).raters.toSorted()).toEqual([stays.id, freed.id].toSorted());
    expect((await candidacyOf(world, first.id)).scores).toHaveLength(1);
    const { own, moved } = granted(await scoringView(world, { by: freed, roundId }));
    expect(own.map(({ number }) => number)).toEqual([second.number]);
    expect(moved).toEqual([{ number: first.number, at: expect.any(String) }]);
    expect(await assignmentIn(world, roundId)).toMatchObject({ open: 0, binding: [] });
  });

  it('what binds is found once for the same state, and anew when it changes', async () => {
    const world = aWorld();
    const load = { load: { atMost: 1, ...source } };
    const { roundId } = await aScoringIn(world, three, fileWith(load));
    const first = await assignmentIn(world, roundId);
    const again = await assignmentIn(world, roundId);
    await takesSeat(world, roundId);
    granted(await reassignOpen(world, { by: secretary, roundId }));
    const later = await assignmentIn(world, roundId);

    expect(first.codes).not.toEqual([]);
    expect(again.binding).toBe(first.binding);
    expect(later.binding).not.toBe(first.binding);
    expect(later).toMatchObject({ open: 0, binding: [] });
  });

  it('links that guests do not reach are counted and said', async () => {
    const links = { links: { atLeastPercent: 30, ...source } };
    const { world, roundId, hosted } = await aHostingScene(4, fileWith(links));

    expect(await assignmentIn(world, roundId)).toMatchObject({
      open: 0,
      links: { ratings: 0, all: 8, wanted: 3 },
      codes: ['assignment.no-outside', 'assignment.binds-links'],
    });
    await hosted({ atMost: '4' });
    expect(await assignmentIn(world, roundId)).toMatchObject({
      links: { ratings: 4, all: 12, wanted: 4 },
      binding: [],
    });
  });
});
