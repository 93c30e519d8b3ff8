import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { locales, translator } from '#shared/i18n/index.ts';
import { anOffersRoundIn, aVacancy } from '#test/builders/offers.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { aSite } from '#test/functions/web/site.ts';

/** One is about to be asked for the only post, everybody else waits for it: on three pages, the last of them with four rows. */
const waiting = 204;

const aLongBoard = async (people = waiting + 1) => {
  const site = aSite();
  const { records, clock, deps } = site;
  const world = { ...aWorld(), records, clock, chance: deps.chance };
  const contenders = Array.from({ length: people }, () => ({ choices: ['MAT-001'] }));
  const { roundId } = await anOffersRoundIn(world, contenders, [aVacancy('MAT-001')]);
  const administrator = await site.administrator();
  const address = `/manage/rounds/${roundId}/offers`;
  const open = async (query: string, locale = 'en') => {
    const { status, text } = await administrator.get(`/${locale}${address}${query}`);
    const page = parse(text);
    const rows = page.querySelectorAll('#waiting tbody tr').map((row) => row.text.trim());
    const links = page
      .querySelectorAll('main a')
      .map((link) => link.getAttribute('href')?.replaceAll('&amp;', '&') ?? '');
    return { status, text: page.querySelector('main')?.text ?? '', rows, links };
  };
  return { open, address: `/en${address}` };
};

const number = (place: number): string => `KZ19-AAAA-${String(place).padStart(4, '0')}`;

describe('the table of who waits', () => {
  it('is drawn a page at a time by rank, and counts everybody', async () => {
    const { open, address } = await aLongBoard();

    const first = await open('');
    const last = await open('?page=3');

    expect(first.text).toContain(`${waiting} people have neither an offer nor a post.`);
    expect(first.text).toContain('Page 1 of 3');
    expect(first.rows).toHaveLength(100);
    expect(first.rows[0]).toBe(`${number(1)}MAT-001: 2`);
    expect(first.links).toContain(`${address}?page=2#waiting`);
    expect(first.text).not.toContain('Previous page');
    expect(last.rows).toEqual([201, 202, 203, 204].map((place) => `${number(place)}MAT-001: ${place + 1}`));
    expect(last.links).toContain(`${address}?page=2#waiting`);
    expect(last.text).not.toContain('Next page');
  });

  it('is sorted over all its pages, and goes on in that order', async () => {
    const { open, address } = await aLongBoard();

    const first = await open('?waiting=-number&done=offer.done.released');
    const second = await open('?waiting=-number&page=2');

    expect(first.rows.slice(0, 2)).toEqual([`${number(204)}MAT-001: 205`, `${number(203)}MAT-001: 204`]);
    expect(first.links).toContain(`${address}?waiting=-number&page=2#waiting`);
    expect(second.rows[0]).toBe(`${number(104)}MAT-001: 105`);
    expect(second.links).toContain(`${address}?waiting=-number&page=3#waiting`);
    // Sorted anew it begins at its first page.
    expect(second.links).toContain(`${address}?waiting=number#waiting`);
  });

  it.for([
    ['0', 1],
    ['-4', 1],
    ['two', 1],
    ['', 1],
    ['2.9', 2],
    ['4', 3],
    ['1e999', 3],
  ])('says which page it shows where the address asks for %s', async ([asked, page]) => {
    const { open } = await aLongBoard();

    const { status, text, rows } = await open(`?page=${asked}&waiting=points`);

    expect(status).toBe(200);
    expect(text).toContain(`Page ${page} of 3`);
    expect(rows[0]).toContain(number((Number(page) - 1) * 100 + 1));
  });

  it.for(locales)('has links between its pages in %s', async (locale) => {
    const { open } = await aLongBoard();
    const t = translator(locale);

    const { text } = await open('?page=2', locale);

    expect(text).toContain(t('common.previousPage'));
    expect(text).toContain(t('common.page', { page: 2, pages: 3 }));
    expect(text).toContain(t('common.nextPage'));
  });

  it('has no pages where a hundred wait', async () => {
    const { open } = await aLongBoard(101);

    const { rows, text } = await open('');

    expect(rows).toHaveLength(100);
    expect(text).not.toContain('Page 1');
  });

  it('is not there where nobody waits', async () => {
    const { open } = await aLongBoard(1);

    const { rows, text } = await open('?page=2');

    expect(rows).toEqual([]);
    expect(text).toContain('0 people have neither an offer nor a post.');
  });
});
