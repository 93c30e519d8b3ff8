import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administrator, aWorld } from '#test/builders/scenes.ts';
import { advanceIn, anApplicant, aScreeningIn } from '#test/builders/selection.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { aSceneOf, unfold } from './scene.ts';
import { phoneOf, waysOf } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

describe.skipIf(missingBrowser)('letters about a decision', () => {
  it.for(waysOf(0))('are read in every language and counted before they go out, %s', async ([, way]) => {
    const world = aWorld();
    const { roundId } = await aScreeningIn(world, [{}, {}, {}]);
    await advanceIn(world, roundId);
    const { t, served, visitors, leave } = await aSceneOf(browser, world, way);
    const token = await served.tokens.staff(administrator, 'Әкімші');
    const { page, look, follow, go, told } = await visitors.enter(token, `/manage/rounds/${roundId}`);

    await look('a round, to its administrator');
    await follow('watch.letters');
    await unfold(page.locator('details summary').first());
    await look('letters before they go out', { desk: 'letters' });
    const preview = await page.locator('main').innerText();
    await page.getByRole('button', { name: t('watch.letters.send', { count: 3 }) }).dblclick();
    await told('watch.done.released');
    await look('letters that went out');
    await go(`/manage/rounds/${roundId}/history`);
    await look('timeline of a round');
    const deeds = await page.locator('.timeline li').allInnerTexts();

    const applicant = await visitors.enter(await served.tokens.applicant(anApplicant(0)), '/applications');
    await applicant.look('own applications');
    await applicant.page.locator('main article a').first().click();
    await applicant.look('timeline of an application');

    expect(preview).toContain(t('watch.letters.recipients', { count: 3 }));
    expect(deeds.filter((deed) => deed.includes(t('watch.event.letters-released')))).toHaveLength(1);
    expect(await applicant.page.locator('.timeline li').count()).toBeGreaterThan(3);
    expect(await leave()).toEqual([]);
  });
});

describe.skipIf(missingBrowser)('an application that is kept longer', () => {
  it.for(phoneOf(0))('is held by hand and shown with who, why and until when, %s', async ([, way]) => {
    const world = aWorld();
    const { roundId, applications } = await aScreeningIn(world, [{}]);
    const { t, served, visitors, leave } = await aSceneOf(browser, world, way);
    const token = await served.tokens.staff(administrator, 'Әкімші');
    const { page, look, told } = await visitors.enter(token, `/manage/rounds/${roundId}/retention`);
    const hold = page.getByRole('button', { name: t('rights.hold.hold') });

    await hold.click();
    await page.locator('.govuk-error-summary').waitFor();
    await look('how long data are kept, a hold refused');
    await page.getByLabel(t('apply.numberName')).fill(applications[0]?.number ?? '');
    await page.getByLabel(t('rights.hold.court')).check();
    await page.locator('[name=reason]').fill('7-хат');
    await hold.dblclick();
    await told('rights.done.held');
    await look('how long data are kept, with a hold');
    const said = await page.locator('main').innerText();

    expect(said).toContain('7-хат');
    expect(said).toContain('Әкімші');
    expect(await leave()).toEqual([]);
  });
});
