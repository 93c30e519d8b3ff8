import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRound } from '#infra/demo/call.ts';
import { readIntakeFile } from '#infra/demo/round-file.ts';
import { enrol } from '#infra/rehearsal/sign-in.ts';
import { translator } from '#shared/i18n/index.ts';
import { draftByClicking, enrolByClicking, openByClicking } from '#test/browser/administrator.ts';
import { fillSection, follow, letterNaming, press, typedIn, typeWrongCode } from '#test/browser/applicant.ts';
import { launchBrowser, missingBrowser } from '#test/browser/browser.ts';
import { glanceAt, lookAt, stopOf, tabTo } from '#test/browser/look.ts';
import { takePicture } from '#test/browser/pictures.ts';
import {
  begin,
  choose,
  come,
  comeBack,
  fillAndLeave,
  fillOn,
  readPublicPages,
  somebody,
  upload,
} from '#test/browser/visit.ts';
import { type HomeProcess, homeProcess } from '#test/journeys/home-process.ts';

/** Where no script runs, the markup is the same, and axe reads it with SOAK=1 only. */
const soak = process.env['SOAK'] !== undefined;

/** Kazakh with scripts and Russian without; with SOAK=1 every language in both ways. */
const applying = [
  somebody('kk', 0),
  somebody('ru', 1, { javaScript: false }),
  ...(soak
    ? [
        somebody('en', 4),
        somebody('en', 5, { javaScript: false }),
        somebody('kk', 6, { javaScript: false }),
        somebody('ru', 7),
      ]
    : []),
];

let home: HomeProcess;
let browser: Browser;
let round: string;

beforeAll(async () => {
  if (missingBrowser) return;
  home = await homeProcess();
  [browser] = await Promise.all([launchBrowser(), home.start()]);
  const { text, start } = await readIntakeFile();
  await home.operator.setClock(new Date(start).toISOString());
  const mail = 'administrator@example.kz';
  const administrator = await enrol(home.operator, home.origin, {
    mail,
    locale: 'ru',
    role: 'administrator',
  });
  round = await openRound(administrator.client, text);
});
afterAll(async () => {
  await browser?.close();
  await home?.remove();
});

describe.skipIf(missingBrowser)('somebody applies by clicking', () => {
  it.for(
    applying.map(
      (who) => [`in ${who.t.locale}, ${who.javaScript ? 'with' : 'without'} scripts`, who] as const,
    ),
  )('on a phone, %s', async ([, who]) => {
    const { t, person } = who;
    const faults: string[] = [];
    const lookOn =
      (page: Page) =>
      (name: string): Promise<void> =>
        (who.javaScript || soak ? lookAt : glanceAt)(page, name, faults);
    const { identity, education, motivation } = person.typed;

    const first = await come(browser, who);
    const lookFirst = lookOn(first.page);
    await begin(first.page, who, { home, round }, lookFirst);
    await lookFirst('tasks');
    await follow(first.page, t('apply.task.identity'));
    await lookFirst('identity');
    await fillSection(first.page, t, { ...identity, iin: '123' });
    await first.page.getByRole('heading', { name: t('common.errorSummary') }).waitFor();
    await lookFirst('identity with a fault');
    const summary = await first.page.locator('.govuk-error-summary a').allInnerTexts();
    const focused = await first.page.evaluate(() => document.activeElement?.className ?? '');
    const kept = await typedIn(first.page, ['fullName', 'iin', 'birthDate-year']);
    await press(first.page, t('apply.saveAndLeave'));
    await first.page.getByText(t('common.done.saved')).waitFor();
    await lookFirst('tasks, one begun');
    await first.visitor.close();

    const second = await comeBack(browser, home, who);
    await follow(second.page, t('apply.task.identity'));
    const found = await typedIn(second.page, ['fullName', 'iin', 'birthDate-year']);
    await fillSection(second.page, t, { iin: identity['iin'] });
    await fillOn(second.page, who, ['contacts']);
    await second.page.waitForURL('**/sections/education');
    await fillAndLeave(second.page, who, 'education', lookOn(second.page));
    await second.visitor.close();

    const { page, visitor } = await comeBack(browser, home, who);
    const look = lookOn(page);
    await follow(page, t('apply.task.education'));
    const institution = await typedIn(page, ['institution']);
    await fillSection(page, t, education);
    await fillOn(page, who, ['work', 'test', 'achievements', 'motivation', 'household', 'adjustments'], look);
    await page.waitForURL('**/sections/equality');
    await look('equality');
    await press(page, t('common.saveAndContinue'));
    await page.waitForURL('**/documents');
    const { storage, said } = await upload(page, who, look);
    await follow(page, t('common.continue'));
    await page.waitForURL('**/choices');
    const order = await choose(page, who, look);
    await follow(page, t('common.continue'));
    await page.waitForURL('**/references');
    await look('references');
    await follow(page, t('common.continue'));
    await page.waitForURL('**/sections/consent');
    await look('consent');
    await page.goto(page.url().replace('/sections/consent', '/check'));
    await look('check, consent missing');
    const submitTooEarly = await page.getByRole('button', { name: t('apply.submit') }).count();
    await page.locator('.govuk-error-summary a').first().click();
    await page.getByLabel(t('application-form.consent.yes')).check();
    await press(page, t('common.saveAndContinue'));
    await page.waitForURL('**/check');
    await look('check');
    const read = await page.locator('main').innerText();
    await press(page, t('apply.submit'));
    await page.waitForURL('**/receipt');
    await look('receipt');
    const receipt = await page.locator('main').innerText();
    const number = /KZ19-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(receipt)?.[0] ?? 'no number';
    await follow(page, t('apply.receipt.follow'));
    await look('progress');
    const progress = await page.locator('h1').innerText();
    await visitor.close();

    expect(summary).toEqual([t('application-form.iin.shape')]);
    expect(focused).toBe(who.javaScript ? 'govuk-error-summary' : 'govuk-template__body');
    expect(kept).toEqual([identity['fullName'], '123', String(identity['birthDate']).slice(0, 4)]);
    expect(found).toEqual(kept);
    expect(institution).toEqual([education['institution']]);
    // What had arrived when the line broke was not sent again: it went on from there.
    expect(said).toEqual(who.javaScript ? { begun: 1, brokenAt: 37, whole: true } : null);
    expect(storage).not.toContain(`/${t.locale}/`);
    expect(order.after).toEqual(order.before.toReversed());
    expect(submitTooEarly).toBe(0);
    expect(read).toContain(String(motivation['motivation']).slice(0, 80));
    expect(receipt).toMatch(/[0-9a-f]{64}/);
    expect(progress).toContain(t('apply.submitted.title'));
    expect(await letterNaming(home.operator, person.mail, number)).toHaveLength(1);
    expect(faults).toEqual([]);
  });

  it('and withdraws another application, with a reason', async () => {
    const who = somebody('en', 2);
    const { t } = who;
    const { page, visitor } = await come(browser, who);
    const faults: string[] = [];
    const look = (name: string) => lookAt(page, name, faults);
    await begin(page, who, { home, round }, look);

    await follow(page, t('apply.withdraw.link'));
    await look('withdraw');
    await press(page, t('apply.withdraw'));
    await page.getByRole('link', { name: t('apply.withdraw.reasonNeeded') }).waitFor();
    await look('withdraw without a reason');
    await page.getByLabel(t('apply.withdraw.reason.other-post')).check();
    await press(page, t('apply.withdraw'));
    await page.getByText(t('apply.done.withdrawn')).waitFor();
    await look('withdrawn');
    await follow(page, t('common.myApplications'));
    await look('my applications');
    const mine = await page.locator('main').innerText();
    await follow(page, t('common.account'));
    await look('account');

    expect(mine).toContain(t('apply.stage.withdrawn'));
    expect(faults).toEqual([]);
    await visitor.close();
  });
});

describe.skipIf(missingBrowser)('with the keyboard alone', () => {
  it('one skips to the content, reaches the button, and is led to what is wrong', async () => {
    const { page, visitor } = await come(browser, somebody('en', 3, { wide: true }));
    const t = translator('en');
    await page.goto(`${home.origin}/en/sign-in`);

    const [skip] = await tabTo(page, () => true);
    await page.keyboard.press('Enter');
    const afterSkip = await tabTo(page, ({ name }) => name === t('account.signIn.send'));
    await page.keyboard.press('Enter');
    await page.locator('.govuk-error-summary').waitFor();
    const focused = await page.evaluate(() => document.activeElement?.className);
    const [link] = await tabTo(page, () => true);
    await page.keyboard.press('Enter');
    const field = await stopOf(page);

    expect(skip).toEqual({ name: t('common.skip'), visible: true });
    // Nothing of the header comes between: the field, then the button.
    expect(afterSkip.map(({ name }) => name)).toEqual(['mail', t('account.signIn.send')]);
    expect([...afterSkip, link, field].filter((stop) => stop?.visible !== true)).toEqual([]);
    expect(focused).toBe('govuk-error-summary');
    expect(link?.name).not.toBe('');
    expect(field.name).toBe('mail');
    await visitor.close();
  });
});

describe.skipIf(missingBrowser)('anybody', () => {
  // On a phone, and in other languages, pages.test.ts looks at the same pages as they are sent.
  it('reads the public pages at a desk, in the language of the longest words', async () => {
    const t = translator('kk');
    const { page, visitor } = await come(browser, { t, javaScript: true, wide: true });
    const faults: string[] = [];
    const look = (name: string) => lookAt(page, name, faults);
    const call = await readPublicPages(page, { t, home, round }, look);
    await page.goto(`${home.origin}/kk/sign-in`);
    await typeWrongCode(page, t, 'wrong@example.kz', look);

    expect(call).toContain('438');
    expect(call).toContain('UTC+06:00');
    expect(faults).toEqual([]);
    await visitor.close();
  });

  it('who runs the home reads the operator’s page as well', async () => {
    const { page, visitor } = await come(browser, { t: translator('en'), javaScript: true, wide: true });
    const faults: string[] = [];
    const read = async (): Promise<string> => {
      await page.goto(home.operator.url);
      return await page.locator('main').innerText();
    };
    // The machine of the round starts by itself soon after the call has opened.
    await expect.poll(read, { timeout: 60_000, interval: 500 }).toContain('WaitForDeadline');
    await takePicture(page, { desk: 'operator' }, true);
    await lookAt(page, 'operator', faults);

    expect(faults).toEqual([]);
    await visitor.close();
  });
});

describe.skipIf(missingBrowser)('an administrator', () => {
  it('enrols, is told each fault of a file with its place, previews and opens a call', async () => {
    const t = translator('en');
    const { page, visitor } = await come(browser, { t, javaScript: true, wide: true });
    const faults: string[] = [];
    const look = (name: string) => lookAt(page, name, faults);

    await enrolByClicking(page, t, home, 'browser@example.kz');
    const { roundFault, registerFaults } = await draftByClicking(page, t, look);
    const preview = await openByClicking(page, t, look);
    await page.goto(`${home.origin}/en/staff`);
    await look('staff');

    expect(roundFault).toHaveLength(1);
    expect(roundFault[0]).toMatch(/^line \d+, column \d+, \/timeZone: /);
    expect(registerFaults.length).toBeGreaterThan(5);
    expect(preview).toContain('See 438 vacancies');
    expect(faults).toEqual([]);
    await visitor.close();
  });
});
