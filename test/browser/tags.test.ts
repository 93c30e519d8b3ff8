import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, missingBrowser, openVisitor } from './browser.ts';
import { builtStyles } from './styled.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

/** A cell that is too narrow for both of its tags. */
const cell = `<table class="govuk-table"><tbody><tr><td class="govuk-table__cell" style="width: 130px">
  <strong class="govuk-tag">goes on</strong> <strong class="govuk-tag">near the line</strong></td>
  <td>A long sentence about why it is so, which takes all the room that is left.</td></tr></tbody></table>`;

describe.skipIf(missingBrowser)('two tags in one cell of a table', () => {
  it('do not touch where the second stands below the first', async () => {
    const css = await builtStyles();
    const page = await (await openVisitor(browser, { wide: true })).newPage();
    await page.setContent(`<style>${css}</style>${cell}`);
    const [first, second] = await Promise.all([
      page.getByText('goes on').boundingBox(),
      page.getByText('near the line').boundingBox(),
    ]);
    if (!first || !second) throw new Error('The tags are not on the page.');

    expect(css).toContain('.govuk-tag');
    expect(second.y).toBeGreaterThan(first.y);
    expect(second.y - (first.y + first.height)).toBeGreaterThanOrEqual(3);
  });
});
