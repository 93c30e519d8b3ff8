import { join } from 'node:path';
import type { Context } from 'aws-lambda';
import { readConfig } from '#functions/config.ts';
import { papersOf } from '#functions/deps.ts';
import { step } from '#functions/steps/step.ts';
import { drawOnDemand } from '#shared/papers/on-demand.ts';
import { drawPaper } from '#shared/papers/order.ts';
import { drawPapers } from './draw.ts';
import { fontsIn } from './fonts.ts';
import { drawAsked } from './on-demand.ts';
import { renderWith } from './render.ts';

const papers = papersOf(readConfig(process.env));
/** The build puts the fonts beside the bundle. */
const render = renderWith(fontsIn(join(import.meta.dirname, 'fonts')));

/** For a state of a machine or by hand, at least once: drawing again answers the same files. */
const keep = step(drawPaper, (order) => drawPapers({ papers, render }, order));

/** For a page, which waits. */
const answer = step(drawOnDemand, (order) => drawAsked(render, order));

/** An order that brings its data wants the file back; any other names data that were kept. */
export const handler = (event: unknown, context: Context): Promise<unknown> =>
  (drawOnDemand.input.safeParse(event).success ? answer : keep)(event, context);
