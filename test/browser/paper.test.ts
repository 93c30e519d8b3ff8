import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '#functions/commands/workplace.ts';
import { translator } from '#shared/i18n/index.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aFile, aMarkedScoring, bring } from '#test/builders/marks-scene.ts';
import { administrator, aScreeningIn, aWorld, committee } from '#test/builders/scenes.ts';
import { onTable, votes } from '../functions/commands/committee-room.ts';
import { launchBrowser, missingBrowser, openVisitor } from './browser.ts';
import { builtStyles, styled } from './styled.ts';

const t = translator('ru');

let browser: Browser;
let styles: string;
beforeAll(async () => {
  if (missingBrowser) return;
  browser = await launchBrowser();
  styles = await builtStyles();
});
afterAll(async () => browser?.close());

/** A page as a printer gets it. */
const onPaper = async (html: string): Promise<Page> => {
  const page = await (await openVisitor(browser, { wide: true, javaScript: false })).newPage();
  await page.emulateMedia({ media: 'print' });
  await page.setContent(styled(html, styles));
  return page;
};

const controls = 'main :is(input:not([type=hidden]), textarea, select, button)';

const seen = async (page: Page, selector: string): Promise<string[]> => {
  const found = await page.locator(selector).all();
  const shown = await Promise.all(
    found.map(async (one) => ((await one.isVisible()) ? [await one.innerText()] : [])),
  );
  return shown.flat();
};

/** Four votes are cast on the list; the page is the secretary's or the chair's. */
const aGate = async () => {
  const world = aWorld();
  const roundId = await aScreeningIn(world);
  const proposal = await onTable(world, roundId);
  await votes(world, roundId, proposal, 4);
  const site = aCommitteeSite(world);
  return async (by: Person) => (await (await site.signIn(by)).get(`/ru/committee/rounds/${roundId}`)).text;
};

describe.skipIf(missingBrowser)('on paper', () => {
  it('the page of a gate has the proposal, the votes and what they come to, and nothing to fill in', async () => {
    const gate = await aGate();
    for (const by of [committee.secretary, committee.chair]) {
      const page = await onPaper(await gate(by));
      const text = (await seen(page, 'main')).join('');

      expect(await page.locator(controls).count()).toBeGreaterThan(0);
      expect(await seen(page, controls)).toEqual([]);
      expect(await seen(page, 'main summary')).toEqual([]);
      for (const key of ['committee.proposal', 'committee.votes', 'committee.carried'] as const) {
        expect(text).toContain(t(key));
      }
      expect(text).not.toContain(t('conflicts.title'));
      await page.emulateMedia({ media: 'screen' });
      expect((await seen(page, controls)).length).toBeGreaterThan(0);
    }
  });

  it('a dry run of marks has what would change, and no field for the marks that are typed', async () => {
    const scene = await aMarkedScoring(6);
    const number = await bring(scene, aFile(scene, [90, 55, 'absent', 40, 61, 77]));
    const seat = await aCommitteeSite(scene.world).signIn(administrator);
    const { text } = await seat.get(`/ru/manage/rounds/${scene.roundId}/marks/files/${number}`);
    const page = await onPaper(text);

    expect(await seen(page, controls)).toEqual([]);
    expect((await seen(page, 'main h2')).map((heading) => heading.trim())).not.toContain(t('marks.confirm'));
    expect((await seen(page, 'main')).join('')).toContain(t('scoring.sample'));
    expect((await seen(page, 'main table')).join('')).toContain(t('marks.settled.open'));
  });
});
