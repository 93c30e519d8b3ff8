import { lazily } from '#functions/adapters/lazily.ts';
import type { Paper } from '#shared/papers/paper.ts';
import type { Fonts } from './fonts.ts';
import { layoutOf } from './layout.ts';

/** Draws a paper as PDF, with further ones behind it in the same file. Equal papers give equal bytes: dates come from the paper, and nothing is drawn by chance. */
export type Render = (paper: Paper, further?: readonly Paper[]) => Promise<Uint8Array>;

/** pdfmake and the fonts are loaded with the first paper. */
export const renderWith = (fonts: Fonts): Render => {
  const pdfmake = lazily(() => load(fonts));
  return async (paper, further) => (await pdfmake()).createPdf(layoutOf(paper, further)).getBuffer();
};

const load = async ({ regular, bold }: Fonts) => {
  const { default: pdfmake } = await import('pdfmake');
  pdfmake.setFonts({ NotoSans: { normal: regular, bold } });
  // A paper may make pdfmake read its two fonts, and nothing else from disk or network.
  pdfmake.setLocalAccessPolicy((path) => path === regular || path === bold);
  pdfmake.setUrlAccessPolicy(() => false);
  return pdfmake;
};
