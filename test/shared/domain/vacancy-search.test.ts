import { describe, expect, it } from 'vitest';
import { RoundId } from '#shared/domain/ids.ts';
import { readVacancies } from '#shared/domain/vacancy-csv.ts';
import { type Filter, pageSize, readFilter, select, writeFilter } from '#shared/domain/vacancy-search.ts';
import { vacancyBytes } from '#test/builders/round-file.ts';

const register = readVacancies(new TextDecoder().decode(vacancyBytes));
const vacancies = register.ok ? register.value : [];
const { compare } = new Intl.Collator('kk');
const nothing: Filter = readFilter({});

const found = (filter: Partial<Filter>) => select(vacancies, { ...nothing, ...filter }, compare).shown;

describe('vacancies', () => {
  it('are all there without a filter, a page at a time, each once', () => {
    const pages = Array.from({ length: 15 }, (_, index) =>
      select(vacancies, { ...nothing, page: index + 1 }, compare),
    );

    expect(pages[0]?.pages).toBe(15);
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

  it.for([
    ['full', [16]],
    ['part', [12]],
    ['over', [16.5, 24]],
  ] as const)('of a %s load have %j hours', ([load, hours]) => {
    const [one] = vacancies;
    if (!one) throw new Error('There is no vacancy.');
    const some = [12, 16, 16.5, 24].map((value) => Object.assign({}, one, { hours: value }));

    expect(select(some, { ...nothing, load }, compare).shown.map((shown) => shown.hours)).toEqual(hours);
  });

  it('are found by a part of the name of a school in either language, or of a place, in capitals or not', () => {
    const bySchool = found({ school: 'ШКОЛА-ОБРАЗЕЦ № 55 ' });

    expect(bySchool.length).toBeGreaterThan(0);
    expect(bySchool.every(({ school }) => school.kk.includes('№ 55 '))).toBe(true);
    expect(new Set(found({ locality: '8-ҮЛГІ' }).map(({ locality }) => locality))).toContain('8-үлгі ауыл');
    expect(found({ locality: 'жоқ жер' })).toEqual([]);
  });

  it('of several calls are narrowed to one', () => {
    const [one] = vacancies;
    if (!one) throw new Error('There is no vacancy.');
    const [first, second] = ['R0VND000000000000001', 'R0VND000000000000002'].map((id) => RoundId.parse(id));
    const both = [first, second].map((roundId) => Object.assign({}, one, roundId && { roundId }));

    const { shown } = select(both, { ...nothing, round: second }, compare);

    expect(shown.map(({ roundId }) => roundId)).toEqual([second]);
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
    expect(select(vacancies, { ...nothing, page: 99 }, compare).page).toBe(15);
  });
});

describe('a filter', () => {
  it('survives the way through an address', () => {
    const filter: Filter = {
      subject: 'physics',
      district: 'Іле ауданы',
      locality: '8-үлгі',
      school: '№ 55 & 56',
      language: 'kk',
      load: 'over',
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
