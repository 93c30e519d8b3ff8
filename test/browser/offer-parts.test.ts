import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anOffersRoundIn,
  aVacancy,
  deliverOffersIn,
  offersIn,
  theAdministrator,
} from '#test/builders/offers.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { aSceneOf, unfold } from './scene.ts';
import { waysOf } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

describe.skipIf(missingBrowser)('offers in parts', () => {
  it.for(waysOf(0))('are looked at, let go, stopped and let go again, %s', async ([, way]) => {
    const world = aWorld();
    const people = Array.from({ length: 12 }, () => ({ choices: ['MAT-002', 'MAT-001'] }));
    const register = [aVacancy('MAT-001', { posts: 3 }), aVacancy('MAT-002', { posts: 30 })];
    const scene = await anOffersRoundIn(world, people, register);
    const { t, served, visitors, leave } = await aSceneOf(browser, world, way);
    const token = await served.tokens.staff(theAdministrator, 'Әкімші');
    const at = `/manage/rounds/${scene.roundId}/offers`;
    const board = await visitors.enter(token, at);
    const { page } = board;

    await page.getByLabel(t('offer.part.count')).fill('3');
    await board.press('offer.part.show');
    await unfold(page.getByText(t('offer.byPost.title'), { exact: true }));
    await board.look('a part of the offers');
    await page.getByRole('button', { name: t('offer.board.release', { count: 3 }) }).dblclick();
    await board.told('offer.done.released');
    await deliverOffersIn(world);
    await board.go(at);
    await board.look('between two parts of the offers');
    await unfold(page.getByText(t('offer.stop.title'), { exact: true }));
    await page.getByRole('button', { name: t('offer.stop.submit'), exact: true }).click();
    const faults = await board.faults();
    await page.getByLabel(t('offer.stop.reason')).fill('30 орны қате.');
    await page.getByRole('button', { name: t('offer.stop.submit'), exact: true }).dblclick();
    await board.told('offer.done.stopped');
    await board.look('offers that were stopped');
    const meanwhile = await offersIn(world, scene);
    await board.press('offer.board.release', { count: 9 });
    await board.told('offer.done.released');
    await deliverOffersIn(world);

    expect(faults).toHaveLength(1);
    expect(meanwhile).toHaveLength(3);
    expect(await offersIn(world, scene)).toHaveLength(12);
    expect(await leave()).toEqual([]);
  });
});
