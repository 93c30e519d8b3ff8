import { lambdaAsking } from '#functions/adapters/lambda/asking.ts';
import { drawOnDemand } from '#shared/papers/on-demand.ts';
import type { DrawPaper } from '#shared/ports/papers.ts';

/** Asks the function that has the fonts, and waits for the file. */
export const lambdaDrawing = (papersFunction: () => string): DrawPaper => {
  const drawn = lambdaAsking(drawOnDemand, papersFunction);
  return async (order) => new Uint8Array(Buffer.from((await drawn(order)).pdf, 'base64'));
};
