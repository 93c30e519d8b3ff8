import { translator } from '#shared/i18n/index.ts';
import type { OnDemandOrder } from '#shared/papers/on-demand.ts';
import { personalDataPaper } from '#shared/papers/personal-data-paper.ts';
import { receiptPaper } from '#shared/papers/receipt-paper.ts';
import type { Render } from './render.ts';

/** Draws a paper that somebody waits for, and keeps nothing of it. */
export const drawAsked = async (
  render: Render,
  { data, locale }: OnDemandOrder,
): Promise<{ pdf: string }> => {
  const t = translator(locale);
  const bytes = await render(
    data.kind === 'receipt' ? receiptPaper(data, t) : personalDataPaper(data.held, t),
  );
  return { pdf: Buffer.from(bytes).toString('base64') };
};
