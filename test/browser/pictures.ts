import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

/** What a picture for readers is called, by the device that it is taken at. */
export type Picture = { desk?: string; phone?: string };

const folder = new URL('../../.github/pictures/', import.meta.url);

/** As much of a page as shows what it is for. */
const heights = { desk: 1000, phone: 900 } as const;

/** With PICTURES=1 the pictures of the documentation are taken anew, of the pages that tests come to. */
export const takePicture = async (page: Page, picture: Picture, wide: boolean): Promise<void> => {
  const name = wide ? picture.desk : picture.phone;
  const window = page.viewportSize();
  if (process.env['PICTURES'] === undefined || name === undefined || !window) return;
  await page.setViewportSize({ ...window, height: wide ? heights.desk : heights.phone });
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)) });
  await page.setViewportSize(window);
};
