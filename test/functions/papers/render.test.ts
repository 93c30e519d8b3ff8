import { beforeAll, describe, expect, it } from 'vitest';
import { renderWith } from '#functions/papers/render.ts';
import { type Locale, locales, translator } from '#shared/i18n/index.ts';
import { fill } from '#shared/i18n/message.ts';
import type { Minutes } from '#shared/papers/minutes.ts';
import { minutesDigest, minutesPaper } from '#shared/papers/minutes-paper.ts';
import type { Paper } from '#shared/papers/paper.ts';
import { paperCatalogues } from '#shared/papers/words.ts';
import { numberOf, seated, someMinutes } from '#test/builders/minutes.ts';
import { at } from '#test/builders/worlds.ts';
import { deployedFonts } from './fonts.ts';
import { bare, type ReadPdf, readPdf } from './pdf.ts';

const render = renderWith(await deployedFonts());

const drawn = async (minutes: Minutes, locale: Locale) =>
  readPdf(await render(minutesPaper(minutes, translator(locale))));

/** How often a name is followed by a number, as that of a moment is. */
const daysAfter = (page: string, name: string): number =>
  [...page.matchAll(new RegExp(`${bare(name)}\\d`, 'g'))].length;

const withText = (text: string): Paper => ({
  ...minutesPaper(someMinutes(), translator('kk')),
  sections: [{ heading: 'Әліпби', blocks: [{ kind: 'text', text }] }],
});

describe.for(locales)('minutes drawn in %s', (locale) => {
  const minutes = someMinutes();
  let pdf: ReadPdf;
  beforeAll(async () => {
    pdf = await drawn(minutes, locale);
  });

  it('can be read back whole: who decided what, and what became of each application', () => {
    const { pages, boxes } = pdf;
    const text = pages.join('');

    expect(boxes).toBe(0);
    for (const { name } of minutes.seats) expect(text).toContain(bare(name ?? 'there is none'));
    for (const { number } of minutes.applications) expect(text).toContain(number);
    for (const { vacancy } of minutes.offers) expect(text).toContain(vacancy);
    for (const { reason } of minutes.gates.flatMap((gate) => gate.departures)) {
      expect(text).toContain(bare(reason ?? 'there is none'));
    }
    expect(text).toContain(bare(minutes.title[locale]));
    expect(text).toContain('243aa570d0f0b7ca784bce9f9c9d30eb4e19692c620c568b16d38f761dd6bf21');
  });

  it('tell on each page which it is, of how many, and of which data', () => {
    const { pages } = pdf;

    expect(pages.length).toBeGreaterThan(5);
    for (const [index, page] of pages.entries()) {
      const place = { page: index + 1, pages: pages.length };
      expect(page).toContain(bare(fill(paperCatalogues[locale]['papers.pageOf'], place, locale)));
      expect(page).toContain(minutesDigest(minutes));
    }
  });

  it('keep a decision on one page with its votes, from the day it was opened to the decision', () => {
    const { pages } = pdf;

    const texts = paperCatalogues[locale];
    const opened = pages.map((page) => daysAfter(page, texts['papers.gates.opened']));
    const decided = pages.map((page) => daysAfter(page, texts['papers.gates.decided']));
    expect(opened.reduce((sum, count) => sum + count, 0)).toBe(8);
    expect(decided).toEqual(opened);
  });

  it('begin the list of applications anew on each page that it reaches with the names of its columns', () => {
    const { pages } = pdf;
    const column = bare(paperCatalogues[locale]['papers.applications.interview']);

    // The list stands before the offers, so the first page that has a number is of the list.
    const [first, last] = [0, 42].map((place) => pages.find((page) => page.includes(numberOf(place))));
    expect(first).not.toBe(last);
    for (const page of [first, last]) expect(page).toContain(column);
  });
});

describe('a paper', () => {
  it('is the same, byte for byte, when it is drawn again, and another one when its data are', async () => {
    const paper = minutesPaper(someMinutes(), translator('kk'));
    const other = minutesPaper(someMinutes({ madeAt: at('2022-12-15T06:01') }), translator('kk'));

    const once = await render(paper);
    expect(Buffer.from(await render(paper)).equals(once)).toBe(true);
    expect(Buffer.from(await render(other)).equals(once)).toBe(false);
  });

  it('is dated by its data, not by the clock of who draws it', async () => {
    expect((await drawn(someMinutes(), 'ru')).createdAt).toBe('D:20221215060000Z');
  });

  it('has every letter of the three languages, of their texts, and the sign of the tenge', async () => {
    const kazakh = 'АаӘәБбВвГгҒғДдЕеЁёЖжЗзИиЙйКкҚқЛлМмНнҢңОоӨөПпРрСсТтУуҰұҮүФфХхҺһЦцЧчШшЩщЪъЫыІіЬьЭэЮюЯя';
    const others = 'ABCXYZabcxyz0123456789 ₸ № § « » “ ” – — … ° × − % €';
    const texts = locales.flatMap((locale) => Object.values(paperCatalogues[locale]));

    const { boxes, pages } = readPdf(await render(withText([kazakh, others, ...texts].join('\n'))));

    expect(boxes).toBe(0);
    expect(pages.join('')).toContain(kazakh);
    expect(pages.join('')).toContain('₸');
  });

  it('shows a box for a letter that no font here has, so that a reader sees that one is missing', async () => {
    expect(readPdf(await render(withText('漢字'))).boxes).toBe(2);
  });

  it('loses nothing that is longer than a page', async () => {
    const reasons = Array.from(
      { length: 60 },
      (_, index) => `Причина ${index + 1}: ${'подробно '.repeat(20)}конец ${index + 1}.`,
    );
    const [first] = someMinutes().gates;
    const seats = reasons.map((_, index) => ({
      personId: seated(index % 22).slice(2) + String(index).padStart(2, '0'),
      name: `Мүше ${index + 1}`,
      seat: index === 0 ? 'chair' : 'member',
      stoodInFor: [],
      votesAtEnd: true,
    }));
    const votes = seats.map(({ personId }, index) => ({
      personId,
      choice: 'against',
      onPaper: true,
      reason: reasons[index],
    }));
    const gates = [{ ...first, meetings: [], votes, voters: 60, needed: 40 }];

    const { pages } = await drawn(someMinutes({ seats, gates }), 'ru');

    const text = pages.join('');
    // Between them may be the foot of a page and the head of the next.
    const ends = reasons.flatMap((_, index) => [`Причина ${index + 1}:`, `конец ${index + 1}.`]);
    expect(ends.filter((end) => !text.includes(bare(end)))).toEqual([]);
    expect(pages.length).toBeGreaterThan(8);
  });

  it('says so where there is nothing to list', async () => {
    const { pages } = await drawn(
      someMinutes({ gates: [], applications: [], offers: [], claims: [], placements: [], unverified: [] }),
      'ru',
    );

    for (const sentence of ['Заявлений не было.', 'Апелляций не подавали.', 'Никто не трудоустроен.']) {
      expect(pages.join('')).toContain(bare(sentence));
    }
  });
});
