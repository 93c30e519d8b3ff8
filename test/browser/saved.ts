import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';

/** Follows a link that gives a file to keep. */
export const savedBy = async (page: Page, link: string): Promise<{ name: string; text: string }> => {
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: link, exact: true }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
};
