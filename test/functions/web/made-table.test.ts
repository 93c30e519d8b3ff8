import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { declineOffer } from '#functions/commands/offers.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { aVacancy, offersEndedIn, releasedIn } from '#test/builders/offers.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aSite } from '#test/functions/web/site.ts';

/** So many people are asked for a post each, and three more wait for one of them. */
const asked = 104;

const code = (place: number): string => `MAT-${String(place + 1).padStart(3, '0')}`;

const aBoard = async (people = asked) => {
  const site = aSite();
  const { records, clock, deps } = site;
  const world = { ...aWorld(), records, clock, chance: deps.chance };
  const own = Array.from({ length: people }, (_, place) => ({ choices: [code(place)] }));
  const behind = Array.from({ length: 3 }, () => ({ choices: ['MAT-001'] }));
  const vacancies = own.map((_none, place) => aVacancy(code(place)));
  const scene = await releasedIn(world, [...own, ...behind], vacancies);
  const administrator = await site.administrator();
  const address = `/manage/rounds/${scene.roundId}/offers`;
  const open = async (query: string, locale = 'en') => {
    const { status, text } = await administrator.get(`/${locale}${address}${query}`);
    const page = parse(text);
    const rowsOf = (id: string) =>
      page
        .querySelectorAll(`#${id} tbody tr`)
        .map((row) => row.querySelectorAll('th,td').map((one) => one.text.trim()));
    const links = page
      .querySelectorAll('main a')
      .map((link) => link.getAttribute('href')?.replaceAll('&amp;', '&') ?? '');
    const headings = page.querySelectorAll('h2').map((one) => one.text);
    return { status, headings, rowsOf, links };
  };
  const decline = async (place: number) =>
    granted(await declineOffer(world, { ...(await offerTo(world, scene, place)), reason: 'terms' }));
  return { world, scene, open, decline, address: `/en${address}` };
};

const number = (place: number): string => `KZ19-AAAA-${String(place).padStart(4, '0')}`;

describe('the table of offers that were made', () => {
  it('is drawn a page at a time by rank, beside the pages of who waits', async () => {
    const { open, address } = await aBoard();

    const first = await open('?page=1');
    const last = await open('?made-page=2&page=1');

    expect(first.rowsOf('made')).toHaveLength(100);
    expect(first.rowsOf('made')[0]?.slice(0, 3)).toEqual([number(0), 'MAT-001', 'Waiting for an answer']);
    expect(first.links).toContain(`${address}?page=1&made-page=2#made`);
    expect(last.rowsOf('made').map(([one]) => one)).toEqual([100, 101, 102, 103].map(number));
    expect(last.rowsOf('waiting').map(([one]) => one)).toEqual([104, 105, 106].map(number));
    // Sorted anew it begins at its first page, and the other list stays where it is.
    expect(last.links).toContain(`${address}?page=1&made=vacancy#made`);
  });

  it('is sorted over all its pages', async () => {
    const { open } = await aBoard();

    const { rowsOf } = await open('?made=-vacancy&made-page=2');

    expect(rowsOf('made').map(([, vacancy]) => vacancy)).toEqual([3, 2, 1, 0].map(code));
  });

  it('shows those that stand in one way, and counts each way that there is', async () => {
    const { open, decline, address } = await aBoard(3);
    await decline(1);

    const declined = await open('?show=declined');
    const unknown = await open('?show=eaten&made-page=x&made=colour');

    expect(declined.rowsOf('made').map(([one, , status]) => [one, status])).toEqual([
      [number(1), 'Declined'],
    ]);
    expect(declined.links).toContain(`${address}?show=all#made`);
    expect(declined.links).toContain(`${address}?show=open#made`);
    expect(declined.links).not.toContain(`${address}?show=lapsed#made`);
    expect(unknown.status).toBe(200);
    expect(unknown.rowsOf('made')).toHaveLength(3);
  });

  it.for(locales)('says nothing of waiting once offers have ended, in %s', async (locale) => {
    const { world, scene, open, decline } = await aBoard(2);
    const t = translator(locale);
    await decline(1);
    await offersEndedIn(world, scene.roundId);

    const { headings, rowsOf } = await open('', locale);

    expect(headings).toContain(t('offer.board.without'));
    expect(headings).not.toContain(t('offer.board.waiting'));
    expect(rowsOf('waiting')[0]).toEqual([number(1), `MAT-002 ${t('offer.status.declined')}`]);
    expect(rowsOf('waiting').at(-1)).toEqual([number(4), '–']);
  });
});
