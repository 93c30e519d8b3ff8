import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveDocument } from '#functions/commands/documents.ts';
import { uploadSeconds } from '#shared/domain/application-documents.ts';
import { fileKey } from '#shared/ports/files.ts';
import { aCallIn, aigul, aStartIn, aWorld, granted } from '#test/builders/scenes.ts';
import { candidacyOf } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';
import { aPdf } from './applicant.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { aSceneOf, atInquiry } from './scene.ts';
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

/** The same with the script that sends in slices. */
const atSlices = async () => {
  const scene = await atUploadForm({});
  const { page } = scene;
  await page.unroute('**/upload*.js');
  await page.reload();
  await page.locator('form:not(.runs-out)[data-upload]').waitFor();
  await page.locator('[type=file]').setInputFiles(aPdf);
  return scene;
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

  it('gives way to the page that says why, where the file goes in slices and is refused', async () => {
    const { world, t, applicant, page, leave } = await atSlices();
    // So long after that nobody is signed in any more.
    world.clock.to(at('2022-10-04T12:00'));

    await applicant.press('apply.document.upload');
    await page.getByRole('heading', { name: t('problems.sign-in-needed.title') }).waitFor();
    await applicant.look('a file whose sender has to sign in anew');
    const title = await page.title();
    const focused = await page.evaluate(() => document.activeElement?.tagName);
    await page
      .locator('main')
      .getByRole('link', { name: t('common.signIn') })
      .click();
    await page.waitForURL('**/sign-in?next=**');

    expect(title).toContain(t('problems.sign-in-needed.title'));
    expect(focused).toBe('H1');
    expect(await leave()).toEqual([]);
  });

  it('asks for the file again that was changed after it was chosen', async () => {
    const { applicant, page, leave } = await atSlices();
    // As a browser answers for a file that is another one by now.
    await page.evaluate(() => {
      Blob.prototype.arrayBuffer = () => Promise.reject(new DOMException('', 'NotReadableError'));
    });

    await applicant.press('apply.document.upload');
    await applicant.told('apply.done.fileGone');

    expect(await leave()).toEqual([]);
  });

  it('stays where the file goes in slices, each of which has a form of its own', async () => {
    const scene = await atSlices();
    const { page, send, anew } = scene;
    await standFor(page, uploadSeconds + 60);

    expect(await send.isVisible()).toBe(true);
    expect(await anew.isVisible()).toBe(false);
    expect(await scene.leave()).toEqual([]);
  });
});

describe.skipIf(missingBrowser)('an answer to the committee', () => {
  it('keeps what is being typed while its file arrives', async () => {
    const way = { locale: 'ru', javaScript: true, wide: false } as const;
    const { world, t, applicationId, applicant, leave } = await atInquiry(browser, way);
    const { page } = applicant;
    await applicant.follow('inquiry.toAnswer');
    await page.getByLabel(t('inquiry.answer')).waitFor();
    const answer = page.url();
    await applicant.press('apply.document.choose');
    await page.waitForURL('**/files?file=**');
    const [file] = (await candidacyOf(world, applicationId)).inquiries?.at(-1)?.documents ?? [];
    if (!file) throw new Error('No file was announced.');
    await page.goto(answer);

    await page.getByLabel(t('inquiry.answer')).fill('Половина предложения');
    world.files.put(fileKey('quarantine', applicationId, file.id), aPdf.buffer.toString('latin1'));
    granted(await receiveDocument(world, { applicationId, documentId: file.id, scanning: false }));
    await page.getByText(t('apply.document.received'), { exact: true }).waitFor();
    await applicant.look('an answer whose file has arrived meanwhile');
    const typed = await page.getByLabel(t('inquiry.answer')).inputValue();
    await applicant.press('common.remove');
    await applicant.told('apply.done.removed');

    expect(typed).toBe('Половина предложения');
    expect(await page.getByLabel(t('inquiry.answer')).inputValue()).toBe(typed);
    expect(await leave()).toEqual([]);
  });
});
