import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

/** What a picture for readers is called, by the device that it is taken at. */
export type Picture = { desk?: string; phone?: string };

const folder = new URL('../../.github/pictures/', import.meta.url);

/** A device, and as much of a page as shows what it is for. */
const windows = { desk: { width: 1200, height: 1000 }, phone: { width: 360, height: 900 } } as const;

/** With PICTURES=1 the pictures of the documentation are taken anew, of the pages that tests come to. */
export const takePicture = async (page: Page, picture: Picture, wide: boolean): Promise<void> => {
  const name = wide ? picture.desk : picture.phone;
  const window = page.viewportSize();
  if (!takesPictures || name === undefined || !window) return;
  await page.setViewportSize(wide ? windows.desk : windows.phone);
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)) });
  await page.setViewportSize(window);
};

export const takesPictures = process.env['PICTURES'] !== undefined;
