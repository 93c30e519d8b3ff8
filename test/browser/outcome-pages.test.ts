import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGate } from '#functions/commands/gates.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { type Locale, locales, translator } from '#shared/i18n/index.ts';
import {
  advanceTo,
  anInterviewRoundIn,
  applicants,
  nth,
  secretary,
} from '#test/builders/interview-scenes.ts';
import { panelKept, panelSlots } from '#test/builders/panels.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { aSelectionSite } from '#test/functions/web/selection-site.ts';
import { launchBrowser, missingBrowser, openVisitor, overflowsSideways } from './browser.ts';
import { glanceAt } from './look.ts';
import { builtStyles, styled } from './styled.ts';

let browser: Browser;
let styles: string;
beforeAll(async () => {
  if (missingBrowser) return;
  browser = await launchBrowser();
  styles = await builtStyles();
});
afterAll(async () => browser?.close());

/** A page that people are told by: what it is called, and words that must stand on it however it is read. */
type Told = { name: string; html: string; says: readonly string[]; rows: number };

/** Twelve times of two panels, proposed to eight applications. */
const aTimetable = async (): Promise<(locale: Locale) => Promise<Told>> => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { people: applicants(8) });
  const panels = [
    await panelKept(world, roundId, {
      place: 'Талдықорған қаласы, Абай көшесі 241, №12 орта мектеп, 204-кабинет',
    }),
    await panelKept(world, roundId, { languages: ['kk'], place: 'Кабинет 118' }),
  ];
  await panelSlots(world, roundId, { panel: nth(panels, 0), count: 6 });
  await panelSlots(world, roundId, { panel: nth(panels, 1), count: 6, from: at('2022-10-24T08:00') });
  const browserOf = await aSelectionSite(world).staff(secretary);
  const numbers = candidates.map(({ application }) => application.number);
  return async (locale) => {
    const { text } = await browserOf.get(`/${locale}/committee/rounds/${roundId}/interviews/timetable`);
    return { name: 'timetable', html: text, says: numbers, rows: 12 };
  };
};

/** Twelve preliminary results; the last stopped at scoring. The sixth and the last read why. */
const theResults = async (): Promise<(locale: Locale) => Promise<Told[]>> => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { people: applicants(12), stopped: 1 });
  world.clock.to(at('2022-11-02T06:00'));
  const standings = candidates.map(({ applicationId, application: { number } }, index): Standing => {
    if (index === 11)
      return { applicationId, number, outcome: 'stops', reasons: ['below-minimum'], scoring: 12 };
    const [scoring, interview] = [80 - index, 61.25 - 4 * index];
    const total = Math.round((scoring * 0.6 + interview * 0.4) * 10_000) / 10_000;
    return {
      applicationId,
      number,
      outcome: 'goes-on',
      reasons: [],
      scoring,
      interview,
      total,
      rank: index + 1,
    };
  });
  await advanceTo(world, roundId, { from: 'interviews', to: 'preliminary', standings });
  await advanceTo(world, roundId, { from: 'preliminary', to: 'claims', standings });
  await openGate(world, { roundId, token: 'claims' });
  const site = aSelectionSite(world);
  const numbers = candidates.map(({ application }) => application.number);
  const readers = await Promise.all(
    [nth(candidates, 5), nth(candidates, 11)].map(async ({ by, applicationId, application }) => ({
      applicationId,
      application,
      own: await site.applicant(by),
    })),
  );
  const explained = async (locale: Locale): Promise<Told[]> => {
    const pages: Told[] = [];
    for (const { applicationId, application, own } of readers) {
      const { text } = await own.get(`/${locale}/applications/${applicationId}/result`);
      const says = [application.number, translator(locale)('results.own')];
      pages.push({ name: `explanation ${pages.length + 1}`, html: text, says, rows: 0 });
    }
    return pages;
  };
  return async (locale) => [
    {
      name: 'results',
      html: (await site.anonymous.get(`/${locale}/calls/${roundId}/results`)).text,
      says: [...numbers, translator(locale)('results.preliminary')],
      rows: 12,
    },
    ...(await explained(locale)),
  ];
};

const show = async (page: Page, { html }: Told): Promise<void> => page.setContent(styled(html, styles));

const controls = 'main :is(input:not([type=hidden]), textarea, select, button, .govuk-button)';

/** A4 between margins of a centimetre, at 96 dots an inch. */
const sheet = { width: 718, height: 1047 };

const visible = async (page: Page, selector: string): Promise<number> =>
  page.locator(selector).filter({ visible: true }).count();

describe.skipIf(missingBrowser)('the timetable, the results and their explanation', () => {
  it('stand whole on a phone of 360 px and on paper, in each language', async () => {
    const [timetable, results] = [await aTimetable(), await theResults()];
    const page = await (await openVisitor(browser, { javaScript: false })).newPage();
    const faults: string[] = [];
    const expectOf = (holds: boolean, what: string): void => {
      if (!holds) faults.push(what);
    };
    for (const locale of locales) {
      for (const told of [await timetable(locale), ...(await results(locale))]) {
        const name = `${told.name}, ${locale}`;
        await page.emulateMedia({ media: 'screen' });
        await show(page, told);
        await glanceAt(page, name, faults);

        await page.emulateMedia({ media: 'print' });
        await page.setViewportSize(sheet);
        const said = await page.locator('main').innerText();
        for (const words of told.says) expectOf(said.includes(words), `${name}: ${words} is not on paper`);
        expectOf(!(await overflowsSideways(page)), `${name}: wider than the sheet`);
        expectOf((await visible(page, controls)) === 0, `${name}: something to press is on paper`);
        expectOf((await visible(page, 'main tbody tr')) >= told.rows, `${name}: rows are missing on paper`);
        expectOf(
          (await visible(page, 'nav, .govuk-skip-link')) === 0,
          `${name}: ways to other pages are on paper`,
        );
        const looks = process.env['LOOKS'];
        if (looks) await page.screenshot({ path: join(looks, `paper ${name}.png`), fullPage: true });
        await page.setViewportSize({ width: 360, height: 740 });
      }
    }
    expect(faults).toEqual([]);
  });
});
