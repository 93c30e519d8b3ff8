import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWorld } from '#test/builders/scenes.ts';
import { aScoringIn, dana, secretary } from '#test/builders/selection.ts';
import { lettersOf, tellDue } from '#test/builders/told-members.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { aSceneOf, unfold } from './scene.ts';
import { waysOf } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

describe.skipIf(missingBrowser)('a reminder', () => {
  it.for(waysOf(0))('is read and counted before it goes out, and sent once, %s', async ([, way]) => {
    const world = aWorld();
    const { roundId } = await aScoringIn(world, [{}, {}, {}, {}, {}]);
    const { t, served, visitors, leave } = await aSceneOf(browser, world, way);
    const token = await served.tokens.staff(secretary, 'Хатшы');
    const { page, look, follow, told } = await visitors.enter(token, `/committee/rounds/${roundId}/scoring`);

    await follow('committee.remind.scores');
    await unfold(page.locator('details summary').first());
    await look('a reminder before it goes out');
    const owed = await page.locator('main tbody tr').allInnerTexts();
    await page.getByRole('button', { name: t('committee.remind.send', { count: 5 }) }).dblclick();
    await told('committee.done.reminded');
    await look('a reminder that went out');
    const buttons = await page.locator('main form button').count();
    const member = await visitors.enter(await served.tokens.staff(dana, 'Дана'), '/committee');
    await member.look('own committees with what waits there');
    const waits = await member.page.locator('main tbody li').allInnerTexts();
    await tellDue(world);

    expect(owed).toHaveLength(5);
    expect(buttons).toBe(0);
    expect(waits).toEqual([t('committee.waits.scores', { count: 2 })]);
    expect(lettersOf(world, 'committee-scores-reminder')).toHaveLength(5);
    expect(await leave()).toEqual([]);
  });
});
