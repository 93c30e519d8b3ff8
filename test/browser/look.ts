import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openVisitor, overflowsSideways, violationsOn } from '#test/browser/browser.ts';

/** A phone, and 1280 px at 400 % zoom, which WCAG 2.2 (1.4.10) asks pages to stand. */
const narrow = [360, 320];

/**
 * Looks at a page that somebody came to: axe finds nothing, one h1, a title, and nothing scrolls sideways however
 * narrow the window. What is wrong is collected, so that one run names it all.
 */
export const lookAt = async (page: Page, name: string, faults: string[]): Promise<void> => {
  await readAt(await inspected(page), name, faults);
  await glanceAt(page, name, faults);
};

/** What axe says of the page that stands in a window. */
export const readAt = async (page: Page, name: string, faults: string[]): Promise<void> => {
  for (const violation of await violationsOn(page)) faults.push(`${name}: ${violation}`);
};

/** The same without axe, for a page whose markup is looked at elsewhere; it needs no scripts on the page. */
export const glanceAt = async (page: Page, name: string, faults: string[]): Promise<void> => {
  if ((await page.locator('h1').count()) !== 1) faults.push(`${name}: not one h1`);
  if ((await page.title()) === '') faults.push(`${name}: no title`);
  const window = page.viewportSize() ?? { width: 1200, height: 900 };
  for (const width of narrow) {
    await page.setViewportSize({ width, height: 740 });
    if (await overflowsSideways(page)) faults.push(`${name}: scrolls sideways at ${width} px`);
  }
  await page.setViewportSize(window);
  await keep(page, name);
};

let kept = 0;

/** With LOOKS=folder every page that somebody looks at is kept there as a picture, in the order of the looks. */
const keep = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['LOOKS'];
  if (folder === undefined) return;
  kept += 1;
  const language = await page.locator('html').getAttribute('lang');
  const file = `${String(kept).padStart(3, '0')} ${name} ${language} ${page.viewportSize()?.width}.png`;
  await page.screenshot({ path: join(folder, file.replaceAll(/[^\p{L}\d.]+/gu, '-')), fullPage: true });
};

/** The window of each browser in which axe reads, and the address whose pages it can show. */
const inspectors = new WeakMap<Browser, { window: Page; origin: string }>();

/**
 * The page as it stands, in another window, where axe stays from page to page: it takes longer to come than to read, and is a script
 * itself, which not every page lets run. The page's own scripts stay away; what a person typed since it came is not in it.
 */
const inspected = async (page: Page): Promise<Page> => {
  const browser = page.context().browser();
  if (!browser) throw new Error('The page is in no browser.');
  const { origin } = new URL(page.url());
  const known = inspectors.get(browser);
  const window = known?.window ?? (await (await openVisitor(browser, { wide: true })).newPage());
  if (known?.origin !== origin) {
    await window.route(origin, (route) => route.fulfill({ body: '', contentType: 'text/html' }));
    await window.goto(origin);
    await window.unroute(origin);
    inspectors.set(browser, { window, origin });
  }
  const size = page.viewportSize();
  if (size) await window.setViewportSize(size);
  await window.setContent((await page.content()).replaceAll(/<script\b.*?<\/script>/gs, ''));
  return window;
};

/** A stop of the Tab key: what it is called, and whether one sees that it has the focus. */
export type Stop = { name: string; visible: boolean };

/** Where the focus is. A tick box draws its own on the label beside it. */
export const stopOf = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const label = element.nextElementSibling;
    const styles = [getComputedStyle(element), ...(label ? [getComputedStyle(label, '::before')] : [])];
    const visible = styles.some(
      ({ outlineStyle, outlineWidth, boxShadow }) =>
        boxShadow !== 'none' || (outlineStyle !== 'none' && outlineWidth !== '0px'),
    );
    const named = element.tagName === 'BUTTON' ? undefined : element.getAttribute('name');
    const name = named ?? element.textContent ?? '';
    return { name: name.trim(), visible };
  });

/** Presses Tab until the focus is where it is wanted, or has been everywhere. */
export const tabTo = async (page: Page, wanted: (stop: Stop) => boolean): Promise<Stop[]> => {
  const stops: Stop[] = [];
  for (let presses = 0; presses < 100; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = await stopOf(page);
    stops.push(stop);
    if (wanted(stop)) break;
  }
  return stops;
};
