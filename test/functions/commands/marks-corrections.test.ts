import { describe, expect, it } from 'vitest';
import { applyCorrection } from '#functions/commands/correction-applying.ts';
import { writeLettersOfCorrection } from '#functions/commands/correction-letters.ts';
import { bringMarks, confirmImport } from '#functions/commands/marks-import.ts';
import { lookBack } from '#functions/commands/replay.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { marksAggregate } from '#shared/domain/marks.ts';
import {
  applied,
  asked,
  aWronglyMarkedRound,
  bundleOf,
  correctionsIn,
  decidedIn,
  interviewed,
  listOf,
  published,
  right,
  rightFile,
  shown,
  wrong,
} from '#test/builders/corrections.ts';
import { aFile } from '#test/builders/marks-scene.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, auditor, chair, roundIn, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

describe('marks that are found wrong after scoring was decided', () => {
  it('are corrected by a new file, which counts in the next proposal; the decision on scoring stays', async () => {
    const scene = await aWronglyMarkedRound();
    const before = (await roundIn(scene.world, scene.roundId)).decisions.scoring;
    const file = await rightFile(scene);
    await applied(scene, await asked(scene, { kind: 'marks-file', import: file }));
    await interviewed(scene);
    await advanceIn(scene.world, scene.roundId);

    expect(await decidedIn(scene, 'interviews')).toEqual(right);
    expect((await roundIn(scene.world, scene.roundId)).decisions.scoring).toBe(before);
    const marks = await scene.world.records.find(marksAggregate, scene.roundId);
    expect(marks?.state.imports.map(({ status }) => status)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    expect((await correctionsIn(scene))?.corrections[0]?.applied).toMatchObject({ recipients: 0 });
  });

  it('are corrected after the ranking too, before anybody is told', async () => {
    const scene = await aWronglyMarkedRound();
    await interviewed(scene);
    await advanceIn(scene.world, scene.roundId);
    expect(await decidedIn(scene, 'interviews')).toEqual(wrong);

    const file = await rightFile(scene);
    await applied(scene, await asked(scene, { kind: 'marks-file', import: file }));
    await advanceIn(scene.world, scene.roundId);

    expect(await decidedIn(scene, 'preliminary')).toEqual(right);
  });

  it('are corrected after publication by the final results, and everyone concerned gets one letter', async () => {
    const scene = await aWronglyMarkedRound();
    const { world, roundId } = scene;
    await published(scene);
    const file = await rightFile(scene);
    const number = await asked(scene, { kind: 'marks-file', import: file });
    const { page, command } = await shown(scene, number);
    expect(page.recipients).toBe(4);
    expect(page.effects?.affected).toHaveLength(4);
    const counted = page.effects?.after.results?.map((one) => [one.number, one.total, one.rank]);
    granted(await applyCorrection(world, command));

    const row = [...world.records.outbox.values()].find(({ body }) => body.kind === 'letters-of-correction');
    if (row?.body.kind !== 'letters-of-correction') throw new Error('Nobody is told.');
    await writeLettersOfCorrection(world, row.body);
    await writeLettersOfCorrection(world, row.body);
    const letters = [...world.records.outbox.values()].filter(
      ({ body }) => body.kind === 'letter' && body.template === 'result-corrected',
    );
    expect(letters).toHaveLength(4);

    world.clock.to(at('2022-11-14T05:00'));
    await advanceIn(world, roundId);
    expect(await decidedIn(scene, 'preliminary')).toEqual(wrong);
    expect(await decidedIn(scene, 'claims')).toEqual(right);
    // What was shown is what came.
    const final = await listOf(scene, (await roundIn(world, roundId)).decisions.claims);
    expect(new Set(final.standings.map((one) => [one.number, one.total, one.rank]))).toEqual(
      new Set(counted),
    );
    const replayed = granted(await lookBack(world, { by: auditor, roundId, until: undefined }));
    expect(replayed.recomputed.every(({ follows }) => follows)).toBe(true);
    for (const aggregate of ['corrections', 'marks'] as const) {
      expect(await checkRecord(world.records, { aggregate, id: roundId })).not.toHaveProperty('fault');
    }
  });

  it('stand in a bundle with the marks that counted in the end, which so few see in their receipts alone', async () => {
    const bundle = await bundleOf(async (scene) => ({
      kind: 'marks-file',
      import: await rightFile(scene),
    }));

    expect(bundle.findings.filter(({ holds }) => !holds)).toEqual([]);
    expect(bundle.bundle?.statement.rows.map(({ scoring }) => scoring)).toEqual(
      bundle.leaves.map(() => ({ value: expect.any(Number), marksWithheld: true })),
    );
    expect(new Set(bundle.leaves.map(({ marks }) => marks?.['test']))).toEqual(new Set([40, 90, 70, 55]));
  });

  it('are told from the file that counts only where somebody says that it corrects', async () => {
    const scene = await aWronglyMarkedRound();
    const { world, roundId } = scene;
    const file = aFile(scene, [40, 90, 70, 55]);

    // Four rows are too few to be called a shift.
    expect(await bringMarks(world, { by: secretary, roundId, ...file })).toMatchObject({ ok: true });
    expect(await bringMarks(world, { by: chair, roundId, ...file })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
  });

  it('count by their correction alone: after scoring nobody confirms a file for itself', async () => {
    const scene = await aWronglyMarkedRound();
    const { world, roundId } = scene;
    const number = await rightFile(scene);
    const marks = await world.records.find(marksAggregate, roundId);
    const sha256 = marks?.state.imports[number - 1]?.sha256;
    if (!sha256) throw new Error('Nothing was brought.');

    expect(
      await confirmImport(world, {
        by: theAdministrator,
        roundId,
        import: number,
        sha256,
        outcomes: sha256,
        sample: [],
        reason: '',
      }),
    ).toMatchObject({ error: { kind: 'wrong-stage' } });
  });
});
