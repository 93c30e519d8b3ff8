import { describe, expect, it } from 'vitest';
import { drawAsked } from '#functions/papers/on-demand.ts';
import { renderWith } from '#functions/papers/render.ts';
import { receiptDigest } from '#shared/domain/application-submission.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { drawOnDemand } from '#shared/papers/on-demand.ts';
import { withPaperTexts } from '#shared/papers/words.ts';
import { someReceipt } from '#test/builders/receipt.ts';
import { at } from '#test/builders/worlds.ts';
import { deployedFonts } from './fonts.ts';
import { bare, readPdf } from './pdf.ts';

const render = renderWith(await deployedFonts());
const applicationId = 'APP001'.padEnd(20, '0');

const drawn = async (data: unknown, locale: string) => {
  const order = drawOnDemand.input.parse({ applicationId, locale, data });
  const { pdf } = drawOnDemand.output.parse(await drawAsked(render, order));
  return Buffer.from(pdf, 'base64');
};

describe('a receipt on paper', () => {
  it.for(locales)('says on one page what was received, and when, in %s', async (locale) => {
    const data = someReceipt();
    const t = withPaperTexts(translator(locale));

    const { pages, boxes, createdAt } = readPdf(await drawn(data, locale));

    const [page = ''] = pages;
    expect([pages.length, boxes]).toEqual([1, 0]);
    expect(createdAt).toBe('D:20220928T093000Z'.replace('T', ''));
    expect(page).toContain(bare(t('papers.receipt.title')));
    expect(page).toContain(data.receipt.number);
    expect(page).toContain(bare(t.moment(data.receipt.submittedAt, data.zone)));
    expect(page).toContain('Asia/Almaty');
    expect(page).toContain(receiptDigest(data.receipt));
    expect(page).toContain(data.receipt.form);
    expect(page).toContain('2022-08');
    for (const { sha256, requirement } of data.receipt.files) {
      const title = data.requirements.find(({ code }) => code === requirement)?.title[locale];
      expect(page).toContain(bare(`${title}${sha256}`));
    }
    expect(page).toContain(bare(`1. MAT-001`));
    expect(page).toContain(bare(t('application-form.subjects.mathematics')));
  });

  it('says that the application was withdrawn, and is otherwise the same', async () => {
    const t = withPaperTexts(translator('en'));
    const data = someReceipt({ withdrawnAt: at('2022-09-30T06:00') });

    const [page] = readPdf(await drawn(data, 'en')).pages;

    expect(page).toContain(
      bare(t('papers.receipt.withdrawn', { at: t.moment(at('2022-09-30T06:00'), data.zone) })),
    );
    expect(page).toContain(data.receipt.form);
  });

  it('drawn again is the same, byte for byte', async () => {
    const once = await drawn(someReceipt(), 'kk');

    expect((await drawn(someReceipt(), 'kk')).equals(once)).toBe(true);
  });
});
