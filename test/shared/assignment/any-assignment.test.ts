import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Assignment, assign } from '#shared/assignment/assign.ts';
import type { AnyInstance } from '#shared/assignment/instance.ts';

const ratersOf = ({ assignments }: Assignment, id: string): string[] =>
  assignments.find(({ application }) => application === id)?.raters ?? [];

/** With ids, and without what is not said. */
const named = <T extends object>(prefix: string, list: readonly T[]) =>
  list.map((each, index) =>
    Object.assign(
      { id: `${prefix}${index}` },
      Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined)) as T,
    ),
  );

const anyInstance = fc
  .record({
    applications: fc.array(
      fc.record({
        subject: fc.constantFrom('physics', 'history', undefined),
        language: fc.constantFrom('kk', 'ru', undefined),
        panel: fc.constantFrom('A', 'B', undefined),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    raters: fc.array(
      fc.record({
        subjects: fc.constantFrom(['physics'], ['history'], ['physics', 'history'], undefined),
        languages: fc.constantFrom(['kk'], ['kk', 'ru'], undefined),
        panel: fc.constantFrom('A', 'B'),
        min: fc.integer({ min: 0, max: 2 }),
        max: fc.integer({ min: 2, max: 5 }),
      }),
      { minLength: 2, maxLength: 5 },
    ),
    conflicts: fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 5 }),
    k: fc.integer({ min: 1, max: 3 }),
    share: fc.constantFrom(0, 0, 0.1, 0.4),
    seed: fc.nat(1000),
  })
  .map(({ applications, raters, conflicts, k, share, seed }): AnyInstance => {
    return {
      applications: named('a', applications) as AnyInstance['applications'],
      raters: named('r', raters) as AnyInstance['raters'],
      conflicts: conflicts
        .filter(([a, r]) => a < applications.length && r < raters.length)
        .map(([a, r]): [string, string] => [`a${a}`, `r${r}`]),
      k,
      links: { share },
      seed,
    };
  });

/** Whether any assignment keeps the rules, links aside: by trying, application after application. */
const exists = ({ applications, raters, conflicts = [], k }: AnyInstance): boolean => {
  const loads = new Map(raters.map(({ id }) => [id, 0]));
  const refused = new Set(conflicts.map((pair) => pair.join()));
  const place = (index: number): boolean => {
    const item = applications[index];
    if (!item) return raters.every(({ id, min = 0 }) => (loads.get(id) ?? 0) >= min);
    const free = raters.filter(
      ({ id, languages, max = 99 }) =>
        !refused.has(`${item.id},${id}`) &&
        (item.language === undefined || !languages || languages.includes(item.language)) &&
        (loads.get(id) ?? 0) < max,
    );
    return chosen(free, k).some((group) => {
      if (item.subject && !group.some(({ subjects }) => !subjects || subjects.includes(item.subject ?? '')))
        return false;
      for (const { id } of group) loads.set(id, (loads.get(id) ?? 0) + 1);
      const found = place(index + 1);
      for (const { id } of group) loads.set(id, (loads.get(id) ?? 0) - 1);
      return found;
    });
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
  it('keeps every rule: conflicts, languages, subjects, loads, links', () => {
    fc.assert(
      fc.property(anyInstance, (instance) => {
        const result = assign(instance);
        fc.pre(result.ok);
        if (!result.ok) return;
        const { assignments, loads } = result.value;
        const rater = new Map(instance.raters.map((each) => [each.id, each]));
        const refused = new Set(instance.conflicts?.map((pair) => pair.join()));
        for (const item of instance.applications) {
          const given = ratersOf(result.value, item.id).flatMap((id) => rater.get(id) ?? []);
          expect(new Set(given).size).toBe(instance.k);
          expect(given.filter(({ id }) => refused.has(`${item.id},${id}`))).toEqual([]);
          const { language, subject } = item;
          if (language)
            expect(given.every(({ languages }) => languages?.includes(language) ?? true)).toBe(true);
          if (subject) expect(given.some(({ subjects }) => subjects?.includes(subject) ?? true)).toBe(true);
        }
        for (const { rater: id, ratings } of loads) {
          expect(ratings).toBe(assignments.filter(({ raters }) => raters.includes(id)).length);
          expect(ratings).toBeGreaterThanOrEqual(rater.get(id)?.min ?? 0);
          expect(ratings).toBeLessThanOrEqual(rater.get(id)?.max ?? 99);
        }
        for (const panel of ['A', 'B'].filter((name) =>
          instance.raters.some((each) => each.panel !== name),
        )) {
          const own = instance.applications.filter((each) => each.panel === panel);
          const outside = own.flatMap(({ id }) =>
            ratersOf(result.value, id).filter((name) => rater.get(name)?.panel !== panel),
          );
          const share = instance.links?.share ?? 0;
          expect(outside.length).toBeGreaterThanOrEqual(own.length * instance.k * share - 1e-9);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is found whenever there is one, and never where there is none', () => {
    fc.assert(
      fc.property(anyInstance, (instance) => {
        const unlinked = { ...instance, links: { share: 0 } };

        expect(assign(unlinked).ok).toBe(exists(unlinked));
      }),
      { numRuns: 300 },
    );
  });

  it('is the same in whatever order applications, raters and conflicts came', () => {
    fc.assert(
      fc.property(anyInstance, (instance) => {
        const turned = {
          ...instance,
          applications: instance.applications.toReversed(),
          raters: instance.raters.toReversed(),
          conflicts: instance.conflicts?.toReversed() ?? [],
        };

        expect(assign(turned)).toEqual(assign(instance));
      }),
    );
  });
});
