import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allocate } from '#shared/allocation/allocate.ts';
import { Instance } from '#shared/allocation/instance.ts';
import { isMessageKey } from '#shared/i18n/index.ts';

type Parts = {
  applicants?: unknown;
  vacancies?: unknown;
  caps?: unknown;
  order?: unknown;
  mechanism?: Instance['mechanism'];
};

const aVacancy = (id: string, ranking: string[], region = 'north') => ({
  id,
  capacity: 1,
  region,
  subject: 'physics',
  ranking,
});

/** Two people, two vacancies, nothing wrong. */
const anInstance = (parts: Parts = {}): Instance =>
  Instance.parse({
    applicants: [
      { id: 'aigul', preferences: ['village', 'town'] },
      { id: 'berik', preferences: ['town'] },
    ],
    vacancies: [aVacancy('town', ['aigul', 'berik']), aVacancy('village', ['aigul', 'berik'])],
    mechanism: 'applicant-proposing-deferred-acceptance',
    ...parts,
  });

const faultsOf = (instance: Instance) => {
  const answer = allocate(instance);
  return answer.ok ? [] : answer.error.map(({ place, message }) => `${place} ${message}`);
};

describe('an instance is refused', () => {
  it('with every name that nobody bears and every name that stands twice, each at its place', () => {
    const instance = anInstance({
      applicants: [
        { id: 'aigul', preferences: ['town', 'city', 'town'] },
        { id: 'aigul', preferences: [] },
      ],
      vacancies: [aVacancy('town', ['berik', 'aigul', 'aigul']), aVacancy('town', [])],
    });

    expect(faultsOf(instance).toSorted()).toEqual([
      '/applicants/0/preferences/1 allocation.unknown-vacancy',
      '/applicants/0/preferences/2 allocation.named-twice',
      '/applicants/1/id allocation.doubled-id',
      '/vacancies/0/ranking/0 allocation.unknown-applicant',
      '/vacancies/0/ranking/2 allocation.named-twice',
      '/vacancies/1/id allocation.doubled-id',
    ]);
  });

  it('for a cap around nothing, and a reserve larger than its cap', () => {
    const caps = [
      { region: 'south', max: 1 },
      { subject: 'music', max: 1 },
      { vacancies: ['moon'], max: 1, reserve: 2 },
    ];

    expect(faultsOf(anInstance({ caps }))).toEqual([
      '/caps/0/region allocation.empty-region',
      '/caps/1/subject allocation.empty-subject',
      '/caps/2/reserve allocation.reserve-over-max',
      '/caps/2/vacancies/0 allocation.unknown-vacancy',
    ]);
  });

  it('for caps that cross, by deferred acceptance only', () => {
    const parts = {
      vacancies: [
        aVacancy('lake', [], 'south'),
        aVacancy('town', ['aigul', 'berik']),
        aVacancy('village', ['aigul', 'berik']),
      ],
      caps: [
        { region: 'north', max: 1 },
        { vacancies: ['lake', 'town'], max: 1 },
      ],
    };

    expect(faultsOf(anInstance(parts))).toEqual(['/caps/1 allocation.crossing-caps']);
    expect(faultsOf(anInstance({ ...parts, mechanism: 'merit-order-with-choice' }))).toEqual([]);
  });

  it('not for caps that cross where one of them can never bind', () => {
    const vacancies = [
      aVacancy('lake', [], 'south'),
      aVacancy('town', ['aigul', 'berik']),
      aVacancy('village', ['aigul', 'berik']),
    ];
    const under = (max: number, reserve: number) =>
      faultsOf(
        anInstance({
          vacancies,
          caps: [
            { region: 'north', max: 1 },
            { vacancies: ['lake', 'town'], max, reserve },
          ],
        }),
      );

    expect(under(2, 0)).toEqual([]);
    expect(under(2, 1)).toEqual(['/caps/0 allocation.crossing-caps']);
  });

  it('for open seats first without one order, beyond the limit, or under a limit that is not around everything', () => {
    const order = ['aigul', 'berik'];
    const open = { first: 1 };

    expect(faultsOf(anInstance({ caps: [{ region: 'north', max: 1, open }] }))).toEqual([
      '/caps/0/open allocation.open-needs-order',
    ]);
    expect(faultsOf(anInstance({ caps: [{ region: 'north', max: 0, open }], order }))).toEqual([
      '/caps/0/open/first allocation.open-over-max',
    ]);
    const caps = [
      { region: 'north', max: 1, open },
      { subject: 'physics', max: 1, open },
    ];
    expect(faultsOf(anInstance({ caps, order }))).toEqual(['/caps/1/open allocation.open-needs-all']);
    expect(faultsOf(anInstance({ caps: [{ vacancies: ['town'], max: 1, open }], order }))).toEqual([
      '/caps/0/open allocation.open-needs-all',
    ]);
    expect(
      faultsOf(
        anInstance({
          caps: [
            {
              region: 'north',
              max: 1,
              open: { first: 0, taken: [{ applicant: 'nobody', vacancy: 'moon' }] },
            },
          ],
          order,
        }),
      ),
    ).toEqual([
      '/caps/0/open/taken/0/applicant allocation.unknown-applicant',
      '/caps/0/open/taken/0/vacancy allocation.unknown-vacancy',
    ]);
  });

  it('for a seat that somebody is said to have twice, and not for two seats of one person', () => {
    const order = ['aigul', 'berik'];
    const taking = (...taken: [applicant: string, vacancy: string][]) =>
      faultsOf(
        anInstance({
          vacancies: [aVacancy('town', order), aVacancy('village', order)],
          caps: [
            {
              vacancies: ['town', 'village'],
              max: 3,
              open: { first: 1, taken: taken.map(([applicant, vacancy]) => ({ applicant, vacancy })) },
            },
          ],
          order,
        }),
      );

    expect(taking(['aigul', 'town'], ['berik', 'town'], ['aigul', 'town'])).toEqual([
      '/caps/0/open/taken/2 allocation.taken-twice',
    ]);
    expect(taking(['aigul', 'town'], ['aigul', 'village'], ['berik', 'town'])).toEqual([]);
  });

  it('for caps nested deeper than any law', () => {
    const ids = Array.from({ length: 32 }, (_, index) => `v${index}`);
    const caps = ids.slice(2).map((_, index) => ({ vacancies: ids.slice(index), max: 1 }));
    const vacancies = ids.map((id) => aVacancy(id, []));

    expect(faultsOf(anInstance({ applicants: [], vacancies, caps }))).toEqual([
      '/caps/29 allocation.caps-too-deep',
    ]);
    expect(faultsOf(anInstance({ applicants: [], vacancies, caps: caps.slice(1) }))).toEqual([]);
  });

  it('for an order that does not name everybody who is ranked, or that a ranking contradicts', () => {
    const vacancies = [aVacancy('town', ['berik', 'aigul']), aVacancy('village', ['aigul'])];

    expect(faultsOf(anInstance({ vacancies, order: ['aigul', 'berik'] }))).toEqual([
      '/vacancies/0/ranking/1 allocation.against-order',
    ]);
    expect(faultsOf(anInstance({ vacancies, order: ['berik'] }))).toEqual([
      '/vacancies/0/ranking/1 allocation.not-in-order',
      '/vacancies/1/ranking/0 allocation.not-in-order',
    ]);
    expect(faultsOf(anInstance({ vacancies, order: ['berik', 'aigul', 'berik', 'nobody'] }))).toEqual([
      '/order/2 allocation.named-twice',
      '/order/3 allocation.unknown-applicant',
    ]);
  });

  it('in a merit order when the rankings go round in a circle', () => {
    const people = ['aigul', 'berik', 'dana'];
    const vacancies = [
      aVacancy('a', ['aigul', 'berik']),
      aVacancy('b', ['berik', 'dana']),
      aVacancy('c', ['dana', 'aigul']),
    ];
    const answer = allocate(
      anInstance({
        applicants: people.map((id) => ({ id, preferences: [] })),
        vacancies,
        mechanism: 'merit-order-with-choice',
      }),
    );

    expect(answer).toMatchObject({
      ok: false,
      error: [{ message: 'allocation.no-single-order', facts: { circle: 'dana > aigul > berik > dana' } }],
    });
  });

  it('in a merit order under caps when nothing says who comes first', () => {
    const vacancies = [aVacancy('town', ['berik']), aVacancy('village', ['aigul'])];
    const parts = { vacancies, mechanism: 'merit-order-with-choice' } as const;

    expect(faultsOf(anInstance(parts))).toEqual([]);
    expect(faultsOf(anInstance({ ...parts, caps: [{ region: 'north', max: 1 }] }))).toEqual([
      '/vacancies allocation.order-left-open',
    ]);
    expect(faultsOf(anInstance({ ...parts, caps: [{ region: 'north', max: 2 }] }))).toEqual([]);
  });

  it('in a merit order with reserves, which have no meaning there', () => {
    const caps = [
      { region: 'north', max: 1, reserve: 1 },
      { region: 'north', max: 1, open: { first: 1 } },
    ];
    const order = ['aigul', 'berik'];

    expect(faultsOf(anInstance({ caps, order, mechanism: 'merit-order-with-choice' }))).toEqual([
      '/caps/0/reserve allocation.reserve-needs-deferral',
      '/caps/1/open allocation.reserve-needs-deferral',
    ]);
  });
});

describe('what is said about an instance', () => {
  it('has a text in the catalogues', () => {
    const folder = new URL('../../../shared/allocation/', import.meta.url);
    const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
    const keys = Array.from(
      sources.join('\n').matchAll(/'(allocation\.[\w-]+)'/g),
      (match) => match[1] ?? '',
    );

    expect(keys.length).toBeGreaterThan(8);
    expect(
      ['allocation.empty-region', 'allocation.empty-subject', ...keys].filter((key) => !isMessageKey(key)),
    ).toEqual([]);
  });
});
