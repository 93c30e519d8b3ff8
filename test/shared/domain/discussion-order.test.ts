import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discussionOrder, exactUpTo, leavings, type Seated } from '#shared/domain/discussion-order.ts';
import { ApplicationId, PersonId } from '#shared/domain/ids.ts';

const person = (index: number): PersonId => PersonId.parse(`${index}`.padStart(20, '0'));
const application = (index: number): ApplicationId => ApplicationId.parse(`${index}`.padStart(20, '1'));

const items = (...away: readonly (readonly number[])[]): Seated[] =>
  away.map((people, index) => ({
    applicationId: application(index),
    away: people.map((one) => person(one)),
  }));

const room = { chair: person(0), away: [] };

const places = (order: readonly Seated[], all: readonly Seated[]): number[] =>
  order.map((item) => all.indexOf(item));

const permutations = <T>(all: readonly T[]): T[][] =>
  all.length === 0
    ? [[]]
    : all.flatMap((one, index) => permutations(all.toSpliced(index, 1)).map((rest) => [one].concat(rest)));

/** How often the chair leaves, then how often anybody does. */
const costOf = (order: readonly Seated[]): [number, number] => [
  leavings(
    order.map(({ applicationId, away }) => ({
      applicationId,
      away: away.filter((id) => id === room.chair),
    })),
    room,
  ),
  leavings(order, room),
];

const compare = (a: [number, number], b: [number, number]): number => a[0] - b[0] || a[1] - b[1];

const aList = (longest: number, people: number) =>
  fc
    .array(fc.uniqueArray(fc.nat({ max: people - 1 }), { maxLength: 3 }), {
      minLength: 1,
      maxLength: longest,
    })
    .map((away) => items(...away));

describe('the order of a discussion', () => {
  it('lets the same people leave once, and begins with what everybody hears', () => {
    const all = items([1], [], [2], [1], [1, 2], []);
    const order = discussionOrder(all, room);

    expect(places(order, all)).toEqual([1, 5, 0, 3, 4, 2]);
    expect([leavings(all, room), leavings(order, room)]).toEqual([4, 2]);
  });

  it('puts what the chair is away from together, even where somebody else leaves once more for it', () => {
    const all = items([0, 1], [1], [0, 2], [2], [0, 3], [3]);
    const order = discussionOrder(all, room);

    expect(costOf(order)[0]).toBe(1);
    expect(costOf(order)).toEqual(permutations(all).map(costOf).toSorted(compare)[0]);
  });

  it('keeps together what one stand-in presides over', () => {
    const all = [1, 2, 1, 2].map((presides, index) => ({
      applicationId: application(index),
      away: [person(0), person(4 + (index % 2)), person(6)],
      presides: person(presides),
    }));

    expect(places(discussionOrder(all, room), all)).toEqual([0, 2, 1, 3]);
  });

  it('goes on from who is out of the room already', () => {
    const all = items([1], [2], [3]);

    expect(places(discussionOrder(all, { ...room, away: [person(3)] }), all)).toEqual([2, 0, 1]);
  });

  it('has none where nothing is discussed', () => {
    expect(discussionOrder([], room)).toEqual([]);
  });

  it('is as good as the best of all orders', () => {
    fc.assert(
      fc.property(aList(6, 4), (all) => {
        const best = permutations(all).map(costOf).toSorted(compare)[0];

        expect(costOf(discussionOrder(all, room))).toEqual(best);
      }),
      { numRuns: 150 },
    );
  });

  it('takes up each once, those with the same people away in a row, and is never worse than the list', () => {
    fc.assert(
      fc.property(aList(40, 7), (all) => {
        const order = discussionOrder(all, room);
        const keys = order.map(({ away }) => away.toSorted().join());
        const runs = keys.filter((key, index) => key !== keys[index - 1]);

        expect(new Set(order)).toEqual(new Set(all));
        expect(runs).toHaveLength(new Set(runs).size);
        expect(compare(costOf(order), costOf(all))).toBeLessThanOrEqual(0);
        expect(discussionOrder(all, room)).toEqual(order);
      }),
      { numRuns: 60 },
    );
  });

  it('costs the same in whatever order the list comes, and whatever people are called, while all are looked at', () => {
    fc.assert(
      fc.property(aList(9, 5), fc.infiniteStream(fc.nat()), (all, chance) => {
        const shuffled = all
          .map((item) => ({ item, key: chance.next().value ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ item }) => item);
        const renamed = all.map(({ applicationId, away }) => ({
          applicationId,
          away: away.map((id) => (id === person(0) ? id : person(90 - Number(id)))),
        }));
        const cost = costOf(discussionOrder(all, room));

        expect(costOf(discussionOrder(shuffled, room))).toEqual(cost);
        expect(costOf(discussionOrder(renamed, room))).toEqual(cost);
      }),
      { numRuns: 60 },
    );
  });

  it('is found beyond what can be looked at whole: a chain of shared people is walked along', () => {
    // Each person is away from two neighbours; whoever walks the chain calls everybody out once.
    const length = exactUpTo + 18;
    const chain = Array.from({ length }, (_, index) => [index + 1, index + 2]);
    const mixed = chain.map((_, index) => chain[(index * 11) % length] ?? []);

    expect(leavings(discussionOrder(items(...mixed), room), room)).toBe(length + 1);
  });

  it('is made of a hundred applications within a moment', () => {
    const all = items(
      ...Array.from({ length: 100 }, (_, index) => [index % 7, (index * 3) % 11, (index * 5) % 13]),
    );
    const begun = performance.now();
    const order = discussionOrder(all, room);

    expect(leavings(order, room)).toBeLessThan(leavings(all, room));
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});
