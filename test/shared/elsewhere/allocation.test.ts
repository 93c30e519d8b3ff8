import { describe, expect, it } from 'vitest';
import type { TwinRuling } from '#shared/domain/elsewhere-twins.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { givePosts, inOrder, twinsOf } from '#shared/elsewhere/allocation.ts';
import type { Newcomer } from '#shared/elsewhere/newcomer.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { aVacancy } from '#test/builders/offers.ts';
import { at } from '#test/builders/worlds.ts';

const list = sha256Of('list');
const [maths, more, physics] = ['MAT', 'MAT-2', 'PHY'].map(vacancyCode);
if (!maths || !more || !physics) throw new Error('There are three posts.');

const somebody = (index: number, over: Partial<Newcomer> = {}): Newcomer => ({
  number: ApplicationNumber.parse(`KZ19-AAAA-${String(index).padStart(4, '0')}`),
  name: `Somebody ${index}`,
  locale: 'kk',
  subjects: ['mathematics'],
  agreedAt: at('2022-11-14T05:00'),
  choices: [maths],
  from: 'KZ-19',
  rank: 1,
  of: 10,
  total: 50,
  ...over,
});

const namesOf = (people: readonly Newcomer[]): string[] => people.map(({ name }) => name);

describe('people of several regions', () => {
  const first = somebody(1, { rank: 2, of: 10, total: 90 });
  const second = somebody(2, { from: 'KZ-23', rank: 2, of: 100, total: 60 });

  it('stand in the order that the list said: by totals, or by who stands before them at home', () => {
    expect(namesOf(inOrder([second, first], { compare: 'percent', list }))).toEqual(namesOf([first, second]));
    expect(namesOf(inOrder([first, second], { compare: 'place', list }))).toEqual(namesOf([second, first]));
  });

  it('are told apart by lots where they are equal, the same in whatever order they came', () => {
    const equal = [3, 4, 5, 6].map((index) => somebody(index));
    const order = namesOf(inOrder(equal, { compare: 'place', list }));

    expect(namesOf(inOrder(equal.toReversed(), { compare: 'place', list }))).toEqual(order);
    const others = ['a', 'b', 'c', 'd', 'e'].map((text) =>
      namesOf(inOrder(equal, { compare: 'place', list: sha256Of(text) })).join(),
    );
    expect(new Set(others).size).toBeGreaterThan(1);
  });

  it('get the best own choice that is still empty, one after the other', () => {
    const posts = [aVacancy('MAT'), aVacancy('MAT-2'), aVacancy('PHY', { subject: 'physics' })];
    const people = [
      somebody(1, { choices: [physics, maths] }),
      somebody(2, { choices: [maths, more] }),
      somebody(3, { choices: [maths] }),
    ];

    const given = givePosts(people, posts).map(({ newcomer, vacancy }) => `${newcomer.name} ${vacancy}`);
    // Nobody is given a post for a subject that they do not teach.
    expect(given).toEqual(['Somebody 1 MAT', 'Somebody 2 MAT-2']);
  });

  it('count a post once that their region named twice', () => {
    const given = givePosts([somebody(1, { choices: [maths, maths] })], [aVacancy('MAT', { posts: 2 })]);

    expect(given.map(({ vacancy }) => vacancy)).toEqual([maths]);
  });

  it('count once where they came from two regions, as the one that was brought first', () => {
    const people = [
      somebody(1, { mail: 'aigul@example.kz' }),
      somebody(2, { from: 'KZ-23', mail: 'Aigul@example.kz' }),
      somebody(3),
      somebody(4),
    ];

    expect([...twinsOf(people)]).toEqual([['KZ-23 KZ19-AAAA-0002', 'KZ-19 KZ19-AAAA-0001']]);
  });

  it('count once without a mailbox, as the telephone and the name tell; a family with one telephone is no twin', () => {
    const people = [
      somebody(1, { name: 'Әлия Серікқызы Оспан', phone: '+7 (701) 000-00-01' }),
      somebody(2, { from: 'KZ-23', name: 'әлия  серікқызы ОСПАН', phone: '8 701 000 00 01' }),
      somebody(3, { from: 'KZ-23', name: 'Серік Оспан', phone: '+77010000001' }),
      somebody(4, { from: 'KZ-23', name: 'Әлия Серікқызы Оспан', phone: '+77010000002' }),
    ];

    expect([...twinsOf(people)]).toEqual([['KZ-23 KZ19-AAAA-0002', 'KZ-19 KZ19-AAAA-0001']]);
  });

  it.for([
    // A father and a child, whose surname may be the given name of the father.
    ['names in another order', { name: 'Оспан Серік' }, { from: 'KZ-23', name: 'Серік Оспан' }],
    ['a mailbox each', { mail: 'a@example.kz' }, { from: 'KZ-23', mail: 'b@example.kz' }],
    ['one region', { number: somebody(7).number }, {}],
  ] as const)('are two where they have one telephone and %s', ([, one, other]) => {
    const shared = { name: 'Серік Оспан', phone: '+77010000001' };

    expect(twinsOf([somebody(1, { ...shared, ...one }), somebody(2, { ...shared, ...other })]).size).toBe(0);
  });

  it('are two also where somebody without a mailbox has name and telephone of both', () => {
    const shared = { name: 'Серік Оспан', phone: '+77010000001' };
    const people = [
      somebody(1, { ...shared, mail: 'a@example.kz' }),
      somebody(2, { ...shared, from: 'KZ-23' }),
      somebody(3, { ...shared, from: 'KZ-61', mail: 'b@example.kz' }),
    ];

    expect([...twinsOf(people)]).toEqual([['KZ-23 KZ19-AAAA-0002', 'KZ-19 KZ19-AAAA-0001']]);
  });

  it('count once also where only a third tells that two are the same', () => {
    const named = { name: 'Әлия Оспан', phone: '+77010000001' };
    const people = [
      somebody(1, { mail: 'aliya@example.kz' }),
      somebody(2, { from: 'KZ-23', ...named }),
      somebody(3, { from: 'KZ-61', mail: 'aliya@example.kz', ...named }),
    ];

    const whose = 'KZ-19 KZ19-AAAA-0001';
    expect(Object.fromEntries(twinsOf(people))).toEqual({
      'KZ-23 KZ19-AAAA-0002': whose,
      'KZ-61 KZ19-AAAA-0003': whose,
    });
  });

  describe('of whom a person found out more', () => {
    const people = [
      somebody(1, { mail: 'aliya@example.kz' }),
      somebody(2, { from: 'KZ-23', mail: 'aliya@example.kz' }),
      somebody(3, { from: 'KZ-61' }),
    ];
    const ruled = (a: number, b: number, same: boolean): TwinRuling => {
      const [one, other] = [people[a - 1], people[b - 1]];
      if (!one || !other) throw new Error('There are three people.');
      return { one, other, same, by: PersonId.parse('ADM1N000000000000000'), at: at('2022-11-14T05:00') };
    };

    it('count as one where nothing else tells it, and as two whatever tells otherwise', () => {
      const whose = 'KZ-19 KZ19-AAAA-0001';

      expect(Object.fromEntries(twinsOf(people, [ruled(3, 1, true)]))).toEqual({
        'KZ-23 KZ19-AAAA-0002': whose,
        'KZ-61 KZ19-AAAA-0003': whose,
      });
      expect(twinsOf(people, [ruled(2, 1, false)]).size).toBe(0);
    });

    it('stay two also where a third is the same as both', () => {
      const rulings = [ruled(1, 2, false), ruled(1, 3, true), ruled(2, 3, true)];

      expect([...twinsOf(people, rulings)]).toEqual([['KZ-61 KZ19-AAAA-0003', 'KZ-19 KZ19-AAAA-0001']]);
    });
  });

  it('get nothing where nothing is empty', () => {
    expect(givePosts([somebody(1)], [])).toEqual([]);
  });
});
