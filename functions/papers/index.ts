import { join } from 'node:path';
import { readConfig } from '#functions/config.ts';
import { papersOf } from '#functions/deps.ts';
import { step } from '#functions/steps/step.ts';
import { drawPaper } from '#shared/papers/order.ts';
import { drawPapers } from './draw.ts';
import { fontsIn } from './fonts.ts';
import { renderWith } from './render.ts';

const papers = papersOf(readConfig(process.env));
/** The build puts the fonts beside the bundle. */
const render = renderWith(fontsIn(join(import.meta.dirname, 'fonts')));

/** Invoked by a state of a machine or by hand, at least once: drawing again answers the same files. */
export const handler = step(drawPaper, (order) => drawPapers({ papers, render }, order));
