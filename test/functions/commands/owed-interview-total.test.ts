import { describe, expect, it } from 'vitest';
import { makeClaim } from '#functions/commands/claims.ts';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { applyCorrection } from '#functions/commands/correction-applying.ts';
import { askCorrection, refuseCorrection } from '#functions/commands/corrections.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { recordAttendance, scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { planOwedInterview } from '#functions/commands/owed-interview-planning.ts';
import { grantOwedInterview } from '#functions/commands/owed-interviews.ts';
import { StandingList } from '#shared/domain/standing.ts';
import { grounds, text } from '#test/builders/claims.ts';
import { allPoints, chair, nth, secretary } from '#test/builders/interview-scenes.ts';
import {
  anOwedScene,
  askedFor,
  countAsked,
  countedIn,
  countingOf,
  countShown,
  grantedIn,
  type OwedScene,
  owedIn,
  owedReason,
  plannedIn,
  planning,
  scoredIn,
  shownIn,
  totalIn,
} from '#test/builders/owed-interviews.ts';
import { granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { gateIn } from './committee-room.ts';

/** The final results as they are drawn up once the claims window has closed. */
const finalIn = async ({ world, roundId }: OwedScene) => {
  world.clock.to(at('2022-11-07T14:00'));
  const drawn = await drawUpProposal(world, { by: secretary, roundId });
  if (!drawn.ok) return drawn;
  const { proposal } = await gateIn(world, roundId);
  return StandingList.parse(JSON.parse(await world.records.blob(proposal ?? ''))).standings;
};

describe('its total', () => {
  it('comes into the final results as a correction, with everyone it concerns shown before', async () => {
    const scene = await anOwedScene();
    const { world } = scene;
    await plannedIn(scene);
    await scoredIn(scene);
    const total = await totalIn(scene);
    const number = await countAsked(scene);
    const { page, command } = await countShown(scene, number);
    expect(page.effects?.affected.map((one) => one.number)).toContain(scene.number);
    granted(await applyCorrection(world, command));
    granted(await applyCorrection(world, command));

    expect(await owedIn(scene)).toMatchObject({ status: 'counted', counted: { correction: number, total } });
    const final = await finalIn(scene);
    if (!Array.isArray(final)) throw new Error('Nothing was drawn up.');
    expect(final.find((one) => one.number === scene.number)).toMatchObject({
      outcome: 'goes-on',
      scoring: 75,
      interview: total,
      rank: expect.any(Number),
    });
  });

  it('is nothing that somebody types, nor what its cards said before', async () => {
    const scene = await anOwedScene();
    const { world, roundId, on } = scene;
    await plannedIn(scene);
    await scoredIn(scene);
    const corrects = await countingOf(scene);
    const typed = { ...corrects, corrected: { interview: 99 } };
    expect(
      await askCorrection(world, { by: secretary, roundId, corrects: typed, reason: owedReason }),
    ).toMatchObject({ error: { faults: [{ message: 'owed-interview.fault.cards' }] } });

    const number = await countAsked(scene);
    const { command } = await countShown(scene, number);
    granted(await scoreInterview(world, { ...on(chair), owed: true, points: allPoints(2) }));
    expect(await applyCorrection(world, command)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    granted(await refuseCorrection(world, { by: chair, roundId, correction: number, reason: 'Өзгерді.' }));
    await countedIn(scene);
    expect((await owedIn(scene))?.counted?.total).toBeLessThan(corrects.corrected.interview);
  });

  it('is final once it counts, and can be counted again where the correction is undone', async () => {
    const scene = await anOwedScene();
    const { world, roundId, on } = scene;
    await plannedIn(scene);
    await scoredIn(scene);
    await countedIn(scene);
    const again = await scoreInterview(world, { ...on(chair), owed: true, points: allPoints(1) });
    expect(again).toMatchObject({ error: { kind: 'not-in-stage' } });

    const corrects = { kind: 'undo', correction: 1 } as const;
    granted(await askCorrection(world, { by: chair, roundId, corrects, reason: owedReason }));
    const { command } = await countShown(scene, 2, secretary);
    granted(await applyCorrection(world, command));
    expect(nth(await shownIn(scene), 0).step).toBe('scored');
    await countedIn(scene);
    expect(await owedIn(scene)).toMatchObject({ counted: { correction: 3 } });
  });

  it('holds the final results up until it is counted, or nobody came', async () => {
    const scene = await anOwedScene();
    const { world, on } = scene;
    granted(await askedFor(scene));
    const interviews = { count: 1, numbers: [scene.number] };
    const unfinished = {
      ok: false,
      error: { kind: 'unfinished-work', remaining: 1, of: 'owed-interviews', interviews },
    };
    expect(await finalIn(scene)).toEqual(unfinished);
    granted(await grantOwedInterview(world, on(chair)));
    expect(await finalIn(scene)).toEqual(unfinished);
    granted(await planOwedInterview(world, { ...planning(scene), from: at('2022-11-08T05:00') }));
    expect(await finalIn(scene)).toEqual(unfinished);
    world.clock.to(at('2022-11-08T06:00'));
    granted(await recordAttendance(world, { ...on(secretary), owed: true, came: false }));
    const final = await drawUpProposal(world, { by: secretary, roundId: scene.roundId });
    expect(final.ok).toBe(true);
  });

  it('is named beside claims that are open, and not by number to whom the application is closed', async () => {
    const scene = await anOwedScene();
    const { world, on, roundId, candidates } = scene;
    await grantedIn(scene);
    const claim = { ...nth(candidates, 1), grounds, text };
    granted(await makeClaim(world, claim));
    expect(await finalIn(scene)).toMatchObject({
      error: { remaining: 1, of: 'claims', interviews: { count: 1, numbers: [scene.number] } },
    });
    granted(await declareOwnConflict(world, on(chair)));
    expect(await drawUpProposal(world, { by: chair, roundId })).toMatchObject({
      error: { of: 'claims', interviews: { count: 1, numbers: [] } },
    });
  });
});
