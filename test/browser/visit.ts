import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type SyntheticApplicant, syntheticApplicant } from '#infra/demo/people.ts';
import { type Locale, type Translator, translator } from '#shared/i18n/index.ts';
import { aPdf, fillFields, fillSection, follow, press, signIn } from '#test/browser/applicant.ts';
import { openVisitor } from '#test/browser/browser.ts';
import type { HomeProcess } from '#test/journeys/home-process.ts';

export type Somebody = { t: Translator; person: SyntheticApplicant; javaScript: boolean; wide: boolean };

export const somebody = (locale: Locale, index: number, over: Partial<Somebody> = {}): Somebody => ({
  t: translator(locale),
  person: syntheticApplicant(index),
  javaScript: true,
  wide: false,
  ...over,
});

export type Look = (name: string) => Promise<void>;

export type Visit = { visitor: BrowserContext; page: Page };

/** Comes to the site, as if for the first time on this device. */
export const come = async (
  browser: Browser,
  { t, javaScript, wide }: Omit<Somebody, 'person'>,
): Promise<Visit> => {
  const visitor = await openVisitor(browser, { locale: t.locale, javaScript, wide });
  return { visitor, page: await visitor.newPage() };
};

/** Comes back another day: signs in and opens the application from the list. */
export const comeBack = async (browser: Browser, home: HomeProcess, who: Somebody): Promise<Visit> => {
  const visit = await come(browser, who);
  await visit.page.goto(`${home.origin}/${who.t.locale}/sign-in`);
  await signIn(visit.page, who.t, home.operator, who.person.mail);
  await visit.page.waitForURL('**/applications');
  await visit.page.locator('main article a').first().click();
  await visit.page.waitForURL('**/applications/*');
  return visit;
};

type Place = { home: HomeProcess; round: string };

/** From the call to the empty list of tasks. */
export const begin = async (page: Page, { t, person }: Somebody, { home, round }: Place, look?: Look) => {
  await page.goto(`${home.origin}/${t.locale}/calls/${round}`);
  await follow(page, t('call.apply'));
  await look?.('start');
  await follow(page, t('apply.start.signIn'));
  await look?.('sign in');
  await signIn(page, t, home.operator, person.mail);
  await press(page, t('apply.start.begin'));
  await page.waitForURL('**/applications/*');
};

/** Reads what everybody may, to a vacancy's page. @returns what the call's page says */
export const readPublicPages = async (
  page: Page,
  { t, home, round }: Place & { t: Translator },
  look: Look,
): Promise<string> => {
  const open = async (path: string): Promise<void> => {
    await page.goto(`${home.origin}/${t.locale}${path}`);
    await look(path);
  };
  for (const path of ['/', '/calls', '/programme', '/personal-data', '/nowhere', '/problems/wrong-code']) {
    await open(path);
  }
  await open(`/calls/${round}`);
  const call = await page.locator('main').innerText();
  await open(`/calls/${round}/rules`);
  await open(`/calls/${round}/apply`);
  await open(`/calls/${round}/vacancies?subject=physics`);
  await page.locator('main table a').first().click();
  await page.waitForURL('**/vacancies/*');
  await look('vacancy');
  return call;
};

/**
 * Sends a file for the first document that the call asks for.
 * @returns the path that the form posted to, and what the page said meanwhile where scripts run
 */
export const upload = async (page: Page, { t, javaScript }: Somebody, look: Look) => {
  await page.locator('main section.card form button').first().click();
  await look('upload');
  const action = (await page.locator('form[enctype]').getAttribute('action')) ?? '';
  const storage = new URL(action).pathname;
  const file = page.getByLabel(t('apply.document.file'));
  if (javaScript) {
    await file.setInputFiles({ ...aPdf, buffer: Buffer.alloc(6 * 1024 * 1024, 'x') });
    await press(page, t('apply.document.upload'));
    await page.getByText(t('apply.document.fault.too-large')).waitFor();
    await rememberStatus(page);
  }
  const line = javaScript ? await brokenLine(page, storage) : undefined;
  // In three slices where scripts run, of which the second breaks off.
  await file.setInputFiles({ ...aPdf, buffer: Buffer.concat([aPdf.buffer, Buffer.alloc(700_000, ' ')]) });
  await press(page, t('apply.document.upload'));
  if (line) {
    await page.getByText(withoutNumber(t('apply.document.broken', { percent: 0 }))).waitFor();
    await look('upload, the line broken');
    line.mend();
  }
  await page.waitForURL('**/documents?done=**');
  const said = javaScript ? await page.evaluate(() => sessionStorage.getItem('said')) : null;
  // Where scripts run the page looks again by itself, and would be gone while it is looked at.
  if (!javaScript) await look('documents, one on its way');
  const received = page.getByText(t('apply.document.received'), { exact: true });
  const again = page.getByRole('link', { name: t('apply.document.look') });
  for (let tries = 0; tries < (javaScript ? 0 : 100) && (await again.isVisible()); tries += 1) {
    await again.click();
  }
  await received.waitFor();
  await look('documents');
  return { storage, said: said === null ? null : progressIn(said, t) };
};

/** Where the page puts its number in a sentence. */
const numberIn = (sentence: string) =>
  new RegExp(sentence.replace(/[.*+?()[\]\\]/g, String.raw`\$&`).replace('0', String.raw`(\d+)`), 'g');

/** What the page said on the way: how often it began, where the line was when it broke, whether it came to the end. */
const progressIn = (said: string, t: Translator) => {
  const sent = [...said.matchAll(numberIn(t('apply.document.sent', { percent: 0 })))].map(([, n]) =>
    Number(n),
  );
  const broken = numberIn(t('apply.document.broken', { percent: 0 })).exec(said);
  return {
    begun: sent.filter((percent) => percent === 0).length,
    brokenAt: Number(broken?.[1]),
    whole: sent.at(-1) === 100,
  };
};

/** The part of a sentence behind its number. */
const withoutNumber = (sentence: string): string => sentence.replace(/^.*\d+\S*/, '').trim();

/** The second file that is posted to the storage does not get there, and no other until the line is mended. */
const brokenLine = async (page: Page, storage: string): Promise<{ mend: () => void }> => {
  const mended = Promise.withResolvers<void>();
  let posts = 0;
  await page.route(
    ({ pathname }) => pathname === storage,
    async (route) => {
      posts += 1;
      if (posts === 2) return await route.abort();
      if (posts > 2) await mended.promise;
      return await route.continue();
    },
  );
  return { mend: mended.resolve };
};

/** What a page says while a file is on its way is gone with the page; the next one can still read it from here. */
const rememberStatus = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const status = document.querySelector('form [role=status]');
    const remember = () =>
      sessionStorage.setItem('said', `${sessionStorage.getItem('said') ?? ''} ${status?.textContent ?? ''}`);
    if (status) new MutationObserver(remember).observe(status, { childList: true });
  });

/** Chooses two vacancies of the own subject and puts the second first. */
export const choose = async (page: Page, { t, person }: Somebody, look: Look) => {
  await look('choices, none yet');
  await page.getByLabel(t('call.subject')).selectOption([person.typed.work['subjects'] ?? ''].flat());
  await press(page, t('call.filter.apply'));
  for (const count of [1, 2]) {
    await page.locator('ul.offered button').first().click();
    await page
      .locator('ol.ranking li')
      .nth(count - 1)
      .waitFor();
  }
  const chosen = page.locator('ol.ranking .rank__text');
  const before = await chosen.allInnerTexts();
  await page.locator('ol.ranking button[value^="up "]').first().click();
  await page.waitForLoadState();
  await look('choices');
  return { before, after: await chosen.allInnerTexts() };
};

/** Fills sections one after the other, each on the page that the one before led to. */
export const fillOn = async (
  page: Page,
  { t, person }: Somebody,
  sections: readonly (keyof Somebody['person']['typed'])[],
  look: Look = async () => {},
): Promise<void> => {
  for (const section of sections) {
    await page.waitForURL(`**/sections/${section}`);
    await look(section);
    await fillSection(page, t, person.typed[section]);
  }
};

/** Fills what can be seen of a section and saves it for another day. */
export const fillAndLeave = async (
  page: Page,
  { t, person }: Somebody,
  section: keyof Somebody['person']['typed'],
  look: Look,
): Promise<void> => {
  await fillFields(page, person.typed[section]);
  await look(section);
  await press(page, t('apply.saveAndLeave'));
  await page.getByText(t('common.done.saved')).waitFor();
};
