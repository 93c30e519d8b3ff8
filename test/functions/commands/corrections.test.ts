import { describe, expect, it } from 'vitest';
import { applyCorrection, showCorrection } from '#functions/commands/correction-applying.ts';
import { askCorrection, refuseCorrection, withdrawCorrection } from '#functions/commands/corrections.ts';
import { openTrial, tryCorrection } from '#functions/commands/counterfactual.ts';
import { lookBack } from '#functions/commands/replay.ts';
import { marksAggregate } from '#shared/domain/marks.ts';
import {
  applied,
  asked,
  aWronglyMarkedRound,
  bundleOf,
  correctionsIn,
  decidedIn,
  interviewed,
  published,
  right,
  rightFile,
  shown,
  wrong,
} from '#test/builders/corrections.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { type MarksScene } from '#test/builders/marks-scene.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, auditor, chair, dana, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

const reason = 'Файл бір жолға жылжып кеткен.';

describe('a correction', () => {
  it('takes two people, and the second one types marks from another copy', async () => {
    const scene = await aWronglyMarkedRound();
    const { world, roundId } = scene;
    const file = await rightFile(scene);
    const number = await asked(scene, { kind: 'marks-file', import: file }, chair);
    const own = await shown(scene, number, chair);
    const bringer = await shown(scene, number, secretary);
    const other = await shown(scene, number);

    expect(bringer.page.marks?.sample).toEqual([]);
    expect(other.page.marks?.sample).toHaveLength(4);
    expect(await applyCorrection(world, own.command)).toMatchObject({
      error: { kind: 'second-person-needed' },
    });
    expect(await applyCorrection(world, bringer.command)).toMatchObject({
      error: { kind: 'second-person-needed' },
    });
    expect(await applyCorrection(world, { ...other.command, sample: ['1', '2', '3'] })).toMatchObject({
      error: { kind: 'invalid' },
    });
    granted(await applyCorrection(world, other.command));
    // A double click.
    const once = await correctionsIn(scene);
    granted(await applyCorrection(world, other.command));
    expect(await correctionsIn(scene)).toEqual(once);
    expect(await showCorrection(world, { by: dana, roundId, correction: number })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
  });

  it('is what was shown, to as many people, or it is not', async () => {
    const scene = await aWronglyMarkedRound();
    const { world } = scene;
    await published(scene);
    const number = await asked(scene, { kind: 'marks-file', import: await rightFile(scene) });
    const { command } = await shown(scene, number);

    expect(await applyCorrection(world, { ...command, confirmed: 3 })).toMatchObject({
      error: { kind: 'recipients-differ', recipients: 4 },
    });
    const other = await shown(scene, number, chair);
    expect(await applyCorrection(world, { ...command, shown: nth(await digests(scene), 0) })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
    expect(other.page.digest).toBe(command.shown);
  });

  it('of a published result needs no claim: a rater’s file that was shifted', async () => {
    const scene = await aWronglyMarkedRound();
    const { world, roundId, numbers } = scene;
    await published(scene);
    const corrects = {
      kind: 'criterion',
      part: 'scoring',
      number: nth(numbers, 1),
      criterion: 'test',
      points: 100,
    } as const;
    const trial = granted(await openTrial(world, { by: secretary, roundId }));
    const tried = granted(tryCorrection(trial, corrects));
    const number = await asked(scene, corrects);
    const { page } = await shown(scene, number, chair);
    expect(page.effects?.affected).toEqual(tried.affected);
    granted(await applyCorrection(world, (await shown(scene, number, chair)).command));
    world.clock.to(at('2022-11-14T05:00'));
    await advanceIn(world, roundId);

    expect((await decidedIn(scene, 'claims'))[1]).toEqual([100, 97.6, 1]);
  });

  it('of points stands in the bundle as corrected, as what a claim is granted does', async () => {
    const bundle = await bundleOf(async ({ numbers }) => {
      const number = nth(numbers, 1);
      return { kind: 'totals', number, corrected: { scoring: 95 } };
    });

    expect(bundle.findings.filter(({ holds }) => !holds)).toEqual([]);
    const rows = bundle.bundle?.statement.rows.filter(({ scoring }) => scoring?.corrected);
    expect(rows?.map(({ scoring }) => scoring?.value)).toEqual([95]);
  });

  it('is undone by another one, with a trace, and the marks before count again', async () => {
    const scene = await aWronglyMarkedRound();
    const { world, roundId } = scene;
    await interviewed(scene);
    await advanceIn(world, roundId);
    const first = await asked(scene, { kind: 'marks-file', import: await rightFile(scene) });
    await applied(scene, first);
    await advanceIn(world, roundId);
    expect(await decidedIn(scene, 'preliminary')).toEqual(right);

    await applied(scene, await asked(scene, { kind: 'undo', correction: first }));
    world.clock.to(at('2022-11-14T05:00'));
    await advanceIn(world, roundId);

    expect(await decidedIn(scene, 'claims')).toEqual(wrong);
    expect((await correctionsIn(scene))?.corrections.map(({ status }) => status)).toEqual([
      'undone',
      'applied',
    ]);
    const marks = await world.records.find(marksAggregate, roundId);
    expect(marks?.state.imports.at(-1)?.status).toBe('undone');
    const replayed = granted(await lookBack(world, { by: auditor, roundId, until: undefined }));
    expect(replayed.recomputed.every(({ follows }) => follows)).toBe(true);
  });

  it('waits for nobody twice, is refused or withdrawn, and holds the next decision up until then', async () => {
    const scene = await aWronglyMarkedRound();
    const { world, roundId } = scene;
    await interviewed(scene);
    const corrects = { kind: 'marks-file', import: await rightFile(scene) } as const;
    const first = await asked(scene, corrects);
    expect(await asked(scene, corrects)).toBe(first);
    expect(await askCorrection(world, { by: chair, roundId, corrects, reason })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
    await expect(advanceIn(world, roundId)).rejects.toThrow(/unfinished-work/);
    const who = { roundId, correction: first };
    expect(await refuseCorrection(world, { ...who, by: secretary, reason })).toMatchObject({
      error: { kind: 'second-person-needed' },
    });
    granted(await refuseCorrection(world, { ...who, by: chair, reason }));
    const second = await asked(scene, corrects);
    expect(await withdrawCorrection(world, { by: chair, roundId, correction: second })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    granted(await withdrawCorrection(world, { by: secretary, roundId, correction: second }));
    await advanceIn(world, roundId);
    expect(await decidedIn(scene, 'interviews')).toEqual(wrong);
  });

  it('that changes nothing, or names what is not there, is not asked for', async () => {
    const scene = await aWronglyMarkedRound();
    const { world, roundId } = scene;
    const ask = (corrects: Parameters<typeof askCorrection>[1]['corrects']) =>
      askCorrection(world, { by: secretary, roundId, corrects, reason });

    expect(await ask({ kind: 'as-recorded' })).toMatchObject({ error: { kind: 'invalid' } });
    expect(await ask({ kind: 'marks-file', import: 1 })).toMatchObject({ error: { kind: 'invalid' } });
    expect(await ask({ kind: 'marks-file', import: 9 })).toMatchObject({ error: { kind: 'invalid' } });
    expect(await ask({ kind: 'undo', correction: 1 })).toMatchObject({ error: { kind: 'invalid' } });
    const corrects = { kind: 'marks-file', import: await rightFile(scene) } as const;
    expect(await askCorrection(world, { by: secretary, roundId, corrects, reason: ' ' })).toMatchObject({
      error: { kind: 'reason-needed' },
    });
  });
});

/** Digests of other things than what is shown. */
const digests = async ({ world, roundId }: MarksScene) => {
  const marks = await world.records.find(marksAggregate, roundId);
  return (marks?.state.imports ?? []).map(({ sha256 }) => sha256);
};
