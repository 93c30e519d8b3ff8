import { expect } from 'vitest';
import { type Assignment, assign, assignPart } from '#shared/assignment/assign.ts';
import { shareBeside } from '#shared/assignment/instance.ts';
import type { Whole } from './any-instance.ts';

export type Item = Whole['applications'][number];
export type Rater = Whole['raters'][number];
export const isGuest = ({ visits }: Rater): boolean => visits !== undefined;
export const isAnchor = ({ links }: Whole, { id }: Item): boolean => links?.anchors?.includes(id) ?? false;
export const knows = ({ subject }: Item, { subjects }: Rater): boolean =>
  subject === undefined || (subjects?.includes(subject) ?? true);

export const bySight = (instance: Whole) => {
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
export const given = ({ raters }: Whole, { assignments }: Assignment, { id }: Item): Rater[] => {
  const ids = assignments.find(({ application }) => application === id)?.raters ?? [];
  expect(new Set(ids).size).toBe(ids.length);
  return ids.map((one) => raters.find((rater) => rater.id === one) as Rater);
};

/** What is promised of each assignment, whole or part, in each edition. */
export const expectNothingForbidden = (instance: Whole, assignment: Assignment): void => {
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
export const expectAllKept = (instance: Whole, assignment: Assignment): void => {
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
      (instance.edition ?? 0) >= 3 && item.subject && (wants(item) > before || isAnchor(instance, item));
    if (isPromised) expect([item.id, has.some((rater) => knows(item, rater))]).toEqual([item.id, true]);
  }
  const reach = (instance.edition ?? 0) >= 3 ? Infinity : instance.applications.length;
  for (const { id, min = 0 } of instance.raters.filter((rater) => !isGuest(rater)))
    expect(assignment.loads.find(({ rater }) => rater === id)?.ratings).toBeGreaterThanOrEqual(
      Math.min(min, reach),
    );
  expectLinks(instance, assignment);
};

const expectLinks = (instance: Whole, assignment: Assignment): void => {
  expect(unlinked(instance, (item) => given(instance, assignment, item))).toEqual([]);
};

/** Panels with a smaller share of links than they are to have. */
export const unlinked = (
  { applications, raters, links }: Whole,
  ratersOf: (item: Item) => Rater[],
): string[] => {
  const share = links?.share ?? shareBeside(new Set(links?.anchors).size, applications.length);
  return ['A', 'B', 'D'].filter((panel) => {
    const isAlone = raters.every((each) => each.panel === undefined || each.panel === panel);
    if (links?.share === undefined && isAlone) return false;
    const ratings = applications.filter((each) => each.panel === panel).flatMap(ratersOf);
    const across = ratings.filter((rater) => rater.panel !== undefined && rater.panel !== panel).length;
    return across < ratings.length * share - 1e-9;
  });
};

export const wholeOf = (instance: Whole): Assignment | undefined => {
  const result = assign(instance);
  return result.ok ? result.value : undefined;
};
export const partOf = (instance: Whole) => {
  const result = assignPart(instance);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
