import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Assignment, assign, assignPart } from '#shared/assignment/assign.ts';
import { shareBeside } from '#shared/assignment/instance.ts';
import { anyInstance, type Whole } from './any-instance.ts';

type Item = Whole['applications'][number];
type Rater = Whole['raters'][number];
const isGuest = ({ visits }: Rater): boolean => visits !== undefined;
const isAnchor = ({ links }: Whole, { id }: Item): boolean => links?.anchors?.includes(id) ?? false;
const knows = ({ subject }: Item, { subjects }: Rater): boolean =>
  subject === undefined || (subjects?.includes(subject) ?? true);

const bySight = (instance: Whole) => {
  const refused = new Set(instance.conflicts?.map((pair) => pair.join()));
  const kept = new Set(instance.kept?.map((pair) => pair.join()));
  return {
    may: ({ id, language }: Item, rater: Rater): boolean =>
      !refused.has(`${id},${rater.id}`) &&
      (language === undefined || (rater.languages?.includes(language) ?? true)),
    isKept: ({ id }: Item, rater: Rater): boolean => kept.has(`${id},${rater.id}`),
    wants: ({ k }: Item): number => k ?? instance.k,
  };
};

/** Who scores what, as the instance has them. */
const given = ({ raters }: Whole, { assignments }: Assignment, { id }: Item): Rater[] => {
  const ids = assignments.find(({ application }) => application === id)?.raters ?? [];
  expect(new Set(ids).size).toBe(ids.length);
  return ids.map((one) => raters.find((rater) => rater.id === one) as Rater);
};

/** What is promised of each assignment, whole or part, in each edition. */
const expectNothingForbidden = (instance: Whole, assignment: Assignment): void => {
  const { may, isKept } = bySight(instance);
  const loads = new Map(assignment.loads.map(({ rater, ratings }) => [rater, ratings]));
  for (const item of instance.applications) {
    const has = given(instance, assignment, item);
    for (const rater of instance.raters) {
      if (isKept(item, rater)) expect(has).toContain(rater);
      else if (has.includes(rater))
        expect([item.id, rater.id, may(item, rater)]).toEqual([item.id, rater.id, true]);
    }
  }
  for (const rater of instance.raters) {
    const own = instance.applications.filter((item) => given(instance, assignment, item).includes(rater));
    const before = own.filter((item) => isKept(item, rater)).length;
    expect(loads.get(rater.id)).toBe(own.length);
    expect(own.length).toBeLessThanOrEqual(Math.max(before, rater.visits ?? rater.max ?? Infinity));
  }
};

/** Of a whole assignment: as many as are wanted, one who knows the subject, least loads and links. */
const expectAllKept = (instance: Whole, assignment: Assignment): void => {
  const { isKept, wants } = bySight(instance);
  for (const item of instance.applications) {
    const has = given(instance, assignment, item);
    const before = instance.raters.filter((rater) => isKept(item, rater)).length;
    const asked = Math.max(wants(item), before);
    expect(has.length).toBeGreaterThanOrEqual(asked);
    if (!isAnchor(instance, item)) {
      const beside = has.filter((rater) => isGuest(rater) && !isKept(item, rater)).length;
      expect(has.length).toBeLessThanOrEqual(asked + beside);
    }
    const isPromised =
      instance.edition === 3 && item.subject && (wants(item) > before || isAnchor(instance, item));
    if (isPromised) expect([item.id, has.some((rater) => knows(item, rater))]).toEqual([item.id, true]);
  }
  const reach = instance.edition === 3 ? Infinity : instance.applications.length;
  for (const { id, min = 0 } of instance.raters.filter((rater) => !isGuest(rater)))
    expect(assignment.loads.find(({ rater }) => rater === id)?.ratings).toBeGreaterThanOrEqual(
      Math.min(min, reach),
    );
  expectLinks(instance, assignment);
};

const expectLinks = (instance: Whole, assignment: Assignment): void => {
  const { applications, raters, links } = instance;
  const share = links?.share ?? shareBeside(new Set(links?.anchors).size, applications.length);
  for (const panel of ['A', 'B']) {
    if (links?.share === undefined && raters.every((each) => each.panel === panel)) continue;
    const ratings = applications
      .filter((each) => each.panel === panel)
      .flatMap((item) => given(instance, assignment, item));
    const across = ratings.filter((rater) => rater.panel !== panel).length;
    expect(across).toBeGreaterThanOrEqual(ratings.length * share - 1e-9);
  }
};

/**
 * Whether any assignment keeps the rules, guests and links aside: by trying, application after application. Anchors may have more than they
 * want.
 */
const exists = (instance: Whole): boolean => {
  const { may, isKept, wants } = bySight(instance);
  const { applications, raters } = instance;
  const loads = new Map(raters.map(({ id }) => [id, 0]));
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
    if (!item) return raters.every(({ id, min = 0 }) => (loads.get(id) ?? 0) >= min);
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

const wholeOf = (instance: Whole): Assignment | undefined => {
  const result = assign(instance);
  return result.ok ? result.value : undefined;
};
const partOf = (instance: Whole) => {
  const result = assignPart(instance);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

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

  it('is found under a cap that yields wherever there is one without, with no more than the cap but where it says so', () => {
    let above = 0;
    fc.assert(
      fc.property(anyInstance, fc.constantFrom(0.2, 0.4, 0.7), (drawn, cap) => {
        const instance: Whole = { ...drawn, links: { ...drawn.links, share: 0 } };
        const result = assign({ ...instance, cap, capYields: true });
        expect(result.ok).toBe(wholeOf(instance) !== undefined);
        const part = assignPart({ ...instance, cap, capYields: true });
        const open = (each: { open: { ratings: number }[] }) =>
          each.open.reduce((sum, { ratings }) => sum + ratings, 0);
        if (!part.ok) throw new Error(JSON.stringify(part.error));
        expectNothingForbidden(instance, part.value);
        expect(open(part.value)).toBe(open(partOf(instance)));
        if (!result.ok) return;
        above += result.value.above?.length ?? 0;
        expectNothingForbidden(instance, result.value);
        expectAllKept(instance, result.value);
        for (const { chance } of result.value.above ?? []) expect(chance).toBeGreaterThan(cap - 1 / 64);
      }),
      { numRuns: 1000 },
    );

    expect(above).toBeGreaterThan(300);
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
