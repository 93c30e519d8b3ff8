import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from '#shared/assignment/assign.ts';
import { anyInstance, anyLinked, type Whole } from './any-instance.ts';
import {
  bySight,
  expectAllKept,
  expectNothingForbidden,
  given,
  type Item,
  isAnchor,
  isGuest,
  knows,
  partOf,
  type Rater,
  unlinked,
  wholeOf,
} from './any-promises.ts';

/**
 * Whether any assignment keeps the rules, guests aside: by trying, application after application, every choice of links too. Anchors may have
 * more than they want.
 */
const exists = (instance: Whole): boolean => {
  const { may, isKept, wants } = bySight(instance);
  const { applications, raters } = instance;
  const loads = new Map(raters.map(({ id }) => [id, 0]));
  const chosenFor = new Map<Item, Rater[]>();
  const add = (group: readonly Rater[], by: 1 | -1): void => {
    for (const { id } of group) loads.set(id, (loads.get(id) ?? 0) + by);
  };
  for (const item of applications)
    add(
      raters.filter((rater) => isKept(item, rater)),
      1,
    );
  const place = (index: number): boolean => {
    const item = applications[index];
    if (!item) {
      const isFilled = raters.every(({ id, min = 0 }) => (loads.get(id) ?? 0) >= min);
      return isFilled && unlinked(instance, (one) => chosenFor.get(one) ?? []).length === 0;
    }
    const before = raters.filter((rater) => isKept(item, rater));
    const free = raters.filter(
      (rater) =>
        !before.includes(rater) && may(item, rater) && (loads.get(rater.id) ?? 0) < (rater.max ?? Infinity),
    );
    const need = Math.max(0, wants(item) - before.length);
    const most = isAnchor(instance, item) ? Math.max(need, free.length) : need;
    const isTold = item.subject === undefined || (need === 0 && !isAnchor(instance, item));
    for (let count = need; count <= most; count += 1) {
      for (const group of chosen(free, count)) {
        if (!isTold && ![...before, ...group].some((rater) => knows(item, rater))) continue;
        add(group, 1);
        chosenFor.set(item, [...before, ...group]);
        const found = place(index + 1);
        add(group, -1);
        if (found) return true;
      }
    }
    return false;
  };
  return place(0);
};
const chosen = <T>(list: readonly T[], count: number): T[][] =>
  count === 0
    ? [[]]
    : list.flatMap((first, index) =>
        chosen(list.slice(index + 1), count - 1).map((rest) => [first].concat(rest)),
      );

describe('any assignment', () => {
  it('keeps every rule: conflicts, languages, subjects, loads, links, what was given before', () => {
    let whole = 0;
    fc.assert(
      fc.property(anyInstance, (instance) => {
        const assignment = wholeOf(instance);
        if (!assignment) return;
        whole += 1;
        expectNothingForbidden(instance, assignment);
        expectAllKept(instance, assignment);
      }),
      { numRuns: 1500 },
    );

    expect(whole).toBeGreaterThan(300);
  });

  it('breaks none that forbids something where not every place can be filled, and says how many stay open', () => {
    fc.assert(
      fc.property(anyInstance, (instance) => {
        const part = partOf(instance);

        expectNothingForbidden(instance, part);
        if (wholeOf(instance)) expect(part.open).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps them also in what is drawn under a cap', () => {
    let whole = 0;
    fc.assert(
      fc.property(anyInstance, fc.constantFrom(0.4, 0.7, 1), (instance, cap) => {
        const result = assign({ ...instance, cap });
        if (!result.ok) return;
        whole += 1;
        expectNothingForbidden(instance, result.value);
        expectAllKept(instance, result.value);
        if (instance.links?.share === 0) expect(wholeOf(instance)).toBeDefined();
      }),
      { numRuns: 1500 },
    );

    expect(whole).toBeGreaterThan(150);
  });

  it('has everybody score the anchors who may and has room', () => {
    fc.assert(
      fc.property(anyInstance, (instance) => {
        const { may } = bySight(instance);
        const assignment = instance.edition === 3 && (instance.held ?? []).length === 0 && wholeOf(instance);
        if (!assignment) return;
        for (const item of instance.applications.filter((one) => isAnchor(instance, one))) {
          const has = given(instance, assignment, item);
          for (const rater of instance.raters) {
            if (isGuest(rater) || has.includes(rater) || !may(item, rater)) continue;
            const load = assignment.loads.find(({ rater: id }) => id === rater.id)?.ratings;
            expect([item.id, rater.id, load]).toEqual([item.id, rater.id, rater.max]);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is found whenever there is one, and never where there is none', () => {
    fc.assert(
      fc.property(anyInstance, (instance) => {
        const members: Whole = {
          ...instance,
          raters: instance.raters.map((one) => (isGuest(one) ? { ...one, visits: 0 } : one)),
          kept: instance.kept?.filter(([, rater]) => !rater.startsWith('v')) ?? [],
          links: { ...instance.links, share: 0 },
          edition: 3,
        };
        const residents = { ...members, raters: members.raters.filter((one) => !isGuest(one)) };

        expect(wholeOf(members) !== undefined).toBe(exists(residents));
      }),
      { numRuns: 500 },
    );
  });

  it('is refused for its links only where no choice of links would do', () => {
    let [refused, linked] = [0, 0];
    fc.assert(
      fc.property(anyLinked, (instance) => {
        const isThere = exists(instance);
        const assignment = wholeOf(instance);
        expect(assignment !== undefined).toBe(isThere);
        if (assignment) {
          expectNothingForbidden(instance, assignment);
          expectAllKept(instance, assignment);
          linked += 1;
        }
        if (!isThere && exists({ ...instance, links: { share: 0 } })) refused += 1;
      }),
      { numRuns: 1500 },
    );

    expect(refused).toBeGreaterThan(50);
    expect(linked).toBeGreaterThan(300);
  });

  it('is the same in whatever order applications, raters, pairs and anchors came', () => {
    fc.assert(
      fc.property(anyInstance, (instance) => {
        const { applications, raters, conflicts = [], kept = [], held = [], links } = instance;
        const turned: Whole = {
          ...instance,
          applications: applications.toReversed(),
          raters: raters.toReversed(),
          conflicts: conflicts.toReversed(),
          kept: kept.toReversed(),
          held: held.toReversed(),
          links: { ...links, anchors: links?.anchors?.toReversed() ?? [] },
        };

        expect(assign(turned)).toEqual(assign(instance));
        expect(partOf(turned)).toEqual(partOf(instance));
      }),
      { numRuns: 500 },
    );
  });
});
