import { describe, expect, it } from 'vitest';
import { orderMinutes } from '#functions/commands/minutes.ts';
import { drawPapers } from '#functions/papers/draw.ts';
import { renderWith } from '#functions/papers/render.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { unverifiedRules } from '#shared/papers/unverified-rules.ts';
import { withPaperTexts } from '#shared/papers/words.ts';
import { aClosedRoundIn } from '#test/builders/closed-round.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { deployedFonts } from './fonts.ts';
import { bare, readPdf } from './pdf.ts';

describe('minutes that were gathered from the record of a round', () => {
  it('are drawn in three languages, with every application, every sample rule and every letter', async () => {
    const world = { ...aWorld(), people: memoryPeople() };
    const { roundId, applications } = await aClosedRoundIn(world);

    const order = await orderMinutes(world, roundId);
    const render = renderWith(await deployedFonts());
    const { files } = await drawPapers({ papers: world.papers, render }, order);

    expect(files.map(({ locale }) => locale)).toEqual([...locales]);
    const unverified = unverifiedRules(aRoundFile());
    for (const { key, locale } of files) {
      const { pages, boxes } = readPdf(world.papers.stored.get(key) ?? new Uint8Array());
      const text = pages.join('');
      expect(boxes).toBe(0);
      for (const { number } of applications) expect(text).toContain(number);
      expect(text).toContain(bare('Диплом не по профилю.'));
      const t = withPaperTexts(translator(locale));
      for (const said of ['papers.agreement.interviews', 'papers.agreement.never'] as const)
        expect(text).toContain(bare(t(said)));
      // The end of a page may come between the words of one.
      const broken = unverified.filter(({ rule }) => !text.includes(bare(rule[locale])));
      expect(broken.length).toBeLessThan(pages.length);
    }
  });
});
