import { describe, expect, it } from 'vitest';
import { anOffersRoundIn, aVacancy } from '#test/builders/offers.ts';
import { rulesWith } from '#test/builders/quotas.ts';
import { aDesk } from './desk.ts';

const wantsOne = { choices: ['MAT-001'] };
const numbered = (place: number): string => `KZ19-AAAA-${String(place).padStart(4, '0')}`;

/** So many people who all want the one post. */
const aBoard = async (people: number) => {
  const desk = await aDesk();
  const { roundId } = await anOffersRoundIn(
    desk.world,
    Array.from({ length: people }, () => wantsOne),
    [aVacancy('MAT-001')],
  );
  const administrator = await desk.administrator();
  return (query: string) => administrator.get(`/api/rounds/${roundId}/offers${query}`);
};

type Answered = { number: string; waiting: { position: number }[] };

describe('the board of offers of many people', () => {
  it('comes a hundred a page, with the places that each has among all', async () => {
    const read = await aBoard(101);

    const first = await read('');
    const second = await read('?page=2');

    expect(first.body).toMatchObject({ page: 1, pages: 2, people: 101 });
    expect(first.body.contenders).toHaveLength(100);
    expect(second.body).toMatchObject({ page: 2, pages: 2, people: 101, next: first.body.next });
    const [last, ...more] = second.body.contenders as Answered[];
    expect(more).toEqual([]);
    expect([last?.number, last?.waiting[0]?.position]).toEqual([numbered(100), 101]);
  });

  it('is the last page where one beyond it is asked for', async () => {
    const { status, body } = await (await aBoard(2))('?page=9');

    expect([status, body.page, body.pages, body.contenders.length]).toEqual([200, 1, 1, 2]);
  });

  it.for(['0', '-1', '1.5', 'two', '1e999', ''])('is no page, and says so, for “%s”', async (asked) => {
    const { status, body } = await (await aBoard(1))(`?page=${asked}`);

    expect([status, body.type, body.faults?.[0]?.place]).toEqual([422, '/problems/invalid', '/page']);
  });

  it('names how kept posts are counted, where two quotas keep the same', async () => {
    const kazakh = { language: 'kk' as const, posts: 1, kind: 'at-least' as const };
    const { file } = rulesWith({ quotas: [kazakh, kazakh], total: 5, counting: 'each-quota' });
    const desk = await aDesk();
    const { roundId } = await anOffersRoundIn(desk.world, [wantsOne], [aVacancy('MAT-001')], file);
    const administrator = await desk.administrator();

    const { body } = await administrator.get(`/api/rounds/${roundId}/offers`);
    expect([body.counting, body.kept.length]).toEqual(['each-quota', 2]);
  });
});
