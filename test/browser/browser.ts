import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Debian's own; `.ci/run` installs it. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Why browser tests cannot run here; undefined when they can. Printed, so that a skipped test is not a silent one. */
export const missingBrowser: string | undefined = existsSync(executablePath)
  ? undefined
  : `No browser at ${executablePath}: tests that click are skipped (apt-get install chromium).`;

if (missingBrowser) process.stderr.write(`${missingBrowser}\n`);

/** A browser that talks to nobody but the pages under test. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** A phone of 360 px, the narrowest that pages are made for, or a desktop. */
export const openVisitor = (
  browser: Browser,
  options: { javaScript?: boolean; locale?: string; wide?: boolean } = {},
): Promise<BrowserContext> =>
  browser.newContext({
    javaScriptEnabled: options.javaScript ?? true,
    locale: options.locale ?? 'kk-KZ',
    viewport: options.wide === true ? { width: 1200, height: 900 } : { width: 360, height: 740 },
  });

const options: axe.RunOptions = {
  runOnly: {
    type: 'tag',
    values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  },
  // What is right need not be described.
  resultTypes: ['violations'],
};

const script = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds against WCAG 2.2 A and AA, as short lines; none is expected. Once it is in a window it stays there. */
export const violationsOn = async (page: Page): Promise<string[]> => {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(script);
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')})`,
  );
};

/** A page must never scroll sideways: what is too wide scrolls in its own box. */
export const overflowsSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
