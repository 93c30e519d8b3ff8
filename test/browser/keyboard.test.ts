import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syntheticApplicant } from '#infra/demo/people.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { aCallIn, aWorld } from '#test/builders/scenes.ts';
import { aPdf } from './applicant.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { typistOn } from './keyboard.ts';
import { aSceneOf } from './scene.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

const sections = [
  'identity',
  'contacts',
  'education',
  'work',
  'test',
  'achievements',
  'motivation',
  'household',
  'adjustments',
] as const;

describe.skipIf(missingBrowser)('somebody without a mouse', () => {
  it('applies with the keyboard alone, from the call to the receipt, and always sees where one is', async () => {
    const world = aWorld();
    const round = await aCallIn(world);
    const { visitors, served, t, leave } = await aSceneOf(browser, world, {
      locale: 'ru',
      javaScript: true,
      wide: false,
    });
    const token = await served.tokens.applicant({ personId: PersonId.parse('KEYB0ARD'.padEnd(20, '0')) });
    const { page } = await visitors.enter(token, `/calls/${round}`);
    // The storage of a scene takes whole files; a home's takes slices as well (apply.test.ts).
    await page.route('**/upload*.js', (route) => route.abort());
    const typist = typistOn(page, t);
    const { typed } = syntheticApplicant(0);
    const order: Record<string, string[]> = {};

    const [skip] = await typist.go(t('call.apply'));
    await typist.go(t('apply.start.begin'));
    await typist.go(t('apply.task.identity'));
    for (const section of sections) order[section] = await typist.fillSection(typed[section]);
    await typist.fillSection({});
    await typist.go(t('apply.document.choose'));
    const choosing = page.waitForEvent('filechooser');
    await typist.tick('file');
    await (await choosing).setFiles(aPdf);
    await typist.go(t('apply.document.upload'));
    await page.getByText(t('apply.document.received'), { exact: true }).waitFor();
    await typist.go(t('common.continue'));
    await typist.go(t('apply.choices.add'));
    await typist.go(t('common.continue'));
    await typist.go(t('common.continue'));
    await typist.fillSection({ consent: 'yes' });
    await typist.go(t('apply.submit'));
    const receipt = await page.locator('main').innerText();

    expect(receipt).toMatch(/KZ19-[0-9A-Z]{4}-[0-9A-Z]{4}/);
    expect(skip?.name).toBe(t('common.skip'));
    expect(order['work']).toEqual(['subjects', 'category', 'experienceYears', 'employer', 'languages']);
    expect(typist.stops.filter(({ visible }) => !visible)).toEqual([]);
    expect(await leave()).toEqual([]);
  });
});
