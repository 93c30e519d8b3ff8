import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sectionsWell } from '#test/builders/application.ts';
import { pdf } from '#test/functions/web/site.ts';
import { launchBrowser, missingBrowser, openVisitor, overflowsSideways, violationsOn } from './browser.ts';
import { type ServedSite, serveSite } from './served-site.ts';

describe.skipIf(missingBrowser)('in a browser', () => {
  let served: ServedSite;
  let browser: Browser;
  let roundId: string;

  beforeAll(async () => {
    served = await serveSite();
    roundId = await served.site.openCall();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  // The markup is the same in every language, so axe reads all pages once on a phone and once on a desktop.
  it.for([
    ['kk', 'a phone', { wide: false, axe: true }],
    ['ru', 'a desktop', { wide: true, axe: true }],
    ['ru', 'a phone', { wide: false, axe: false }],
    ['en', 'a phone', { wide: false, axe: false }],
  ] as const)('public pages in %s are accessible and fit on %s', async ([locale, , { wide, axe }]) => {
    const context = await openVisitor(browser, { locale, wide });
    const page = await context.newPage();
    const faults: string[] = [];
    const paths = ['/', '/programme', '/personal-data', '/calls', `/calls/${roundId}`, '/nowhere'];
    const more = ['/vacancies', '/vacancies/MAT-001', '/apply'].map((part) => `/calls/${roundId}${part}`);

    for (const path of [...paths, ...more]) {
      await page.goto(`${served.origin}/${locale}${path}`);
      const found = axe ? await faultsOn(page) : await overflow(page);
      faults.push(...found.map((fault) => `${path}: ${fault}`));
    }

    await context.close();
    expect(faults).toEqual([]);
  });

  it.for([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ] as const)('an applicant %s clicks from the call to the receipt', async ([name, javaScript]) => {
    const context = await openVisitor(browser, { javaScript, locale: 'en' });
    await signIn(context, served, name);
    const page = await context.newPage();
    const faults: string[] = [];
    const look = async (): Promise<void> => {
      if (javaScript) faults.push(...(await faultsOn(page)));
    };

    await page.goto(`${served.origin}/en/calls/${roundId}`);
    await page.click('.beside__facts .govuk-button');
    await page.click('main form button');
    await look();
    for (const section of ['identity', 'education', 'work', 'motivation'] as const) {
      await page.waitForURL(new RegExp(section === 'identity' ? '/applications/' : `/${section}$`));
      if (section === 'identity') await page.click('.govuk-task-list a');
      await fill(page, sectionsWell[section]);
      await look();
      await page.click('button[value=go-on]');
    }
    for (const requirement of [0, 1, 2]) {
      await page.waitForURL(/\/documents/);
      await page.locator('main .card form[action*="/documents/"] button').nth(requirement).click();
      await page.setInputFiles('[name=file]', {
        name: 'a.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from(pdf),
      });
      await look();
      await page.click('main form button');
      await page.waitForURL(/done=apply/);
      await arrived(page, requirement + 1);
    }
    await look();
    await page.click('main a.govuk-button');
    await page.locator('.offered button').first().click();
    await page.waitForURL(/#chosen/);
    await look();
    await page.click('main a.govuk-button');
    await page.check('[name=consent]');
    await page.click('button[value=go-on]');
    await page.waitForURL(/\/check$/);
    await look();
    await page.click('main form button');
    await page.waitForURL(/\/receipt$/);
    await look();

    const number = await page.textContent('.govuk-panel__body strong');
    await context.close();
    expect(number).toMatch(/^KZ19-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(faults).toEqual([]);
  });

  it('a file that is too large is noticed before it is sent', async () => {
    const context = await openVisitor(browser, { locale: 'en' });
    await signIn(context, served, 'large');
    const page = await context.newPage();
    await page.goto(`${served.origin}/en/calls/${roundId}/apply`);
    await page.click('main form button');
    await page.goto(`${page.url()}/documents`);
    await page.locator('main .card form button').first().click();

    const buffer = Buffer.alloc(25_000_000);
    await page.setInputFiles('[name=file]', { name: 'a.pdf', mimeType: 'application/pdf', buffer });
    await page.click('main form button');

    expect(await page.textContent('main form [role=status]')).toBe('The file is too large.');
    await context.close();
  });
});

const overflow = async (page: Page): Promise<string[]> =>
  (await overflowsSideways(page)) ? ['The page scrolls sideways.'] : [];

const faultsOn = async (page: Page): Promise<string[]> => [
  ...(await violationsOn(page)),
  ...(await overflow(page)),
];

/** A session that stands already; signing in by code and passkey has its own tests. */
const signIn = async (context: BrowserContext, { site, origin }: ServedSite, name: string): Promise<void> => {
  const token = name.replaceAll(' ', '-');
  site.applicant(token);
  await context.addCookies([
    { name: '__Host-irikteu', value: token, url: origin.replace('http:', 'https:'), secure: true },
  ]);
};

/** Types and ticks what a person would. */
const fill = async (page: Page, typed: Record<string, string | string[] | undefined>): Promise<void> => {
  for (const [name, value] of Object.entries(typed)) {
    if (name === 'birthDate') {
      const [year = '', month = '', day = ''] = String(value).split('-');
      await page.fill('[name=birthDate-year]', year);
      await page.fill('[name=birthDate-month]', month);
      await page.fill('[name=birthDate-day]', day);
      continue;
    }
    const control = page.locator(`[name=${name}]`).first();
    const type = await control.getAttribute('type');
    if (type === 'radio' || type === 'checkbox') {
      for (const option of [value].flat()) await page.check(`[name=${name}][value="${option}"]`);
    } else await control.fill(String(value));
  }
};

/** The page looks again by itself where scripts run; elsewhere the person presses the link. */
const arrived = async (page: Page, files: number): Promise<void> => {
  const received = page.locator('.govuk-tag--green', { hasText: 'Received' });
  for (let look = 0; look < 30 && (await received.count()) < files; look += 1) {
    await page.waitForTimeout(400);
    const link = page.locator('[data-refresh] a');
    if (look % 5 === 4 && (await link.count()) > 0) await link.click();
  }
};
