import { describe, expect, it } from 'vitest';
import { confirmImport } from '#functions/commands/marks-import.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aFileWithMarks } from '#test/builders/marks.ts';
import {
  aFile,
  aMarkedScoring,
  bring,
  imported,
  type MarksScene,
  scoreAll,
  shownOf,
} from '#test/builders/marks-scene.ts';
import { asUpload } from '#test/builders/round-file.ts';
import { granted } from '#test/builders/scenes.ts';
import { ratersOf, score } from '#test/builders/selection.ts';
import { anAdjustingFile } from '#test/builders/severity.ts';

const test = [100, 55, 70, 0] as const;
const essay = [20, 9, 14, 'absent'] as const;

const runOf = async (scene: MarksScene, number: number) => (await shownOf(scene, number)).preview.run;

/** The first rater of an application scores it. */
const begun = async (scene: MarksScene, place: number, best = true): Promise<void> => {
  const { id } = nth(scene.applications, place);
  granted(await score(scene, nth(await ratersOf(scene.world, id), 0), id, best));
};

describe('a dry run of marks', () => {
  it('of the first of two files, before anybody scored, says what is not known and what is certain', async () => {
    const scene = await aMarkedScoring();
    const run = await runOf(scene, await bring(scene, aFile(scene, test)));

    expect(run).toMatchObject({
      outcomes: [],
      totals: [],
      whole: 0,
      unscored: 4,
      untouched: 4,
      missing: ['essay'],
      settled: { changed: [], after: { open: 4 } },
      soFar: { among: 0, outcomes: [], totals: [] },
    });
  });

  it('of the second file lists who reaches the pass mark whatever raters give', async () => {
    const scene = await aMarkedScoring();
    await imported(scene, aFile(scene, test));
    const run = await runOf(scene, await bring(scene, aFile(scene, essay, 'essay')));

    // 18 and 8 of 100 by marks alone; the pass mark is 20.
    expect(run.missing).toEqual([]);
    expect(run.settled).toEqual({
      changed: [{ number: scene.numbers[0], before: 'open', after: 'reached' }],
      before: { reached: 0, missed: 0, open: 4 },
      after: { reached: 1, missed: 0, open: 3 },
    });
  });

  it('puts those who have a score in the order so far, with the weight of what is missing spread over the rest', async () => {
    const scene = await aMarkedScoring();
    await begun(scene, 0, false);
    await begun(scene, 1);
    const run = await runOf(scene, await bring(scene, aFile(scene, test)));

    expect(run).toMatchObject({ whole: 0, unscored: 4, untouched: 2, outcomes: [], totals: [] });
    expect(run.soFar.among).toBe(2);
    const places = [...run.soFar.outcomes, ...run.soFar.totals];
    // 74 by raters and 18 by the test of 92: 18/92, and (74 + 9.9)/92.
    expect(places).toEqual([
      {
        number: scene.numbers[1],
        before: { outcome: 'goes-on', total: 100, rank: 1 },
        after: { outcome: 'goes-on', total: 91.1957, rank: 1 },
      },
      {
        number: scene.numbers[0],
        before: { outcome: 'stops', total: 0, rank: 2 },
        after: { outcome: 'stops', total: 19.5652, rank: 2 },
      },
    ]);
  });

  it('with all scores in and one file missing takes the scores as they stand', async () => {
    const scene = await aMarkedScoring();
    await scoreAll(scene, false);
    const run = await runOf(scene, await bring(scene, aFile(scene, test)));

    expect(run).toMatchObject({ unscored: 0, untouched: 0, whole: 0, missing: ['essay'] });
    // Nothing by raters: 18 × 55 of 100 and at most 8 for the essay stay below 20.
    expect(run.settled.changed).toEqual([
      { number: scene.numbers[1], before: 'open', after: 'missed' },
      { number: scene.numbers[3], before: 'open', after: 'missed' },
    ]);
    expect(run.soFar.among).toBe(4);
  });

  it('settles nothing by marks where scores are adjusted: such a score may lie off the scale', async () => {
    const { rubric } = aFileWithMarks();
    const scene = await aMarkedScoring(4, asUpload({ ...anAdjustingFile(), rubric }));
    await imported(scene, aFile(scene, essay, 'essay'));
    const run = await runOf(scene, await bring(scene, aFile(scene, test)));

    expect(run).toMatchObject({
      adjusted: true,
      settled: { changed: [], before: { open: 4 }, after: { open: 4 } },
    });
  });

  it('compares whole totals alone once all is there, and then nothing is open', async () => {
    const scene = await aMarkedScoring();
    await scoreAll(scene);
    await imported(scene, aFile(scene, essay, 'essay'));
    const run = await runOf(scene, await bring(scene, aFile(scene, test)));

    expect(run).toMatchObject({
      whole: 4,
      unscored: 0,
      missing: [],
      settled: { changed: [], after: { reached: 0, missed: 0, open: 0 } },
      soFar: { outcomes: [], totals: [] },
    });
    expect(run.outcomes).toHaveLength(4);
  });

  it('is confirmed as shown while raters go on: a score that settles nothing asks nobody to look again', async () => {
    const scene = await aMarkedScoring();
    await begun(scene, 0, false);
    const number = await bring(scene, aFile(scene, test));
    const { preview, command } = await shownOf(scene, number);
    await begun(scene, 1);

    const { run } = (await shownOf(scene, number)).preview;
    expect(run.soFar).not.toEqual(preview.run.soFar);
    granted(await confirmImport(scene.world, command));
  });

  it('is looked at again where what it settles is another', async () => {
    const scene = await aMarkedScoring();
    await imported(scene, aFile(scene, essay, 'essay'));
    const { command } = await shownOf(scene, await bring(scene, aFile(scene, test)));
    await scoreAll(scene, false);

    expect(await confirmImport(scene.world, command)).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
  });
});
