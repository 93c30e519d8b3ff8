import { describe, expect, it } from 'vitest';
import { drawAsked } from '#functions/papers/on-demand.ts';
import { renderWith } from '#functions/papers/render.ts';
import { sourceIn } from '#shared/domain/provenance.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { drawOnDemand } from '#shared/papers/on-demand.ts';
import { withPaperTexts } from '#shared/papers/words.ts';
import { aSheet, someSheets } from '#test/builders/evaluation-sheets.ts';
import { deployedFonts } from './fonts.ts';
import { bare, readPdf } from './pdf.ts';

const render = renderWith(await deployedFonts());

const drawn = async (data: unknown, locale: string): Promise<Buffer> => {
  const order = drawOnDemand.input.parse({ roundId: someSheets().roundId, locale, data });
  const { pdf } = drawOnDemand.output.parse(await drawAsked(render, order));
  return Buffer.from(pdf, 'base64');
};

describe.for(locales)('an evaluation sheet on paper in %s', (locale) => {
  it('says who gave what by code, what it comes to, what was said, and that its rubric is a sample', async () => {
    const t = withPaperTexts(translator(locale));
    const data = someSheets();
    const [sheet] = data.sheets;

    const { pages, boxes } = readPdf(await drawn(data, locale));

    const text = pages.join('');
    expect(boxes).toBe(0);
    expect(text).toContain(data.sheets[0]?.number);
    for (const code of ['R1', 'R4', 'R12']) expect(text).toContain(code);
    for (const { title } of [...data.scoring.criteria, ...data.interview.criteria]) {
      expect(text).toContain(bare(title[locale]));
    }
    expect(text).toContain(bare(sheet?.scoring.cards[0]?.comment ?? 'there is none'));
    expect(text).toContain(
      bare(t('papers.sheets.sample', { source: sourceIn(locale, data.scoring.source) })),
    );
    expect(text).toContain(bare(t('papers.sheets.gaps')));
    expect(text).toContain(bare(t('papers.sheets.tooLittle', { raters: 'R12' })));
    const percent = t('results.percent', { value: t.number(51) });
    expect(text).toContain(bare(t('papers.sheets.corrected', { percent })));
    expect(text).toContain(bare(t('results.percent', { value: t.number(57.9) })));
    expect(text).toContain(bare('Серікбаев Ержан'));
    expect(text).toContain(bare(t('papers.nameNotGiven')));
  });

  it('of several applications is one file, each beginning a page, and drawn again it is the same', async () => {
    const data = someSheets({ sheets: [aSheet('KZ19-7Q4M-0C2X'), aSheet('KZ19-0000-0018')] });

    const once = await drawn(data, locale);

    const { pages } = readPdf(once);
    const numbers = pages.map((page) =>
      data.sheets.flatMap(({ number }) => (page.includes(number) ? [number] : [])),
    );
    expect(new Set(numbers.map((found) => found.length))).toEqual(new Set([1]));
    expect([...new Set(numbers.flat())]).toEqual(data.sheets.map(({ number }) => number));
    expect(pages.length).toBeGreaterThan(data.sheets.length);
    expect((await drawn(data, locale)).equals(once)).toBe(true);
  });
});

describe('an evaluation sheet where the round file names who judged', () => {
  it('has a line to sign for each of them', async () => {
    const t = withPaperTexts(translator('kk'));
    const cards = ['Ахметова Сәуле', 'Ким Виктор'].map((rater) => ({ rater, points: {}, total: 50 }));
    const data = someSheets({ named: true, sheets: [aSheet('KZ19-7Q4M-0C2X', { scoring: { cards } })] });

    const text = readPdf(await drawn(data, 'kk')).pages.join('');

    for (const { rater } of cards)
      expect(text).toContain(bare(`${t('papers.sheets.judge')}${t('papers.signature')}${rater}`));
  });
});
