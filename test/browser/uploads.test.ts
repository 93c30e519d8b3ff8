import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uploadSeconds } from '#shared/domain/application-documents.ts';
import { aCallIn, aigul, aStartIn, aWorld } from '#test/builders/scenes.ts';
import { aPdf } from './applicant.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { aSceneOf } from './scene.ts';
import type { Way } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

/** Somebody on the page with the form for a diploma, whose file goes in one piece. */
const atUploadForm = async (way: Partial<Way>) => {
  const world = aWorld();
  const application = await aStartIn(world, await aCallIn(world));
  const scene = await aSceneOf(browser, world, { locale: 'kk', javaScript: true, wide: false, ...way });
  const token = await scene.served.tokens.applicant(aigul);
  const applicant = await scene.visitors.enter(token, `/applications/${application.state.id}/documents`);
  const { page } = applicant;
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(new URL(request.url()).pathname);
  });
  await page.route('**/upload*.js', (route) => route.abort());
  await page.locator('main section.card form button').first().click();
  await page.locator('[type=file]').setInputFiles(aPdf);
  const send = page.getByRole('button', { name: scene.t('apply.document.upload') });
  const anew = page.locator('.runs-out__over a');
  return {
    ...scene,
    applicant,
    page,
    send,
    anew,
    toStorage: () => sent.filter((path) => path === '/storage'),
  };
};

/** What the style sheet lets happen in time, as if the page stood open for so long. */
const standFor = (page: Page, seconds: number): Promise<void> =>
  page.evaluate((milliseconds) => {
    for (const animation of document.getAnimations()) animation.currentTime = milliseconds;
  }, seconds * 1000);

const sendAgain = async ({ applicant, page }: Awaited<ReturnType<typeof atUploadForm>>): Promise<void> => {
  await page.locator('[type=file]').setInputFiles(aPdf);
  await applicant.press('apply.document.upload');
  await applicant.told('apply.done.uploaded');
};

describe.skipIf(missingBrowser)('an upload form that has run out', () => {
  it.for([
    ['without scripts', { locale: 'ru', javaScript: false }],
    ['at a desk, with scripts', { locale: 'en', wide: true }],
  ] as const)('gives way to a link to a new one a little before, %s', async ([, way]) => {
    const scene = await atUploadForm(way);
    const { applicant, page, send, anew } = scene;
    await standFor(page, uploadSeconds - 120);
    const before = [await send.isVisible(), await anew.isVisible()];
    await applicant.look('an upload form');

    await standFor(page, uploadSeconds - 30);
    const after = [await send.isVisible(), await anew.isVisible()];
    await applicant.look('an upload form that has run out');
    await anew.click();
    await applicant.told('apply.done.formOver');
    await applicant.look('an upload form, made anew');
    await sendAgain(scene);

    expect(before).toEqual([true, false]);
    expect(after).toEqual([false, true]);
    expect(scene.toStorage()).toHaveLength(1);
    expect(await scene.leave()).toEqual([]);
  });

  it('on a phone that slept meanwhile is made anew instead of sent, where scripts run', async () => {
    const scene = await atUploadForm({});
    const { applicant, page, send } = scene;
    await page.evaluate(
      (later) => {
        Date.now = () => later;
      },
      Date.now() + (uploadSeconds + 60) * 1000,
    );

    await send.click();
    await applicant.told('apply.done.formOver');
    const tooLate = scene.toStorage();
    await sendAgain(scene);

    expect(tooLate).toEqual([]);
    expect(scene.toStorage()).toHaveLength(1);
    expect(await scene.leave()).toEqual([]);
  });

  it('stays where the file goes in slices, each of which has a form of its own', async () => {
    const scene = await atUploadForm({});
    const { page, send, anew } = scene;
    await page.unroute('**/upload*.js');
    await page.reload();
    await page.locator('form:not(.runs-out)[data-upload]').waitFor();
    await standFor(page, uploadSeconds + 60);

    expect(await send.isVisible()).toBe(true);
    expect(await anew.isVisible()).toBe(false);
    expect(await scene.leave()).toEqual([]);
  });
});
