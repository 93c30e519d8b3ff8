import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, dana, ratersOf, score, secretary } from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

const drawnUp = async () => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(world, [{}, {}, {}]);
  for (const { id } of applications) {
    for (const by of await ratersOf(world, id)) granted(await score({ world, roundId }, by, id));
  }
  granted(await drawUpProposal(world, { by: secretary, roundId }));
  return { roundId, site: aSelectionSite(world) };
};

/** The lines of the table, their cells apart. */
const rowsOf = (text: string): string[] =>
  parse(text)
    .querySelectorAll('#thresholds tbody tr')
    .map((row) => row.querySelectorAll('td, th').map((cell) => cell.text.trim().split(/\s+/u).at(-1)))
    .map((cells) => cells.join(' '));

describe('what another pass mark would do', () => {
  it.for(locales)('is said to who votes beside the proposal, in %s, and can be sorted', async (locale) => {
    const { roundId, site } = await drawnUp();
    const t = translator(locale);
    const member = await site.staff(dana);
    const page = `/${locale}/committee/rounds/${roundId}`;

    const [folded, sorted] = [await member.get(page), await member.get(`${page}?thresholds=-reach`)];

    // Everybody has all points: whoever asks for less than everything gets all three.
    expect(folded.text).toContain(t('committee.threshold'));
    expect(folded.text).toContain(t('scoring.sample'));
    expect(rowsOf(folded.text).at(-1)).toBe('100 3 3 0');
    expect(rowsOf(sorted.text).length).toBe(rowsOf(folded.text).length);
    expect(parse(folded.text).querySelector('details:has(#thresholds)')?.hasAttribute('open')).toBe(false);
    expect(parse(sorted.text).querySelector('details:has(#thresholds)')?.hasAttribute('open')).toBe(true);
  });

  it('is in the answer of the API', async () => {
    const { roundId, site } = await drawnUp();
    const member = await site.staff(dana);

    const { thresholds } = JSON.parse((await member.get(`/api/rounds/${roundId}/gate`)).text);

    expect(thresholds).toContainEqual({ passMark: 100, own: false, reach: 3, goOn: 3, more: 0 });
  });
});
