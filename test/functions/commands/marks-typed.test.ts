import { describe, expect, it } from 'vitest';
import { confirmImport } from '#functions/commands/marks-import.ts';
import { marksHistory } from '#functions/commands/marks-views.ts';
import { marksAggregate } from '#shared/domain/marks.ts';
import { aFile, aMarkedScoring, bring, shownOf } from '#test/builders/marks-scene.ts';
import { granted } from '#test/builders/scenes.ts';
import { secretary } from '#test/builders/selection.ts';

const test = [90, 55, 70, 40] as const;

describe('the second person', () => {
  it('types marks from the organisation’s own list: marks that moved with the right totals do not pass', async () => {
    const scene = await aMarkedScoring();
    const { world } = scene;
    const number = await bring(scene, aFile(scene, [40, 90, 55, 70]));
    const { preview, command } = await shownOf(scene, number);
    const right = new Map(scene.numbers.map((one, index) => [one, String(test[index])]));
    const own = preview.sample.map((one) => right.get(one.number) ?? '');

    expect(await confirmImport(world, { ...command, sample: own })).toMatchObject({
      error: {
        kind: 'invalid',
        faults: [
          { place: 'sample.0', message: 'marks.fault.sample' },
          { place: 'sample.1', message: 'marks.fault.sample' },
          { place: 'sample.2', message: 'marks.fault.sample' },
          { place: 'sample.3', message: 'marks.fault.sample' },
        ],
      },
    });
    expect(await confirmImport(world, { ...command, sample: [] })).toMatchObject({
      error: { kind: 'invalid' },
    });
    expect((await world.records.find(marksAggregate, scene.roundId))?.state.imports[0]?.status).toBe(
      'waiting',
    );
  });

  it('is asked for the same marks each time; who brought the file is not told which', async () => {
    const scene = await aMarkedScoring(10);
    const marks = Array.from({ length: 10 }, (_, index) => 40 + index * 3);
    const number = await bring(scene, aFile(scene, marks));

    expect((await shownOf(scene, number, secretary)).preview.sample).toEqual([]);
    const { sample } = (await shownOf(scene, number)).preview;
    expect(sample).toHaveLength(8);
    expect((await shownOf(scene, number)).preview.sample).toEqual(sample);
  });

  it('types the last row as the file had it, and what was typed is kept with the confirmation', async () => {
    const scene = await aMarkedScoring(30);
    const { world, roundId } = scene;
    const marks = Array.from({ length: 30 }, (_, index) => 40 + ((index * 7) % 30));
    const byMark = { ...scene, numbers: scene.numbers.toReversed() };
    const number = await bring(scene, aFile(byMark, marks));
    const { preview, command } = await shownOf(scene, number);

    expect(preview.sample.map((one) => one.number)).toEqual(
      expect.arrayContaining([byMark.numbers[0], byMark.numbers[29]]),
    );
    expect(preview.marks.checks).toEqual(['number_again']);
    granted(await confirmImport(world, { ...command, reason: 'Rows by seat.' }));
    const events = await world.records.history('marks', roundId);
    expect(events.at(-1)?.fact).toMatchObject({ type: 'marks-confirmed', sample: preview.sample });
    expect(granted(await marksHistory(world, { by: secretary, roundId })).imports).toMatchObject([
      { confirmed: { typed: 8 } },
    ]);
  });
});
