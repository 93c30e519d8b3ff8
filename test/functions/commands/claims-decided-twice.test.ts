import { describe, expect, it } from 'vitest';
import { settleClaim } from '#functions/commands/claim-decision.ts';
import { claimEffects, claimItems } from '#functions/commands/claim-effects.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { ownResult } from '#functions/commands/results.ts';
import { clockStart } from '#shared/domain/claim-rule.ts';
import { ClaimId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Corrects } from '#shared/replay/correction.ts';
import { reopen } from '#test/builders/claims.ts';
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
import { advanceIn, anApplicant, chair, members } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

const who = 1;
const second = nth(members, 0);
type Grant = { total: number } | { essay: number };
type Corrected = (scene: MarksScene) => Promise<Corrects>;

const filed = async ({ world, applications }: MarksScene): Promise<ClaimId> => {
  const own = { by: anApplicant(who), applicationId: nth(applications, who).id, text: 'Эссе.' };
  return ClaimId.parse(granted(await makeClaim(world, { ...own, grounds: 'scoring-error' })).id);
};

type Since = { openSince?: Instant };

const upheld = async (
  { world, roundId }: MarksScene,
  claimId: ClaimId,
  is: Grant,
  since: Since = {},
): Promise<void> => {
  const command = { by: chair, roundId, claimId, ...since };
  const essay = granted(await claimItems(world, command)).find(({ criterion }) => criterion === 'essay');
  const items = 'essay' in is && essay ? [{ ...essay, points: is.essay }] : [];
  const wanted = { ...command, corrected: 'total' in is ? { scoring: is.total } : {}, items };
  const { digest: shown } = granted(await claimEffects(world, wanted));
  granted(await settleClaim(world, { ...wanted, reason: 'Дұрыс.', verdict: 'upheld', shown }));
};

const rejected = async (
  { world, roundId }: MarksScene,
  claimId: ClaimId,
  since: Since = {},
): Promise<void> => {
  const command = { by: chair, roundId, claimId, reason: 'Қате жоқ.', ...since };
  granted(await settleClaim(world, { ...command, verdict: 'rejected' }));
};

const reopened = async ({ world, roundId }: MarksScene, claimId: ClaimId): Promise<Since> => ({
  openSince: clockStart(granted(await reopen(world, { by: chair, roundId, claimId }, second)).state),
});

/** A round to its published final results: what everybody comes to, and the bundle without what is of chance. */
const played = async (play: (scene: MarksScene, claimId: ClaimId) => Promise<void>) => {
  const scene = await aWronglyMarkedRound();
  await published(scene);
  await play(scene, await filed(scene));
  scene.world.clock.to(at('2022-11-14T05:00'));
  await advanceIn(scene.world, scene.roundId);
  const results = await decidedIn(scene, 'claims');
  const { findings, leaves } = await bundleAt(scene);
  const applicationId = nth(scene.applications, who).id;
  const own = granted(await ownResult(scene.world, { by: anApplicant(who), applicationId }));
  return {
    results,
    findings,
    // Salts are of chance.
    leaves: JSON.parse(JSON.stringify(leaves), (key, value) => (key === 'salt' ? undefined : value)),
    own: own.stages.map(({ standing }) => standing),
  };
};

const correct = async (scene: MarksScene, corrects: Corrected | undefined): Promise<void> => {
  if (corrects) await applied(scene, await asked(scene, await corrects(scene)));
};

const aFile: Corrected = async (scene) => ({ kind: 'marks-file', import: await rightFile(scene) });
const another: Corrected = async ({ numbers }) => ({
  kind: 'totals',
  number: nth(numbers, 3),
  corrected: { scoring: 20 },
});

/** What is granted, and what is corrected before the claim is decided, between its decisions, and afterwards. */
const cases: readonly [string, Grant, (Corrected | undefined)[]][] = [
  ['a total alone', { total: 99 }, []],
  ['points alone', { essay: 20 }, []],
  ['points after a file of marks', { essay: 20 }, [aFile]],
  ['points around a file of marks', { essay: 20 }, [undefined, aFile]],
  ['points before a file of marks', { essay: 20 }, [undefined, undefined, aFile]],
  ['a total around the total of somebody else', { total: 10 }, [undefined, another]],
];

describe('a claim that is decided twice', () => {
  it.for(cases)(
    'the same way comes to what one decision does: %s',
    async ([, is, [first, between, last]]) => {
      const once = await played(async (scene, claimId) => {
        await correct(scene, first);
        await correct(scene, between);
        await upheld(scene, claimId, is);
        await correct(scene, last);
      });
      const twice = await played(async (scene, claimId) => {
        await correct(scene, first);
        await upheld(scene, claimId, is);
        await correct(scene, between);
        await upheld(scene, claimId, is, await reopened(scene, claimId));
        await correct(scene, last);
      });

      expect(twice).toEqual(once);
      expect(twice.findings.filter(({ holds }) => !holds)).toEqual([]);
    },
  );

  it.for(cases)('and rejected comes to what no grant does: %s', async ([, is, [first, between, last]]) => {
    const never = await played(async (scene, claimId) => {
      await correct(scene, first);
      await correct(scene, between);
      await rejected(scene, claimId);
      await correct(scene, last);
    });
    const taken = await played(async (scene, claimId) => {
      await correct(scene, first);
      await upheld(scene, claimId, is);
      await correct(scene, between);
      await rejected(scene, claimId, await reopened(scene, claimId));
      await correct(scene, last);
    });

    expect(taken).toEqual(never);
    expect(taken.findings.filter(({ holds }) => !holds)).toEqual([]);
  });
});
