import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitApplication } from '#functions/commands/applications.ts';
import { typedWell } from '#test/builders/application.ts';
import { aCallIn, aCompleteIn, aigul, aWorld, granted, type World } from '#test/builders/scenes.ts';
import { candidacyOf } from '#test/builders/selection.ts';
import { aPdf } from './applicant.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { aSceneOf, atInquiry } from './scene.ts';
import { phoneOf, type Visitor, type Way } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

const { motivation } = typedWell;

/** Somebody on the page of an application that was submitted while the call is open. */
const afterSubmitting = async (way: Way) => {
  const world = aWorld();
  const applicationId = await aCompleteIn(world, await aCallIn(world));
  granted(await submitApplication(world, { by: aigul, applicationId }));
  const scene = await aSceneOf(browser, world, way);
  const token = await scene.served.tokens.applicant(aigul);
  const own = `/applications/${applicationId}`;
  return { ...scene, own, token, applicant: await scene.visitors.enter(token, own) };
};

describe.skipIf(missingBrowser)('a submitted application', () => {
  it.for(phoneOf(0))('is changed until the deadline, and counts once submitted anew, %s', async ([, way]) => {
    const { world, t, visitors, own, token, applicant, leave } = await afterSubmitting(way);
    const { page } = applicant;
    await giveUp(applicant, own);

    await applicant.press('amend.begin');
    await applicant.follow('apply.task.motivation');
    const submitted = await page.locator('[name=motivation]').inputValue();
    await page.locator('[name=motivation]').fill('Too short');
    await applicant.press('common.saveAndContinue');
    const faults = await applicant.faults();
    await applicant.look('a change with a fault');
    await page.locator('[name=motivation]').fill(`${motivation} Енді физиканы да үйретемін.`);
    await applicant.press('common.saveAndContinue');
    await page.waitForURL('**/sections/household');
    const elsewhere = await visitors.enter(token, '/applications');
    await elsewhere.look('own applications, one being changed');
    const listed = await elsewhere.page.locator('main').innerText();
    await elsewhere.go(`${own}/receipt`);
    const meanwhile = await elsewhere.page.locator('main').innerText();
    await applicant.go(`${own}/check`);
    const read = await page.locator('main').innerText();
    await page.getByRole('button', { name: t('apply.submit'), exact: true }).dblclick();
    await page.waitForURL('**/receipt');
    await applicant.look('receipt of a change');
    const receipt = await page.locator('main').innerText();

    expect(submitted).toBe(motivation);
    expect(faults).toHaveLength(1);
    expect(listed).toContain(t('amend.open'));
    expect(meanwhile).not.toContain(t('amend.submission.number', { count: 2 }));
    expect(read).toContain('физиканы');
    expect(receipt).toContain(t('amend.submission.number', { count: 2 }));
    expect(submissionsIn(world)).toBe(2);
    expect(await leave()).toEqual([]);
  });
});

const giveUp = async (applicant: Visitor, own: string): Promise<void> => {
  const { page } = applicant;
  await applicant.press('amend.begin');
  await applicant.follow('apply.task.motivation');
  await page.locator('[name=motivation]').fill('Something else altogether. '.repeat(12));
  await applicant.press('common.saveAndContinue');
  await page.waitForURL('**/sections/household');
  await applicant.go(own);
  await applicant.follow('amend.giveUp');
  await applicant.press('amend.giveUp');
  await applicant.told('amend.done.givenUp');
  await applicant.look('changes given up');
};

const submissionsIn = (world: World): number =>
  world.records.commits
    .flatMap(({ changes }) => changes.flatMap(({ facts }) => facts))
    .filter(({ type }) => type === 'application-submitted' || type === 'amendment-submitted').length;

describe.skipIf(missingBrowser)('a question of the committee', () => {
  it.for(phoneOf(3))('is answered with a text and a file, %s', async ([, way]) => {
    const scene = await atInquiry(browser, way);
    const { world, t, visitors, applicationId, token, applicant, leave } = scene;
    const { page } = applicant;

    await applicant.follow('inquiry.toAnswer');
    await applicant.press('inquiry.send');
    const faults = await applicant.faults();
    await applicant.look('an answer without anything');
    const stale = await visitors.enter(token, new URL(page.url()).pathname.slice(3));
    await page.getByLabel(t('inquiry.answer')).fill('Қосымша осында.');
    await sendFile(applicant);
    await page.getByText(t('apply.document.received'), { exact: true }).waitFor();
    await applicant.look('an answer with its file');
    const kept = await page.getByLabel(t('inquiry.answer')).inputValue();
    await stale.page.getByLabel(t('inquiry.answer')).fill('Written in another window.');
    await stale.press('inquiry.saveLater');
    await stale.page.getByRole('heading', { name: t('inquiry.otherText') }).waitFor();
    await stale.look('two windows with an answer');
    const both = [
      await stale.page.locator('main').innerText(),
      await stale.page.getByLabel(t('inquiry.answer')).inputValue(),
    ];
    await page.getByRole('button', { name: t('inquiry.send'), exact: true }).dblclick();
    await applicant.told('inquiry.done.sent');
    await applicant.look('an answer that was sent');
    await stale.press('inquiry.send');
    await stale.page.getByText('Written in another window.').waitFor();
    await stale.look('an answer that came second');
    await stale.follow('problems.toForm');
    const answered = await stale.page.locator('main').innerText();

    expect(faults).toEqual([t('inquiry.fault.empty')]);
    expect(kept).toBe('Қосымша осында.');
    expect(both).toEqual([expect.stringContaining('Қосымша осында.'), 'Written in another window.']);
    expect(answered).toContain(t('inquiry.standing.answered'));
    const inquiry = (await candidacyOf(world, applicationId)).inquiries?.at(-1);
    expect(inquiry?.documents).toHaveLength(1);
    expect(await leave()).toEqual([]);
  });
});

/** Sends a file from the page that asks for one; the storage of a scene takes whole files. */
const sendFile = async (visitor: Visitor): Promise<void> => {
  const { page } = visitor;
  await page.route('**/upload*.js', (route) => route.abort());
  await visitor.press('apply.document.choose');
  await page.locator('[type=file]').setInputFiles(aPdf);
  await visitor.press('apply.document.upload');
  await visitor.told('apply.done.uploaded');
};
