import { describe, expect, it } from 'vitest';
import { OfferId, PlacementId, VacancyCode } from '#shared/domain/ids.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { gatheredOffering } from '#shared/papers/gathered-offering.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import type { Offering } from '#shared/papers/offering.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { someMinutes } from '#test/builders/minutes.ts';
import { aVacancy } from '#test/builders/offers.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

const { posts } = aRoundFile();
const { source, confidence, verifiedOn } = posts;
const titled = (name: string) => ({ kk: `${name} kk`, ru: `${name} ru`, en: `${name} en` });
const quota = (code: string, kind: 'at-least' | 'at-most', precedence: number, language: 'kk' | 'ru') => ({
  code,
  title: titled(code),
  kind,
  precedence,
  posts: 3,
  of: { languages: [language] },
  source,
  confidence,
  verifiedOn,
});

const vacancies = [aVacancy('MAT-001'), aVacancy('MAT-002', { language: 'ru' })];

const offered = (vacancy: string, more: object) =>
  aCandidacy({
    offers: [
      {
        id: OfferId.parse('0'.repeat(20)),
        vacancy: VacancyCode.parse(vacancy),
        madeAt: at('2022-11-12T04:00'),
        expiresAt: at('2022-11-20T04:00'),
        status: 'declined',
        endedAt: at('2022-11-13T04:00'),
        attempt: 1,
        ...more,
      },
    ],
  });

const candidacies = [
  offered('MAT-001', { status: 'accepted', placementId: PlacementId.parse('1'.repeat(20)) }),
  offered('MAT-002', {
    status: 'accepted',
    placementId: PlacementId.parse('2'.repeat(20)),
    reserve: 'second',
  }),
  offered('MAT-002', { reserve: 'second' }),
];

const keeping = (openFirst?: number) => ({
  ...aRoundFile(),
  posts: {
    ...posts,
    total: 5,
    quotas: [
      quota('second', 'at-least', 2, 'ru'),
      quota('most', 'at-most', 7, 'kk'),
      quota('first', 'at-least', 1, 'kk'),
    ],
    allocation: {
      mechanism: 'applicant-proposing-deferred-acceptance' as const,
      ...(openFirst !== undefined && { openFirst }),
      source,
      confidence,
      verifiedOn,
    },
  },
});

describe('the rule by which posts were given out', () => {
  it('is gathered with its quotas, limits first and kept ones by precedence, and what came of each', () => {
    const offering = gatheredOffering({ round: {}, file: keeping(2), candidacies, vacancies });

    expect(offering).toMatchObject({
      mechanism: 'applicant-proposing-deferred-acceptance',
      total: 5,
      openFirst: 2,
    });
    expect(
      offering.quotas.map(({ code, kind, precedence, filled, through }) => [
        code,
        kind,
        precedence,
        filled,
        through,
      ]),
    ).toEqual([
      ['most', 'at-most', undefined, 1, 0],
      ['first', 'keeps', 1, 1, 0],
      ['second', 'keeps', 2, 1, 2],
    ]);
  });

  it('keeps nothing by a quota of an older file, which names no mechanism', () => {
    const { allocation: _, ...older } = keeping().posts;
    const offering = gatheredOffering({
      round: {},
      file: { ...aRoundFile(), posts: older },
      candidacies,
      vacancies,
    });

    expect(offering.mechanism).toBeUndefined();
    expect(offering.quotas.map(({ kind }) => kind)).toEqual(['at-least', 'at-most', 'at-least']);
  });
});

const offersIn = (offering: Offering | undefined, locale: 'kk' | 'ru' | 'en' = 'en') => {
  const { offers } = someMinutes();
  const minutes = someMinutes({
    ...(offering && { offering }),
    offers: offers.map((one, place) => (place === 0 ? Object.assign({}, one, { reserve: 'first' }) : one)),
  });
  const t = translator(locale);
  const { blocks = [] } =
    minutesPaper(minutes, t).sections.find(({ heading }) =>
      ['Жұмыс ұсыныстары', 'Предложения о работе', 'Offers'].some((name) => heading.includes(name)),
    ) ?? {};
  return {
    texts: blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : [])),
    tables: blocks.flatMap((block) => (block.kind === 'table' ? [block] : [])),
  };
};

describe('the minutes', () => {
  it('say mechanism, number, open posts, precedence and quotas, and through which one a post was offered', () => {
    const { texts, tables } = offersIn(
      gatheredOffering({ round: {}, file: keeping(2), candidacies, vacancies }),
    );

    expect(texts[0]).toContain('applicant-proposing deferred acceptance');
    expect(texts[1]).toContain('5');
    expect(texts[2]).toContain('The first 2 posts of the round go by rank alone.');
    expect(tables[0]?.rows).toEqual([
      ['most en', 'at most', '3', '1', '–'],
      ['first en', 'keeps posts, order 1', '3', '1', '0'],
      ['second en', 'keeps posts, order 2', '3', '1', '2'],
    ]);
    const schools = tables[1]?.rows.map(([, school]) => school) ?? [];
    expect(schools.filter((one) => one?.endsWith('; kept post: first en'))).toHaveLength(1);
  });

  it.for(locales)('say how kept posts were counted, where two quotas are about the same, in %s', (locale) => {
    const t = translator(locale);
    const said = (counting?: 'each-quota') => {
      const { allocation, quotas, ...file } = keeping().posts;
      const same = quotas.map((one) => Object.assign({}, one, { of: { languages: ['kk'] } }));
      const named = { ...allocation, ...(counting && { counting }) };
      const given = { ...aRoundFile(), posts: { ...file, quotas: same, allocation: named } };
      return offersIn(gatheredOffering({ round: {}, file: given, candidacies, vacancies }), locale).texts;
    };

    expect(said('each-quota')[3]).toBe(t('kept.counting.each-quota'));
    expect(said()[3]).toBe(t('kept.counting.as-one'));
    const apart = offersIn(
      gatheredOffering({ round: {}, file: keeping(), candidacies, vacancies }),
      locale,
    ).texts;
    expect(apart).not.toContain(t('kept.counting.as-one'));
  });

  it('say that people chose one after the other where the file names no mechanism', () => {
    const { texts } = offersIn({ total: 9, quotas: [] });

    expect(texts[0]).toContain('merit order with choice');
    expect(texts.join(' ')).not.toContain('come first');
  });

  it('say nothing of it that were made before', () => {
    expect(offersIn(undefined).texts[0]).toMatch(/^Offers made: 28/);
  });

  it.for(locales)('have no gap in %s', (locale) => {
    const { texts, tables } = offersIn(
      gatheredOffering({ round: {}, file: keeping(), candidacies, vacancies }),
      locale,
    );

    expect([...texts, ...(tables[0]?.rows.flat() ?? [])].join(' ')).not.toMatch(/[{}]|undefined/);
    expect(tables[0]?.rows.map(([title]) => title)).toEqual(
      ['most', 'first', 'second'].map((name) => `${name} ${locale}`),
    );
  });
});
