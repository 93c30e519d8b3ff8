import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Locale, locales, type MessageKey, type Translator, translator } from '#shared/i18n/index.ts';
import { cookieName } from '#test/functions/web/selection-site.ts';
import { openVisitor } from './browser.ts';
import { glanceAt, lookAt } from './look.ts';
import { type Picture, takePicture } from './pictures.ts';

/** How somebody reads the pages: in which language, with scripts or without, on a phone or at a desk. Axe reads along unless told not to. */
export type Way = { locale: Locale; javaScript: boolean; wide: boolean; axe?: false };

const soak = process.env['SOAK'] !== undefined;

const everyWay: readonly Way[] = locales.flatMap((locale) =>
  [true, false].flatMap((javaScript) => [true, false].map((wide) => ({ locale, javaScript, wide }))),
);

/**
 * The ways in which a story is tried: with SOAK=1 all twelve, else a phone with scripts and a desk without, in
 * languages that differ from story to story. The markup is the same in both, and axe reads it once.
 */
export const waysOf = (story: number): [string, Way][] =>
  namedOf([
    { locale: language(story), javaScript: true, wide: false },
    { locale: language(story + 1), javaScript: false, wide: true, axe: false },
  ]);

/**
 * The same on a phone, in one way without SOAK=1: that forms work without scripts, in every language, is what pages in process and the
 * whole round show (test/functions/web, test/journeys).
 * @param story even ones run with scripts, odd ones without; six of them take each language in both ways
 */
export const phoneOf = (story: number): [string, Way][] =>
  namedOf([{ locale: language(story), javaScript: story % 2 === 0, wide: false }]);

const namedOf = (few: readonly Way[]): [string, Way][] =>
  (soak ? everyWay : few).map((way) => [nameOf(way), way]);

const language = (index: number): Locale => locales[index % locales.length] ?? 'kk';

const nameOf = ({ locale, javaScript, wide }: Way): string =>
  `in ${locale}, ${wide ? 'at a desk' : 'on a phone'}, ${javaScript ? 'with' : 'without'} scripts`;

/** One person at one device, who reads labels, types and presses. */
export type Visitor = {
  page: Page;
  /**
   * Looks whether the page is as every page must be.
   * @param name for the report
   * @param picture that readers of the documentation get of this page
   */
  look: (name: string, picture?: Picture) => Promise<void>;
  go: (path: string) => Promise<void>;
  /** Presses a button by its words. */
  press: (key: MessageKey, facts?: Record<string, string | number>) => Promise<void>;
  follow: (key: MessageKey, facts?: Record<string, string | number>) => Promise<void>;
  /** Waits for the notice after a change. */
  told: (key: MessageKey) => Promise<void>;
  /** What the summary of errors says. */
  faults: () => Promise<string[]>;
};

export type Visitors = {
  t: Translator;
  /** @param token of a session; nobody is signed in without */
  enter: (token: string | undefined, path: string) => Promise<Visitor>;
  /** The same for somebody who has a phone and nothing else, also where the others sit at a desk. */
  enterByPhone: (token: string | undefined, path: string) => Promise<Visitor>;
  /** Closes every device. @returns what was wrong on any page that somebody looked at */
  leave: () => Promise<string[]>;
};

/** People on the pages of one scene, all in the same way. */
export const visitorsOf = (browser: Browser, origin: string, way: Way): Visitors => {
  const t = translator(way.locale);
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  const enter = async (wide: boolean, token: string | undefined, path: string): Promise<Visitor> => {
    const context = await openVisitor(browser, { ...way, wide });
    contexts.push(context);
    if (token !== undefined) await context.addCookies([sessionCookie(origin, token)]);
    const page = await context.newPage();
    const go = async (to: string): Promise<void> => {
      await page.goto(`${origin}/${way.locale}${to}`);
    };
    await go(path);
    return {
      page,
      go,
      ...handsOf(page, t),
      look: async (name, picture = {}) => {
        await takePicture(page, picture, wide);
        await (way.axe === false ? glanceAt : lookAt)(page, name, faults);
      },
    };
  };
  return {
    t,
    enter: (token, path) => enter(way.wide, token, path),
    enterByPhone: (token, path) => enter(false, token, path),
    leave: async () => {
      for (const context of contexts) await context.close();
      return faults;
    },
  };
};

const handsOf = (page: Page, t: Translator): Pick<Visitor, 'press' | 'follow' | 'told' | 'faults'> => {
  const named = (role: 'button' | 'link', name: string) =>
    page.getByRole(role, { name, exact: true }).first();
  return {
    press: async (key, facts) => await named('button', t(key, facts)).click(),
    follow: async (key, facts) => await named('link', t(key, facts)).click(),
    told: async (key) => await page.getByRole('alert').getByText(t(key), { exact: true }).waitFor(),
    faults: async () => {
      await page.locator('.govuk-error-summary').waitFor();
      return await page.locator('.govuk-error-summary li').allInnerTexts();
    },
  };
};

const sessionCookie = (origin: string, value: string) => ({
  name: cookieName,
  value,
  // The browser keeps a cookie of this name only from a secure address, and then sends it to localhost too.
  url: origin.replace('http:', 'https:'),
  secure: true,
});
