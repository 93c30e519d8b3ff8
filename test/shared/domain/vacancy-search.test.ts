import { describe, expect, it } from 'vitest';
import { type Filter, pageSize, readFilter, select, writeFilter } from '#shared/domain/vacancy-search.ts';
import { readVacancies } from '#shared/domain/vacancy-csv.ts';
import { vacancyBytes } from '#test/builders/round-file.ts';

const register = readVacancies(new TextDecoder().decode(vacancyBytes));
const vacancies = register.ok ? register.value : [];
const { compare } = new Intl.Collator('kk');
const nothing: Filter = readFilter({});

describe('vacancies', () => {
  it('are all there without a filter, a page at a time, each once', () => {
    const pages = Array.from({ length: 9 }, (_, index) =>
      select(vacancies, { ...nothing, page: index + 1 }, compare),
    );

    expect(pages[0]?.pages).toBe(9);
    expect(new Set(pages.flatMap(({ shown }) => shown.map(({ code }) => code))).size).toBe(438);
    expect(pages[0]?.shown).toHaveLength(pageSize);
  });

  it('are narrowed by subject, district and language together', () => {
    const [one] = vacancies;
    const filter = { ...nothing, subject: one?.subject, district: one?.district, language: one?.language };

    const { shown, posts } = select(vacancies, filter, compare);

    expect(shown.some(({ code }) => code === one?.code)).toBe(true);
    expect(
      shown.every(({ subject, district }) => subject === one?.subject && district === one?.district),
    ).toBe(true);
    expect(posts).toBe(shown.reduce((sum, vacancy) => sum + vacancy.posts, 0));
  });

  it('stand in the order that was asked for', () => {
    const districts = select(vacancies, { ...nothing, order: 'district' }, compare).shown.map(
      ({ district }) => district,
    );
    const uneven = vacancies
      .slice(0, 30)
      .map((vacancy, index) => Object.assign({}, vacancy, { posts: index % 7 }));
    const posts = select(uneven, { ...nothing, order: 'posts' }, compare).shown.map((one) => one.posts);

    expect(districts).toEqual(districts.toSorted(compare));
    expect(posts).toEqual(posts.toSorted((a, b) => b - a));
  });

  it('show their last page to whoever asks for one behind it', () => {
    expect(select(vacancies, { ...nothing, page: 99 }, compare).page).toBe(9);
  });
});

describe('a filter', () => {
  it('survives the way through an address', () => {
    const filter: Filter = {
      subject: 'physics',
      district: 'Іле ауданы',
      language: 'kk',
      order: 'posts',
      page: 3,
    };

    const query = Object.fromEntries(new URLSearchParams(writeFilter(filter)));

    expect(readFilter(query)).toEqual(filter);
  });

  it('that filters nothing leaves no trace in the address', () => {
    expect(writeFilter(nothing)).toBe('');
  });
});
