import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClaim } from '#functions/commands/claims.ts';
import { grounds, text } from '#test/builders/claims.ts';
import { aWronglyMarkedRound, published } from '#test/builders/corrections.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, anApplicant, chair } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { aSceneOf, unfold } from './scene.ts';
import { signInAll } from './served-round.ts';
import { phoneOf } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

describe.skipIf(missingBrowser)('a claim about points', () => {
  it.for(phoneOf(2))('is upheld by them, and its owner reads what they were, %s', async ([, way]) => {
    const round = await aWronglyMarkedRound();
    await published(round);
    const { world, roundId, applications } = round;
    const mine = { by: anApplicant(0), applicationId: nth(applications, 0).id };
    const claim = granted(await makeClaim(world, { ...mine, grounds, text })).state.id;
    const { t, served, visitors, leave } = await aSceneOf(browser, world, way);
    const [theChair] = await signInAll(served, [chair]);

    const deciding = await visitors.enterByPhone(theChair, `/committee/rounds/${roundId}/claims/${claim}`);
    await deciding.page.getByLabel(t('results.claim.items.verdict'), { exact: true }).check();
    const mark = deciding.page.locator('[name="item.scoring.test.marks"]');
    await unfold(mark.locator('xpath=ancestor::details[1]/summary'));
    await mark.fill('8o');
    await deciding.page.getByLabel(t('committee.reason'), { exact: true }).fill('A row too low.');
    await deciding.press('results.claim.decide');
    await deciding.look('points of a claim with a slip');
    await mark.fill('80');
    await deciding.press('results.claim.decide');
    await deciding.look('what other points would change');
    await deciding.press('replay.claim.uphold');
    await deciding.told('results.done.decided');
    world.clock.to(at('2022-11-14T05:00'));
    await advanceIn(world, roundId);
    const owner = await served.tokens.applicant(mine.by);
    const applicant = await visitors.enterByPhone(owner, `/applications/${mine.applicationId}/result`);
    await applicant.look('own result with corrected points');
    const told = await applicant.page.locator('main').innerText();

    expect(told).toContain(t('results.points.before', { was: t.number(55) }));
    expect(await leave()).toEqual([]);
  });
});
