import { describe, expect, it } from 'vitest';
import { withdrawApplication } from '#functions/commands/applications.ts';
import { confirmImport } from '#functions/commands/marks-import.ts';
import { marksHistory } from '#functions/commands/marks-views.ts';
import { roundHistory } from '#functions/commands/round-history.ts';
import { marksAggregate } from '#shared/domain/marks.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import {
  aFile,
  aMarkedScoring,
  bring,
  drawnUp,
  imported,
  listIn,
  scoreAll,
  shownOf,
  undone,
} from '#test/builders/marks-scene.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { granted } from '#test/builders/scenes.ts';
import {
  anApplicant,
  candidacyOf,
  gateIn,
  ratersOf,
  roundIn,
  score,
  secretary,
} from '#test/builders/selection.ts';

const test = [90, 55, 70, 40] as const;
const essay = [18, 9, 14, 'absent'] as const;

describe('marks that count', () => {
  it('are part of the total by their weight, and the proposal names them by their hash', async () => {
    const scene = await aMarkedScoring();
    const { world, roundId, applications } = scene;
    await scoreAll(scene);
    await imported(scene, aFile(scene, test));
    await imported(scene, aFile(scene, essay, 'essay'));
    granted(await drawnUp(scene));

    const list = await listIn(scene);
    const { imports } = (await world.records.find(marksAggregate, roundId))?.state ?? { imports: [] };
    expect(list.marks).toEqual(imports.map(({ sha256 }) => sha256));
    // The test weighs 18, the essay 8, and raters gave the best of the other 74.
    expect(list.standings.map(({ total, rank, marks }) => [total, rank, marks])).toEqual([
      [97.4, 1, { test: 90, essay: 18 }],
      [92.2, 2, { test: 70, essay: 14 }],
      [87.5, 3, { test: 55, essay: 9 }],
      [81.2, 4, { test: 40, essay: 0 }],
    ]);
    expect((await candidacyOf(world, nth(applications, 0).id)).scores[0]?.points).not.toHaveProperty('test');
  });

  it('are asked of no rater', async () => {
    const scene = await aMarkedScoring();
    const { world, roundId, applications } = scene;
    const id = nth(applications, 0).id;
    const [by] = await ratersOf(world, id);

    expect(by && (await score({ world, roundId }, by, id))).toMatchObject({
      ok: true,
      value: { state: { scores: [{ total: 100 }] } },
    });
  });

  it('break ties of the raters by the round file’s steps', async () => {
    const scene = await aMarkedScoring();
    await scoreAll(scene);
    // 18 × 10 of 100 weighs as much as 8 × 4.5 of 20.
    await imported(scene, aFile(scene, [50, 60, 50, 50]));
    await imported(scene, aFile(scene, [14.5, 10, 10, 10], 'essay'));
    granted(await drawnUp(scene));

    const { standings } = await listIn(scene);
    expect(standings.slice(0, 2).map(({ total, number }) => [total, number])).toEqual([
      [standings[1]?.total, scene.numbers[1]],
      [standings[0]?.total, scene.numbers[0]],
    ]);
  });

  it('are corrected by a new import, and an undone one gives way to the one before', async () => {
    const scene = await aMarkedScoring();
    const { world, roundId } = scene;
    await scoreAll(scene);
    await imported(scene, aFile(scene, essay, 'essay'));
    const first = await imported(scene, aFile(scene, test));
    const second = await imported(scene, aFile(scene, [90, 95, 70, 40]));
    await undone(scene, second, 'The list of another round.');

    granted(await drawnUp(scene));
    expect((await listIn(scene)).standings.map(({ marks }) => marks?.['test'])).toEqual([90, 70, 55, 40]);
    const { imports } = granted(await marksHistory(world, { by: secretary, roundId }));
    expect(imports.map(({ number, status, countsAt }) => [number, status, countsAt])).toEqual([
      [second, 'undone', []],
      [first, 'confirmed', ['test']],
      [1, 'confirmed', ['essay']],
    ]);
    const people = memoryPeople();
    const { deeds } = granted(await roundHistory({ ...world, people }, { by: secretary, roundId }));
    expect(deeds.map(({ type }) => type).filter((type) => type.startsWith('marks-'))).toEqual([
      'marks-proposed',
      'marks-confirmed',
      'marks-proposed',
      'marks-confirmed',
      'marks-proposed',
      'marks-confirmed',
      'marks-undoing-asked',
      'marks-undone',
    ]);
  });

  it('are the first effect of the stage, so that its advance stays', async () => {
    const scene = await aMarkedScoring();
    await imported(scene, aFile(scene, test));

    expect((await roundIn(scene.world, scene.roundId)).effectiveAt).toBe(scene.world.clock.now());
  });

  it('may be of somebody who has withdrawn since; nobody waits for a mark of theirs', async () => {
    const scene = await aMarkedScoring();
    const { world, roundId, applications } = scene;
    await scoreAll(scene);
    const number = await bring(scene, aFile(scene, test));
    granted(
      await withdrawApplication(world, {
        by: anApplicant(3),
        applicationId: nth(applications, 3).id,
        reasonCode: 'not-said',
      }),
    );
    granted(await confirmImport(world, (await shownOf(scene, number)).command));
    const three = { ...scene, numbers: scene.numbers.slice(0, 3) };
    await imported(three, aFile(three, [18, 9, 14], 'essay'));

    granted(await drawnUp(scene));
    expect((await listIn(scene)).standings.filter(({ rank }) => rank !== undefined)).toHaveLength(3);
    expect(await gateIn(world, roundId)).toMatchObject({ status: 'open' });
  });
});
