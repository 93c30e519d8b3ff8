import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  nth,
  members as panelMembers,
  secretary as panelSecretary,
} from '#test/builders/interview-scenes.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { aScoringIn, dana, secretary } from '#test/builders/selection.ts';
import { threeInterviewed } from '#test/builders/three-interviewed.ts';
import { lettersOf, tellDue } from '#test/builders/told-members.ts';
import { at } from '#test/builders/worlds.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { aSceneOf, unfold } from './scene.ts';
import { phoneOf, waysOf } from './visitors.ts';

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

  it.for(phoneOf(2))('of scorecards tells the secretary who was reminded, %s', async ([, way]) => {
    const { world, roundId } = await threeInterviewed();
    world.clock.to(at('2022-10-24T05:00'));
    const { t, served, visitors, leave } = await aSceneOf(browser, world, way);
    const token = await served.tokens.staff(panelSecretary, 'Хатшы');
    const { page, look, follow, told } = await visitors.enter(
      token,
      `/committee/rounds/${roundId}/interviews`,
    );

    await follow('committee.remind.scorecards');
    await look('a reminder of scorecards');
    await page.getByRole('button', { name: t('committee.remind.send', { count: 3 }) }).click();
    await told('committee.done.reminded');
    await look('who was reminded of scorecards');
    const [sent] = await page
      .getByRole('table', { name: t('committee.remind.sent') })
      .locator('tbody tr')
      .allInnerTexts();
    const member = await visitors.enter(
      await served.tokens.staff(nth(panelMembers, 0), 'Дана'),
      '/committee',
    );
    await member.look('own committees with scorecards that are owed');

    expect(sent).toContain(t('committee.remind.about.scorecards'));
    expect(await member.page.locator('main tbody li').allInnerTexts()).toEqual([
      t('committee.waits.scorecards', { count: 2 }),
    ]);
    expect(await leave()).toEqual([]);
  });
});
