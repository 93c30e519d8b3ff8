import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inviteByOperator } from '#functions/invite/invite.ts';
import {
  launchBrowser,
  missingBrowser,
  openVisitor,
  overflowsSideways,
  violationsOn,
} from '#test/browser/browser.ts';
import { addDevice } from '#test/browser/device.ts';
import { serveHome } from '#test/browser/served.ts';

let home: Awaited<ReturnType<typeof serveHome>>;
let browser: Browser;

beforeAll(async () => {
  if (missingBrowser) return;
  [home, browser] = await Promise.all([serveHome(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await home?.stop();
});

const signIn = async (page: Page, mail: string): Promise<void> => {
  await page.getByRole('textbox').fill(mail);
  await page.locator('main button').first().click();
  await page.waitForURL('**/sign-in/code**');
  await page.getByRole('textbox').fill(home.letters.at(-1)?.code ?? '');
  await page.locator('main button').first().click();
};

describe.skipIf(missingBrowser)('in a browser', () => {
  it.for(['kk', 'ru', 'en'] as const)(
    'an administrator enrols with a link, signs out, and comes back with the passkey, in %s',
    async (locale) => {
      const visitor = await openVisitor(browser, { locale });
      const page = await visitor.newPage();
      await addDevice(page);
      const { link } = await inviteByOperator(home, { role: 'administrator', locale });
      const faults: string[] = [];
      const look = async (name: string) => {
        faults.push(...(await violationsOn(page)).map((fault) => `${name}: ${fault}`));
        if (await overflowsSideways(page)) faults.push(`${name} scrolls sideways`);
      };

      await page.goto(link);
      expect(page.url()).not.toContain('#');
      await look('enrol');
      await page.locator('main button').click();
      await look('sign-in');
      await signIn(page, `${locale}@example.kz`);
      await page.waitForURL('**/enrol/passkey');
      await look('enrol passkey');
      await page.locator('[data-passkey] button').click();
      await page.waitForURL('**/account?done=**');
      await look('account');
      await page.goto(`${home.origin}/${locale}/staff`);
      await look('staff');
      const people = await page.locator('table').first().innerText();
      await page.locator('header form button').click();
      await page.goto(`${home.origin}/${locale}/staff`);
      await signIn(page, `${locale}@example.kz`);
      await page.waitForURL('**/passkey?next=**');
      await look('passkey');
      await page.locator('[data-passkey] button').click();
      await page.waitForURL(`**/${locale}/staff`);

      expect(people).toContain(`${locale}@example.kz`);
      expect(await page.locator('h1').count()).toBe(1);
      expect(faults).toEqual([]);
      await visitor.close();
    },
  );

  it('somebody whose finger is not known is told, and may try again', async () => {
    const visitor = await openVisitor(browser, { locale: 'en' });
    const page = await visitor.newPage();
    const finger = await addDevice(page);
    const { link } = await inviteByOperator(home, { role: 'auditor', locale: 'en' });
    await page.goto(link);
    await page.locator('main button').click();
    await signIn(page, 'auditor@example.kz');
    await page.waitForURL('**/enrol/passkey');

    const shownAtFirst = await page.locator('[data-trouble]:visible').count();
    await finger(false);
    await page.locator('[data-passkey] button').click();
    await page.locator('[data-trouble="cancelled"]').waitFor({ state: 'visible' });
    const shown = await page.locator('[data-trouble]:visible').count();
    await finger(true);
    await page.locator('[data-passkey] button').click();
    await page.waitForURL('**/account?done=**');

    expect([shownAtFirst, shown]).toEqual([0, 1]);
    expect(await page.locator('main').innerText()).toContain('auditor');
    await visitor.close();
  });

  it('without JavaScript everything works but the passkey itself, and the page says why', async () => {
    const visitor = await openVisitor(browser, { locale: 'en', javaScript: false });
    const page = await visitor.newPage();
    const { link } = await inviteByOperator(home, { role: 'member', locale: 'en' });
    await page.goto(link);
    await page.getByRole('textbox').fill(link);
    await page.locator('main button').click();
    await signIn(page, 'member@example.kz');
    await page.waitForURL('**/enrol/passkey');

    expect(await page.locator('main').innerText()).toContain('JavaScript');
    expect(await page.locator('[data-passkey] button').isVisible()).toBe(false);
    await visitor.close();
  });

  it('keeps the session cookie on http://localhost, and out of reach of scripts', async () => {
    const visitor = await openVisitor(browser, { locale: 'en' });
    const page = await visitor.newPage();
    await page.goto(`${home.origin}/en/sign-in`);
    await signIn(page, 'cookie@example.kz');
    await page.waitForURL('**/applications');

    const cookies = await visitor.cookies();
    expect(cookies.find(({ name }) => name === '__Host-irikteu')).toMatchObject({
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
    });
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await visitor.close();
  });
});
