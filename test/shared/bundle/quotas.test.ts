import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeResults } from '#shared/bundle/compose.ts';
import type { Statement } from '#shared/bundle/format.ts';
import { reportOf, verifyWords } from '#shared/bundle/report.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { type Locale, locales } from '#shared/i18n/index.ts';
import { anyResultsWithQuotas } from '#test/builders/any-results.ts';
import { quotasKey as key, offersOf, type Quota, rulesWith, wishing } from '#test/builders/quotas.ts';
import { afterOffers, aGatheredRound, published, signedBy } from '#test/builders/results.ts';

const failed = async (bundle: string, receipt?: string): Promise<string[]> =>
  (await verifyResults(bundle, receipt)).findings.filter(({ holds }) => !holds).map(({ check }) => check);

/** How kept posts are counted, as the verifier names it. */
const countingOf = async (text: string, locale: Locale): Promise<string | undefined> => {
  const { about } = reportOf(await verifyResults(text), locale);
  return about.find(({ name }) => name === verifyWords(locale)('verification.counting'))?.value;
};

/** How many seals each quota lists. */
const listed = ({ limits }: NonNullable<Statement['offers']>): number[] =>
  limits.slice(1).map(({ vacancies }) => vacancies.length);

describe('a quota in a bundle', () => {
  it('lists no seal where it can never be full: its posts, or the people who want them, are too few', async () => {
    const many = offersOf(wishing(7), [{ language: 'kk', posts: 3 }]);
    const few = offersOf(wishing(1), [{ language: 'kk', posts: 2 }]);

    expect([listed(many.offers), listed(few.offers)]).toEqual([[0], [0]]);
    expect([await failed(many.text), await failed(few.text)]).toEqual([[], []]);
  });

  it('lists none where it is about one vacancy, which has no more posts than it leaves', async () => {
    const { offers, text } = offersOf(wishing(7), [{ language: 'ru', posts: 2 }]);

    expect(listed(offers)).toEqual([0]);
    expect(offers.vacancies.map(({ posts }) => posts).toSorted((a, b) => a - b)).toEqual([1, 2, 2]);
    expect(offers.seekers.filter(({ has }) => has !== undefined)).toHaveLength(5);
    expect(await failed(text)).toEqual([]);
  });

  it('lists them where several vacancies share what may have been full, and is kept by every step', async () => {
    const { offers, statement, text } = offersOf(wishing(7), [{ language: 'kk', posts: 2 }]);
    const forged = structuredClone(statement);
    for (const limit of forged.offers?.limits.slice(1) ?? []) limit.vacancies = [];

    expect(listed(offers)).toEqual([2]);
    expect(await failed(text)).toEqual([]);
    // Without it a post stands free that somebody wants.
    expect(await failed(signedBy(forged, key))).toContain('settled');
  });

  it('still verifies as it was published before, with every seal of every quota', async () => {
    const { gathered, statement, offers } = offersOf(wishing(7), [{ language: 'kk', posts: 3 }]);
    const kazakh = gathered.people.values().next().value?.wishes.slice(0, 2) ?? [];
    const seals = composeResults(gathered).leaves[0]?.wishes ?? [];
    const places = kazakh.flatMap((code) => {
      const wish = seals.findIndex(({ vacancy }) => vacancy === code);
      return offers.seekers[0]?.wishes[wish] ?? [];
    });
    const earlier = structuredClone(statement);
    const [, quota] = earlier.offers?.limits ?? [];
    if (quota) quota.vacancies = places.toSorted((a, b) => a - b);

    expect(places).toHaveLength(2);
    expect(await failed(signedBy(earlier, key))).toEqual([]);
  });
});

describe('posts that are kept, in a bundle', () => {
  /** The first five would rather have Kazakh schools; the last two want the Russian one alone. */
  const people = [...wishing(5, ['MAT-001', 'MAT-002']), ...wishing(2, ['MAT-003'])];
  const russian: Quota = { language: 'ru', posts: 2, kind: 'at-least' };

  it('are told as format 7, and every step is checked against them', async () => {
    const { offers, statement, text, receipts } = offersOf(people, [russian], { total: 3 });

    expect(statement.format).toBe(7);
    expect(offers.reserves?.map(({ posts, vacancies }) => [posts, vacancies.length])).toEqual([[2, 1]]);
    const russianOnes = offers.seekers.filter(({ wishes }) => wishes.length === 1);
    expect(russianOnes.map(({ has }) => has !== undefined)).toEqual([true, true]);
    expect(offers.seekers.filter(({ has }) => has !== undefined)).toHaveLength(3);
    expect(await failed(text)).toEqual([]);
    for (const receipt of receipts) expect(await failed(text, canonicalJson(receipt))).toEqual([]);
  });

  it.for(locales)('are named with the mechanism to whoever checks, in %s', async (locale) => {
    const { text } = offersOf(people, [russian], { total: 3 });
    const say = verifyWords(locale);

    const { about } = reportOf(await verifyResults(text), locale);

    expect(about).toContainEqual({
      name: say('verification.mechanism'),
      value: say('verification.mechanism.applicant-proposing-deferred-acceptance'),
    });
    expect(about).toContainEqual({ name: say('verification.kept'), value: '2' });
  });

  it('are those of the round file: others, or the same kept for somebody else, do not hold', async () => {
    const { statement } = offersOf(people, [russian], { total: 3 });
    const [more, elsewhere] = [structuredClone(statement), structuredClone(statement)];
    for (const reserve of more.offers?.reserves ?? []) reserve.posts = 3;
    for (const reserve of elsewhere.offers?.reserves ?? []) reserve.vacancies = [];

    expect(await failed(signedBy(more, key))).toContain('offers');
    expect(await failed(signedBy(elsewhere, key))).toContain('offers');
  });

  it('that come after those by rank alone are told as format 8, with how many these are', async () => {
    const mixed = [...wishing(1, ['MAT-003']), ...people];
    const { offers, statement, text } = offersOf(mixed, [russian], { total: 3, openFirst: 1 });
    const [fewer, none] = [structuredClone(statement), structuredClone(statement)];
    if (fewer.offers) fewer.offers.openFirst = 2;
    if (none.offers) none.offers.openFirst = undefined;

    expect([statement.format, offers.openFirst]).toEqual([8, 1]);
    const has = offers.seekers.map((one) => one.has !== undefined);
    expect(has.filter(Boolean)).toHaveLength(3);
    expect(await failed(text)).toEqual([]);
    expect(await failed(signedBy(fewer, key))).toContain('offers');
    expect(await failed(signedBy({ ...none, format: 7 }, key))).toContain('offers');
    const say = verifyWords('en');
    expect(reportOf(await verifyResults(text), 'en').about).toContainEqual({
      name: say('verification.openFirst'),
      value: '1',
    });
  });

  it('count for each quota where the file says so, as format 12; an older file’s as one where nobody wants what they differ by', async () => {
    const around: Quota = { language: 'kk', mixed: true, posts: 1, kind: 'at-least' };
    const quotas: Quota[] = [
      around,
      { ...russian, posts: 1 },
      { language: 'kk', posts: 2, kind: 'at-least' },
    ];
    const each = offersOf(people, quotas, { total: 2, counting: 'each-quota' });
    const older = offersOf(people, quotas, { total: 2 });
    const [silent, claiming] = [structuredClone(each.statement), structuredClone(older.statement)];
    if (silent.offers) silent.offers.counting = undefined;
    if (claiming.offers) claiming.offers.counting = 'each-quota';

    expect([each.statement.format, each.offers.counting]).toEqual([12, 'each-quota']);
    expect([older.statement.format, older.offers.counting]).toEqual([7, undefined]);
    expect(each.offers.seekers).not.toEqual(older.offers.seekers);
    for (const { text, receipts } of [each, older]) {
      for (const receipt of receipts) expect(await failed(text, canonicalJson(receipt))).toEqual([]);
    }
    expect(await failed(signedBy({ ...silent, format: 7 }, key))).toContain('offers');
    expect(await failed(signedBy({ ...claiming, format: 12 }, key))).toContain('offers');
    for (const locale of locales) {
      expect(await countingOf(each.text, locale)).toBe(
        verifyWords(locale)('verification.counting.each-quota'),
      );
      expect(await countingOf(older.text, locale)).toBe(verifyWords(locale)('verification.counting.as-one'));
    }
    const alone = offersOf(people, [russian], { total: 3 });
    expect(await countingOf(alone.text, 'en')).toBeUndefined();
  });

  it('list no seal where no limit could have been full', async () => {
    const { offers, text } = offersOf(people, [russian], { total: 20 });

    expect(offers.reserves).toEqual([{ posts: 2, vacancies: [] }]);
    expect(await failed(text)).toEqual([]);
  });

  it('are nothing to a file that names no mechanism, as those that were pinned before', async () => {
    const { posts, ...file } = rulesWith({ total: 3, quotas: [russian] }).file;
    const { allocation: _none, ...earlier } = posts;
    const rules = { file: { ...file, posts: earlier }, text: JSON.stringify({ ...file, posts: earlier }) };
    const { statement, text } = published(afterOffers(aGatheredRound(people, rules), []), key);

    expect([statement.format, statement.offers?.reserves]).toEqual([1, undefined]);
    expect(await failed(text)).toEqual([]);
  });
});

describe('whatever quotas a round has', () => {
  it('its bundle holds, and every receipt of it', async () => {
    await fc.assert(
      fc.asyncProperty(anyResultsWithQuotas, async (gathered) => {
        const { text, receipts } = published(gathered, key);
        expect(await failed(text)).toEqual([]);
        for (const receipt of receipts) expect(await failed(text, canonicalJson(receipt))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
