import { describe, expect, it } from 'vitest';
import { makeClaim } from '#functions/commands/claims.ts';
import { ownResult } from '#functions/commands/results.ts';
import { changed } from '#functions/commands/storing.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { claimAggregate } from '#shared/domain/claim.ts';
import { fold } from '#shared/domain/event.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { ClaimId } from '#shared/domain/ids.ts';
import { correctionsAggregate } from '#shared/replay/correction.ts';
import { listed, shownToStand } from '#test/builders/corrected-steps.ts';
import {
  applied,
  asked,
  aWronglyMarkedRound,
  bundleAt,
  correctionsIn,
  listOf,
  published,
} from '#test/builders/corrections.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import type { MarksScene } from '#test/builders/marks-scene.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, anApplicant, chair, roundIn, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

/*
 * Records as they were written before 28 November 2026: a claim put its total at the application itself, a correction said no order, and what all of them
 * came to did not have what claims were granted. Typed by hand, so that no later field slips in.
 */

const reason = {
  owner: 'round#R',
  kind: 'reason' as const,
  version: 1,
  digest: sha256Of('a reason of then'),
};
const by = { kind: 'operator' } as const;

const aRound = async (): Promise<MarksScene> => {
  const scene = await aWronglyMarkedRound();
  await published(scene);
  return scene;
};

/** A claim upheld with a total, as it was stored then. */
const upheldThen = async ({ world, applications }: MarksScene, who: number, scoring: number) => {
  const { id: applicationId } = nth(applications, who);
  const own = { by: anApplicant(who), applicationId, grounds: 'scoring-error' as const, text: 'Қате.' };
  const claim = ClaimId.parse(granted(await makeClaim(world, own)).id);
  const now = world.clock.now();
  const filed = await world.records.find(claimAggregate, claim);
  const candidacy = await world.records.find(candidacyAggregate, applicationId);
  const upheld = { type: 'claim-upheld', at: now, by: chair.id, reason, corrected: { scoring } } as const;
  const points = { type: 'points-corrected', at: now, claim, corrected: { scoring } } as const;
  const changes = [
    changed(claimAggregate, claim, filed, [upheld]).change,
    changed(candidacyAggregate, applicationId, candidacy, [points]).change,
  ];
  granted(await world.records.commit({ by, changes }));
};

/** A correction of one total that two people applied, as it was stored then. */
const correctedThen = async ({ world, roundId, applications }: MarksScene, who: number, scoring: number) => {
  const { id: applicationId, number } = nth(applications, who);
  const text = canonicalJson({ schemaVersion: 1, roundId, corrected: [{ applicationId, number, scoring }] });
  const told = canonicalJson({ schemaVersion: 1, roundId, affected: [] });
  const [list, affected] = [sha256Of(text), sha256Of(told)];
  const now = world.clock.now();
  const corrects = { kind: 'totals', number, corrected: { scoring } } as const;
  const before = await world.records.find(correctionsAggregate, roundId);
  const done = { at: now, by: theAdministrator.id, correction: 1, list, affected, recipients: 0 };
  const { change } = changed(correctionsAggregate, roundId, before, [
    { type: 'correction-asked', at: now, by: secretary.id, roundId, corrects, reason },
    { type: 'correction-applied', ...done },
  ]);
  const blobs = [
    { sha256: list, text },
    { sha256: affected, text: told },
  ];
  granted(await world.records.commit({ by, changes: [change], blobs }));
};

/** The final results as they are decided: what scoring came to, in the order of the scene. */
const decided = async (scene: MarksScene) => {
  const shown = await shownToStand(scene);
  scene.world.clock.to(at('2022-11-14T05:00'));
  await advanceIn(scene.world, scene.roundId);
  const list = await listOf(scene, (await roundIn(scene.world, scene.roundId)).decisions.claims);
  expect(listed(list.standings, list.departures)).toEqual(shown);
  return scene.numbers.map((number) => list.standings.find((one) => one.number === number)?.scoring);
};

describe('claims and corrections that were stored before their order was', () => {
  it('count in the final results as they are shown, in the own result and in what is published', async () => {
    const scene = await aRound();
    await upheldThen(scene, 1, 99);
    await correctedThen(scene, 2, 50);

    expect(await decided(scene)).toEqual([89.5, 99, 50, 92.2]);
    const own = { by: anApplicant(1), applicationId: nth(scene.applications, 1).id };
    expect(granted(await ownResult(scene.world, own)).corrected).toEqual({ scoring: 99 });
    const { findings } = await bundleAt(scene);
    expect(findings.filter(({ holds }) => !holds)).toEqual([]);
  });

  it('leave the claim before the correction of the same application, whichever came first', async () => {
    const [first, second] = [await aRound(), await aRound()];
    await correctedThen(first, 1, 50);
    await upheldThen(first, 1, 99);
    await upheldThen(second, 1, 99);
    await correctedThen(second, 1, 50);

    const results = await decided(first);
    expect(results).toEqual([89.5, 99, 95.8, 92.2]);
    expect(await decided(second)).toEqual(results);
  });

  it('stand below what is corrected from now on, and again once that is taken back', async () => {
    const scene = await aRound();
    await upheldThen(scene, 1, 99);
    await correctedThen(scene, 2, 50);
    const number = nth(scene.numbers, 1);
    await applied(scene, await asked(scene, { kind: 'totals', number, corrected: { scoring: 70 } }));
    const { standings } = await shownToStand(scene);
    expect(standings.find((one) => one.number === number)?.scoring).toBe(70);

    await applied(scene, await asked(scene, { kind: 'undo', correction: 2 }));

    expect(await decided(scene)).toEqual([89.5, 99, 50, 92.2]);
  });

  it('fold to the record that was kept of them, without what came later', async () => {
    const scene = await aRound();
    await correctedThen(scene, 2, 50);
    const { world, roundId } = scene;

    const state = await correctionsIn(scene);
    const history = await world.records.history(correctionsAggregate.name, roundId);

    expect(fold(correctionsAggregate, history)).toEqual(state);
    expect(Object.keys(state ?? {}).toSorted()).toEqual(['corrections', 'list', 'roundId']);
    expect(correctionsAggregate.snapshot.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });
});
