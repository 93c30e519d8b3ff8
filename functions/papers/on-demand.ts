import { type Translator, translator } from '#shared/i18n/index.ts';
import { evaluationSheetPapers } from '#shared/papers/evaluation-sheet-paper.ts';
import type { OnDemandOrder } from '#shared/papers/on-demand.ts';
import type { Paper } from '#shared/papers/paper.ts';
import { personalDataPaper } from '#shared/papers/personal-data-paper.ts';
import { receiptPaper } from '#shared/papers/receipt-paper.ts';
import type { Render } from './render.ts';

/** Draws a paper that somebody waits for, and keeps nothing of it. */
export const drawAsked = async (
  render: Render,
  { data, locale }: OnDemandOrder,
): Promise<{ pdf: string }> => {
  const t = translator(locale);
  const [first, ...further] = papersOf(data, t);
  if (!first) throw new Error('Nothing was ordered.');
  const bytes = await render(first, further);
  return { pdf: Buffer.from(bytes).toString('base64') };
};

const papersOf = (data: OnDemandOrder['data'], t: Translator): Paper[] => {
  switch (data.kind) {
    case 'receipt':
      return [receiptPaper(data, t)];
    case 'personal-data':
      return [personalDataPaper(data.held, t)];
    case 'evaluation-sheets':
      return evaluationSheetPapers(data, t);
    default:
      return data satisfies never;
  }
};
