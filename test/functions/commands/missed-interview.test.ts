import { describe, expect, it } from 'vitest';
import { claimEffects } from '#functions/commands/claim-effects.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { lookBack } from '#functions/commands/replay.ts';
import { ownResult } from '#functions/commands/results.ts';
import { bundleAt, listOf } from '#test/builders/corrections.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aMissedInterview, best, givenAndCounted, upheldAsOwed } from '#test/builders/missed-interview.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, anApplicant, chair, roundIn } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

describe('a claim about an interview that was missed', () => {
  it('is upheld without any total, which moves nobody', async () => {
    const scene = await aMissedInterview();
    const { applicationId, found } = await upheldAsOwed(scene);

    expect(found.everyone).toEqual([]);
    const history = await scene.world.records.history('candidacy', applicationId);
    expect(history.map(({ fact }) => fact.type)).not.toContain('points-corrected');
  });

  it('owes nobody an interview who had one, nor a total of it beside', async () => {
    const { world, roundId, applications } = await aMissedInterview();
    const filed = {
      by: anApplicant(0),
      applicationId: nth(applications, 0).id,
      grounds: 'other',
      text: '?',
    } as const;
    const claimId = granted(await makeClaim(world, filed)).state.id;
    const about = { by: chair, roundId, claimId };
    const faultOf = async (corrected: Parameters<typeof claimEffects>[1]['corrected']) => {
      const tried = await claimEffects(world, { ...about, corrected });
      return tried.ok || tried.error.kind !== 'invalid' ? undefined : tried.error.faults[0]?.message;
    };

    expect(await faultOf({ interviewOwed: true })).toBe('owed-interview.fault.had');
    expect(await faultOf({ interviewOwed: true, interview: 50 })).toBe('results.fault.owed');
    expect(await faultOf({})).toBe('results.fault.correction-needed');
  });
});

describe('the way of an interview that was owed through a whole round', () => {
  it('ends in final results that rank it, that can be counted again, and that are explained', async () => {
    const scene = await aMissedInterview();
    const { world, roundId, applications, numbers } = scene;
    await upheldAsOwed(scene);
    await givenAndCounted(scene);
    world.clock.to(at('2022-11-14T05:00'));
    await advanceIn(world, roundId);

    const { standings } = await listOf(scene, (await roundIn(world, roundId)).decisions.claims);
    const own = standings.find(({ number }) => number === nth(numbers, best));
    expect(own).toMatchObject({ outcome: 'goes-on', interview: 100, rank: 1 });
    const bundle = await bundleAt(scene);
    expect(bundle.findings.filter(({ holds }) => !holds)).toEqual([]);
    const { recomputed } = granted(await lookBack(world, { by: chair, roundId }));
    expect(recomputed.length).toBeGreaterThan(3);
    expect(recomputed.filter(({ follows }) => !follows)).toEqual([]);
    const applicationId = nth(applications, best).id;
    const result = granted(await ownResult(world, { by: anApplicant(best), applicationId }));
    expect(result.points.filter(({ part }) => part === 'interview').length).toBeGreaterThan(0);
  });
});
