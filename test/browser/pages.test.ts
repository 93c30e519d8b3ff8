import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locale } from '#shared/i18n/index.ts';
import { applicantPages } from '#test/functions/web/applicant-pages.ts';
import { discussionPages } from '#test/functions/web/discussion-pages.ts';
import { pollPages } from '#test/functions/web/poll-pages.ts';
import { raterPages } from '#test/functions/web/rater-pages.ts';
import { whenRedacted } from '#test/functions/web/redaction-pages.ts';
import { severityPages } from '#test/functions/web/severity-pages.ts';
import { launchBrowser, missingBrowser, openVisitor } from './browser.ts';
import { glanceAt, readAt } from './look.ts';
import { type Picture, takePicture, takesPictures } from './pictures.ts';
import { builtStyles } from './styled.ts';

let browser: Browser;
let styles: string;
beforeAll(async () => {
  if (missingBrowser) return;
  browser = await launchBrowser();
  styles = await builtStyles();
});
afterAll(async () => browser?.close());

/** A window that is shown pages as they were sent, with the real style sheet; nothing else is there to load. */
const aWindow = async (locale: string): Promise<{ page: Page; show: (html: string) => Promise<void> }> => {
  const page = await (await openVisitor(browser, { locale })).newPage();
  await page.route('**/*', (route) => {
    const kind = route.request().resourceType();
    if (kind === 'document') return route.fulfill({ body: '', contentType: 'text/html' });
    if (kind === 'stylesheet') return route.fulfill({ body: styles, contentType: 'text/css' });
    return route.abort();
  });
  await page.goto('http://localhost/');
  return { page, show: (html) => page.setContent(html) };
};

/** Of which pages the documentation has pictures, in which language. */
const pictured: Record<Locale, Record<string, Picture>> = {
  kk: { '/applications/:id': { phone: 'tasks-phone' } },
  ru: {
    '/vacancies': { phone: 'vacancies-phone' },
    '/applications/:id/result (above the minimum)': { phone: 'result-phone' },
  },
  en: { '/calls/:id': { desk: 'call' } },
};

describe.skipIf(missingBrowser)(
  'every page of applicants, referees, the desk, who redacts, who practises, whose scores are adjusted, who meets and who ranks',
  () => {
    // The markup is the same in every language, so axe reads it once, where words are longest; English words are the shortest.
    const shortest = process.env['SOAK'] || takesPictures ? ([['en', false]] as const) : [];
    it.for([['kk', true], ['ru', false], ...shortest] as const)(
      'has nothing for axe to say and fits a window of 320 px, in %s',
      async ([locale, axeReads]) => {
        const pages = [
          ...(await applicantPages(locale)),
          ...(await whenRedacted(locale)),
          ...(await raterPages(locale)),
          ...(await severityPages(locale)),
          ...(await discussionPages(locale)),
          ...(await pollPages(locale)),
        ];
        const { page, show } = await aWindow(locale);
        const faults: string[] = [];

        for (const { path, html } of pages) {
          await show(html);
          const picture = pictured[locale][path] ?? {};
          await takePicture(page, picture, picture.desk !== undefined);
          if (axeReads) await readAt(page, path, faults);
          await glanceAt(page, path, faults);
        }

        expect(faults).toEqual([]);
        expect(pages.length).toBeGreaterThan(120);
      },
    );
  },
);
