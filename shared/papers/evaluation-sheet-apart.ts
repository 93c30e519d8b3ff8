import type { SheetPart } from './evaluation-sheets.ts';
import type { PaperBlock } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** Which cards do not stand apart from the discussion or from colleagues' cards, each with the total from before. */
export const apartNotes = ({ cards }: SheetPart, t: PaperTranslator): PaperBlock[] =>
  (['after', 'afterCards'] as const).flatMap((name) => {
    const raters = cards.flatMap(({ rater, [name]: mark }) => {
      if (!mark) return [];
      const { before } = mark;
      return [before === undefined ? rater : `${rater} (${t.number(Math.round(before * 100) / 100)})`];
    });
    const text = t(`papers.sheets.${name}`, { raters: raters.join(', ') });
    return raters.length > 0 ? [{ kind: 'text' as const, text }] : [];
  });
