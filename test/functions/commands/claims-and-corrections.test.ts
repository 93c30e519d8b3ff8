import { describe, expect, it } from 'vitest';
import { settleClaim } from '#functions/commands/claim-decision.ts';
import { claimEffects, claimItems } from '#functions/commands/claim-effects.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { openTrial, tryCorrection } from '#functions/commands/counterfactual.ts';
import { ownResult } from '#functions/commands/results.ts';
import { ClaimId } from '#shared/domain/ids.ts';
import type { Corrects } from '#shared/replay/correction.ts';
import {
  applied,
  asked,
  aWronglyMarkedRound,
  bundleAt,
  decidedIn,
  published,
  rightFile,
} from '#test/builders/corrections.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import type { MarksScene } from '#test/builders/marks-scene.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, anApplicant, chair, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

const grounds = 'scoring-error' as const;

const filed = async ({ world, applications }: MarksScene, who: number): Promise<ClaimId> => {
  const applicationId = nth(applications, who).id;
  const own = { by: anApplicant(who), applicationId, grounds, text: 'Эссем қате бағаланды.' };
  return ClaimId.parse(granted(await makeClaim(world, own)).id);
};

/** Upholds with a total, or with another mark of the essay; the results as they were shown. */
const upheld = async (scene: MarksScene, claimId: ClaimId, is: { total: number } | { essay: number }) => {
  const { world, roundId } = scene;
  const command = { by: chair, roundId, claimId };
  const essay = granted(await claimItems(world, command)).find(({ criterion }) => criterion === 'essay');
  const items = 'essay' in is && essay ? [{ ...essay, points: is.essay }] : [];
  const wanted = { corrected: 'total' in is ? { scoring: is.total } : {}, items };
  const { digest: shown, found } = granted(await claimEffects(world, { ...command, ...wanted }));
  granted(await settleClaim(world, { ...command, ...wanted, reason: 'Дұрыс.', verdict: 'upheld', shown }));
  return found.after.results ?? [];
};

/** Tries a correction and applies it; the results as they were shown. */
const corrected = async (scene: MarksScene, corrects: Corrects) => {
  const trial = granted(await openTrial(scene.world, { by: secretary, roundId: scene.roundId }));
  const tried = granted(tryCorrection(trial, corrects));
  if (!tried.same) await applied(scene, await asked(scene, corrects));
  return tried.after.results ?? [];
};

const decided = async (scene: MarksScene) => {
  scene.world.clock.to(at('2022-11-14T05:00'));
  await advanceIn(scene.world, scene.roundId);
  return await decidedIn(scene, 'claims');
};

const aPublishedRound = async (): Promise<MarksScene> => {
  const scene = await aWronglyMarkedRound();
  await published(scene);
  return scene;
};

describe('a claim beside corrections', () => {
  it('about one criterion and a file of marks of another one come to the same in either order', async () => {
    const [first, second] = [await aPublishedRound(), await aPublishedRound()];
    await upheld(first, await filed(first, 1), { essay: 20 });
    await corrected(first, { kind: 'marks-file', import: await rightFile(first) });
    await corrected(second, { kind: 'marks-file', import: await rightFile(second) });
    await upheld(second, await filed(second, 1), { essay: 20 });

    const results = await decided(first);
    expect(results).toEqual(await decided(second));
    expect(results[1]).toEqual([90, 98.2, 1]);
    const { findings } = await bundleAt(first);
    expect(findings.filter(({ holds }) => !holds)).toEqual([]);
  });

  it('gives way to a later total, also once the final results are decided, and so does the own result', async () => {
    const scene = await aPublishedRound();
    const applicationId = nth(scene.applications, 1).id;
    const number = nth(scene.numbers, 1);
    await upheld(scene, await filed(scene, 1), { total: 99 });
    expect((await decided(scene))[1]).toEqual([40, 99, 1]);
    await corrected(scene, { kind: 'totals', number, corrected: { scoring: 50 } });

    const own = granted(await ownResult(scene.world, { by: anApplicant(1), applicationId }));
    expect([own.corrected, own.stages[0]?.standing.scoring]).toEqual([{ scoring: 50 }, 50]);
  });
});
