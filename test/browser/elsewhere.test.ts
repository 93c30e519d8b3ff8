import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { regionName } from '#shared/domain/region.ts';
import { aRegionWithPeople, aRegionWithPosts, listedIn, shownIn } from '#test/builders/elsewhere.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aVacancy } from '#test/builders/offers.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { aSceneOf, unfold } from './scene.ts';
import { phoneOf } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

describe.skipIf(missingBrowser)('posts of another region', () => {
  it.for(phoneOf(3))('are agreed to, put in order and taken back, %s', async ([, way]) => {
    const { world, scene } = await aRegionWithPeople();
    const posts = [
      aVacancy('T-MAT', { posts: 2 }),
      aVacancy('T-ALG'),
      aVacancy('T-PHY', { subject: 'physics' }),
    ];
    await shownIn(world, scene.roundId, await listedIn(await aRegionWithPosts(undefined, posts)));
    const person = nth(scene.people, 0);
    const { t, served, visitors, leave } = await aSceneOf(browser, world, way);
    const token = await served.tokens.applicant(person);
    const applicant = await visitors.enter(token, `/applications/${person.applicationId}`);
    const { page } = applicant;

    await applicant.follow('elsewhere.own.of', { region: regionName('KZ-61')[t.locale] });
    await applicant.press('elsewhere.own.join');
    const unagreed = await applicant.faults();
    await applicant.look('another region without a consent');
    await page.locator('[name=agree]').check();
    await page.getByRole('button', { name: t('elsewhere.own.join') }).dblclick();
    await applicant.told('elsewhere.done.joined');
    const chosen = page.locator('ol.ranking .rank__text');
    for (const count of [1, 2]) {
      await page.locator('ul.offered button').first().click();
      await chosen.nth(count - 1).waitFor();
    }
    await applicant.look('posts of another region, chosen');
    const before = await chosen.allInnerTexts();
    await page.locator('ol.ranking button[value^="up "]').first().click();
    await chosen.first().getByText('T-MAT').waitFor();
    const after = await chosen.allInnerTexts();
    await unfold(page.getByText(t('exchange.leave.title'), { exact: true }));
    await page.getByRole('button', { name: t('exchange.leave'), exact: true }).dblclick();
    await applicant.told('elsewhere.done.left');

    expect(unagreed).toEqual([t('exchange.agreeNeeded')]);
    expect(before).toHaveLength(2);
    expect(after).toEqual(before.toReversed());
    expect(await page.getByRole('button', { name: t('elsewhere.own.join') }).count()).toBe(1);
    expect(await leave()).toEqual([]);
  });
});
