import { describe, expect, it } from 'vitest';
import { assign } from '#shared/assignment/assign.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, type PersonId } from '#shared/domain/ids.ts';
import { drawnFor, drawRaters, RaterDrawing } from '#shared/domain/rater-drawing.ts';
import { instanceOf } from '#shared/domain/rater-instance.ts';
import type { Rated, RaterPlan } from '#shared/domain/raters.ts';
import { rater } from '#test/builders/candidacy.ts';

const members = ['A', 'B', 'C', 'D', 'E'].map(rater);
const source = { source: 'A test', confidence: 'unverified' as const, verifiedOn: '2026-11-26' };
const plan: RaterPlan = { members, inConflict: () => false, guests: [], seed: sha256Of('decision') };

const application = (index: number): ApplicationId => ApplicationId.parse(String(index).padStart(20, '0'));
const unrated = (count: number): Rated[] =>
  Array.from({ length: count }, (_, index) => ({ applicationId: application(index), raters: [], wanted: 2 }));

const drawing = (all: readonly Rated[], of: RaterPlan): RaterDrawing =>
  RaterDrawing.parse(JSON.parse(drawRaters(all, of)?.text ?? ''));

describe('a drawing', () => {
  it('holds the seed, the bounds and the result, and solving its instance again gives the same', () => {
    const rule = { load: { atLeast: 3, atMost: 5, ...source } };
    const { instance, assignments, open, faults } = drawing(unrated(10), { ...plan, rule });
    const again = assign(instance);

    expect(instance.seed).toBe(plan.seed);
    expect(instance.raters).toContainEqual({ id: members[0], panel: 'committee', min: 3, max: 5 });
    expect(again.ok && again.value.assignments).toEqual(assignments);
    expect([open, faults]).toEqual([[], []]);
  });

  it('says what bound, where not all could be kept, and fills what can be filled', () => {
    const rule = { load: { atMost: 3, ...source } };
    const { open, faults, assignments } = drawing(unrated(10), { ...plan, rule });

    expect(open.reduce((sum, { ratings }) => sum + ratings, 0)).toBe(5);
    expect(faults.map(({ message }) => message)).toEqual(['assignment.capacity', 'assignment.binds-maximum']);
    expect(assignments.flatMap(({ raters }) => raters)).toHaveLength(15);
  });

  it('lets nobody count on an application where the round file bounds probabilities, and nobody is bound later', () => {
    const rule = { chance: { atMostPercent: 50, ...source } };
    const { instance, above } = drawing(unrated(10), { ...plan, rule });

    expect([instance.cap, instance.capYields, above]).toEqual([0.5, true, undefined]);
    expect(instanceOf(unrated(10), { ...plan, rule })).not.toHaveProperty('cap');
    expect(drawRaters(unrated(10), { ...plan, rule })?.chance).toEqual({ atMostPercent: 50, above: 0 });
    expect(drawRaters(unrated(10), plan)?.chance).toBeUndefined();
  });

  it('goes on where the bound cannot be kept, and says for which applications', () => {
    const rule = { chance: { atMostPercent: 50, ...source } };
    const few = (member: PersonId, id: ApplicationId): boolean =>
      id === application(3) && !members.slice(0, 3).includes(member);
    const of = { ...plan, rule, inConflict: few };
    const { assignments, open, faults, above = [] } = drawing(unrated(10), of);

    expect(assignments.every(({ raters }) => raters.length === 2)).toBe(true);
    expect([open, faults]).toEqual([[], []]);
    // Two of three are wanted, so that somebody comes with two thirds at least.
    expect(above.map(({ application: id }) => id)).toEqual([application(3)]);
    expect(above[0]?.chance).toBeGreaterThan(0.66);
    expect(above[0]?.chance).toBeLessThan(0.8);
    expect(drawRaters(unrated(10), of)?.chance).toEqual({ atMostPercent: 50, above: 1 });
  });

  it('is followed where nothing has changed since, and nowhere else', () => {
    const drawn = drawing(unrated(3), plan);
    const [first, second] = drawn.assignments;
    const asked = drawnFor(drawn, [
      { applicationId: application(0), raters: [] },
      { applicationId: application(1), raters: second?.raters ?? [] },
      { applicationId: application(2), raters: [], notAgain: [rater('A')] },
    ]);

    expect(Object.fromEntries(asked)).toEqual({ [application(0)]: first?.raters });
  });

  it('is none where nothing is scored', () => {
    expect(drawRaters([], plan)).toBeUndefined();
    expect(drawRaters(unrated(2), { ...plan, members: [] })).toBeUndefined();
  });
});
