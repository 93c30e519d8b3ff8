import { describe, expect, it } from 'vitest';
import { reportOf, verifyWords } from '#shared/bundle/report.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { type Locale, locales } from '#shared/i18n/index.ts';
import { offersOf, type Quota, wishing } from '#test/builders/quotas.ts';
import type { Applicant } from '#test/builders/results.ts';

const number = (place: number) => `KZ19-AAAA-000${place}`;

/** What the receipts of these people say of their posts. */
const saidTo = async (people: readonly Applicant[], quotas: Quota[], total: number, locale: Locale) => {
  const { text, receipts } = offersOf(people, quotas, { total });
  return async (place: number): Promise<string[]> => {
    const own = receipts.find(({ leaf }) => leaf.row.number === number(place));
    return reportOf(await verifyResults(text, canonicalJson(own)), locale).own.slice(2);
  };
};

/** The first wants the first post, the second another one. */
const two = [...wishing(1, ['MAT-001']), ...wishing(1, ['MAT-002'])].map((one, index) =>
  Object.assign({}, one, { interview: 3 - index }),
);

describe('the receipt of somebody whose post stayed free', () => {
  it.for(locales)('names the number of posts of the round, in %s', async (locale) => {
    const say = verifyWords(locale);
    const said = await saidTo(two, [], 1, locale);

    expect(await said(0)).toEqual([say('verification.own.has', { vacancy: 'MAT-001' })]);
    expect(await said(1)).toEqual([
      say('verification.own.nobody', { vacancy: 'MAT-002' }),
      say('verification.own.total', { vacancy: 'MAT-002', posts: 1 }),
    ]);
  });

  it.for(locales)('names a limit on posts of its kind, in %s', async (locale) => {
    const say = verifyWords(locale);
    const said = await saidTo(two, [{ language: 'kk', posts: 1 }], 20, locale);

    expect(await said(1)).toEqual([
      say('verification.own.nobody', { vacancy: 'MAT-002' }),
      say('verification.own.quota', { vacancy: 'MAT-002', posts: 1 }),
    ]);
  });

  it('names no limit where the post is full, or where none is used up', async () => {
    const rivals = wishing(2, ['MAT-001']).map((one, index) =>
      Object.assign({}, one, { interview: 3 - index }),
    );
    const full = await saidTo(rivals, [], 1, 'en');
    const free = await saidTo(rivals, [], 20, 'en');

    const cutoff = verifyWords('en')('verification.own.cutoff', { vacancy: 'MAT-001', cutoff: 1 });
    expect([await full(1), await free(1)]).toEqual([[cutoff], [cutoff]]);
  });
});
