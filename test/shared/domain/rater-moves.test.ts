import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Competence } from '#shared/domain/competence.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, type PersonId } from '#shared/domain/ids.ts';
import type { AssignmentRule } from '#shared/domain/rater-rule.ts';
import { findRaters, type Rated, type RaterPlan } from '#shared/domain/raters.ts';
import { rater } from '#test/builders/candidacy.ts';

const members = ['A', 'B', 'C', 'D', 'E'].map(rater);
const [a, b, c] = ['A', 'B', 'C'].map(rater);
const source = { source: 'A test', confidence: 'unverified' as const, verifiedOn: '2026-11-26' };
const plan: RaterPlan = {
  members,
  inConflict: () => false,
  guests: [],
  seed: sha256Of('decision'),
  mayMove: true,
};
const application = (index: number): ApplicationId => ApplicationId.parse(String(index).padStart(20, '0'));
const mostOf = (atMost: number) => ({ load: { atMost, ...source } });

/** A has the first and may score the second, which nobody else may; the most is one. */
const stuck = (begun: PersonId[] = []): { rated: Rated[]; of: RaterPlan } => {
  if (!a || !b || !c) throw new Error('Three raters are needed.');
  const rated = [
    { applicationId: application(1), raters: [a], begun, wanted: 1 },
    { applicationId: application(2), raters: [], wanted: 1 },
  ];
  const inConflict: RaterPlan['inConflict'] = (who, what) => what === application(2) && who !== a;
  return { rated, of: { ...plan, inConflict, members: [a, b, c], rule: mostOf(1) } };
};

describe('a rating that nobody has begun', () => {
  it('moves where a place cannot be filled otherwise', () => {
    const { rated, of } = stuck();
    const { added, moved, short } = findRaters(rated, of);

    expect(short).toEqual([]);
    expect(moved).toEqual(new Map([[application(1), [a]]]));
    expect(added.get(application(2))).toEqual([a]);
    expect([[b], [c]]).toContainEqual(added.get(application(1)));
  });

  it('stays where it was begun, and where the plan does not let it move', () => {
    const { rated, of } = stuck();
    const begun = findRaters(stuck(rated[0]?.raters.slice()).rated, of);
    const fixed = findRaters(rated, { ...of, mayMove: false });

    for (const { moved, short } of [begun, fixed]) {
      expect(moved).toEqual(new Map());
      expect(short).toEqual([application(2)]);
    }
  });
});

describe('beside what moves', () => {
  const [guest] = ['G'].map(rater);
  const third = application(3);

  it.each([
    { kind: 'drawn' as const, atMost: 1 },
    { kind: 'named' as const, applications: [third] },
  ])('a guest with $kind items takes nobody’s place who has not begun', (items) => {
    const { rated, of } = stuck();
    if (!b || !guest) throw new Error('Two more raters are needed.');
    const inConflict: RaterPlan['inConflict'] = (who, what) =>
      of.inConflict(who, what) || (who === guest && what !== third);
    const guests = [{ personId: guest, items }];
    const { added, moved, short } = findRaters(
      [...rated, { applicationId: third, raters: [b], begun: [], wanted: 1 }],
      { ...of, inConflict, guests },
    );

    expect(short).toEqual([]);
    expect(moved).toEqual(new Map([[application(1), [a]]]));
    expect(added.get(third)).toEqual([guest]);
  });

  it('who has no room for an application that everybody scores is not given it in the place of another', () => {
    const { rated, of } = stuck();
    if (!b) throw new Error('Another rater is needed.');
    const inConflict: RaterPlan['inConflict'] = (who, what) =>
      of.inConflict(who, what) || (who === c && what === third);
    const { moved, short } = findRaters(
      [...rated, { applicationId: third, raters: [b], begun: [], wanted: 1 }],
      { ...of, inConflict, anchors: new Set([third]) },
    );

    expect(short).toEqual([]);
    expect(moved).toEqual(new Map([[application(1), [a]]]));
  });
});

const mathematics: Competence = { languages: ['kk'], subjects: ['mathematics'] };

/** The same with a third application, in physics, which nobody knows; only those may score it who do. */
const stuckInPhysics = (begun: PersonId[] = []): { rated: Rated[]; of: RaterPlan } => {
  const { rated, of } = stuck(begun);
  const [d, e] = ['D', 'E'].map(rater);
  if (!d || !e) throw new Error('Five raters are needed.');
  const third: Rated = {
    applicationId: application(3),
    raters: [d, e],
    begun: [],
    wanted: 2,
    subject: 'physics',
  };
  const inConflict: RaterPlan['inConflict'] = (who, what) =>
    what === third.applicationId ? who !== d && who !== e : of.inConflict(who, what);
  const competences = new Map(members.map((one) => [one, mathematics]));
  const rule: AssignmentRule = { ...of.rule, match: { subject: true, ...source } };
  return { rated: [...rated, third], of: { ...of, members, inConflict, competences, rule } };
};

describe('an application whose subject nobody knows any more', () => {
  it('keeps all of its own raters while others move', () => {
    const { rated, of } = stuckInPhysics();
    const { added, moved, short } = findRaters(rated, of);

    expect(moved).toEqual(new Map([[application(1), [a]]]));
    expect(added.get(application(2))).toEqual([a]);
    expect(added.has(application(3))).toBe(false);
    expect(short).not.toContain(application(2));
  });

  it.each([
    ['helps', []],
    ['does not help', a ? [a] : []],
  ])('is not what moving is tried again for, whether it %s', (_, begun) => {
    const { rated, of } = stuckInPhysics(begun);
    const [once, both] = [vi.fn(of.inConflict), vi.fn(of.inConflict)];
    findRaters(rated, { ...of, mayMove: false, inConflict: once });
    const { moved } = findRaters(rated, { ...of, inConflict: both });

    // Once without moving anybody, and once with: each takes seconds for ten thousand applications, and asks about all that are open in it.
    expect(both.mock.calls.length).toBeLessThan(5 * once.mock.calls.length);
    expect(moved.size).toBe(1 - begun.length);
  });
});

const anyStuckRound = fc
  .record({
    count: fc.integer({ min: 2, max: 8 }),
    conflicts: fc.array(fc.tuple(fc.nat(4), fc.nat(7)), { minLength: 8, maxLength: 24 }),
    atMost: fc.integer({ min: 1, max: 3 }),
    given: fc.array(fc.subarray([0, 1, 2, 3, 4], { maxLength: 2 }), { minLength: 8, maxLength: 8 }),
    begun: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  })
  .map(({ count, conflicts, atMost, given, begun }) => {
    const barred = new Set(conflicts.map(([who, what]) => `${members[who]} ${application(what)}`));
    const inConflict: RaterPlan['inConflict'] = (who, what) => barred.has(`${who} ${what}`);
    const loads = new Map<PersonId, number>();
    const rated = Array.from({ length: count }, (_, index): Rated => {
      const applicationId = application(index);
      const raters = members.filter((who, place) => {
        const load = loads.get(who) ?? 0;
        const has = given[index]?.includes(place) && !inConflict(who, applicationId) && load < atMost;
        if (has) loads.set(who, load + 1);
        return has === true;
      });
      return { applicationId, raters, begun: begun[index] ? raters.slice(0, 1) : [], wanted: 2 };
    });
    return { rated, of: { ...plan, inConflict, rule: mostOf(atMost) } };
  });

const placesOf = (more: ReadonlyMap<ApplicationId, PersonId[]>): number => [...more.values()].flat().length;

describe('whatever can move', () => {
  it('keeps every rule, moves nothing that was begun, and only where more places are filled by it', () => {
    let moves = 0;
    fc.assert(
      fc.property(anyStuckRound, ({ rated, of }) => {
        const still = findRaters(rated, { ...of, mayMove: false });
        const { added, moved } = findRaters(rated, of);
        moves += moved.size;
        const after = rated.map(({ applicationId, raters }) => ({
          applicationId,
          raters: raters
            .filter((who) => !moved.get(applicationId)?.includes(who))
            .concat(added.get(applicationId) ?? []),
        }));

        for (const [index, { applicationId, raters }] of after.entries()) {
          expect(new Set(raters).size).toBe(raters.length);
          expect(raters).toEqual(expect.arrayContaining([...(rated[index]?.begun ?? [])]));
          expect(raters.some((who) => of.inConflict(who, applicationId))).toBe(false);
          // Nobody is worse off than before.
          expect(raters.length).toBeGreaterThanOrEqual(rated[index]?.raters.length ?? 0);
          expect(raters.length).toBeLessThanOrEqual(2);
        }
        for (const who of members) {
          const load = after.filter(({ raters }) => raters.includes(who)).length;
          expect(load).toBeLessThanOrEqual(of.rule.load.atMost);
        }
        const filled = placesOf(added) - placesOf(moved);
        expect(filled > placesOf(still.added) || moved.size === 0).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(moves).toBeGreaterThan(0);
  });
});
