import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, type PersonId } from '#shared/domain/ids.ts';
import { findRaters, handOver, type Rated, type RaterPlan, unableRaters } from '#shared/domain/raters.ts';
import { aCandidacy, rater } from '#test/builders/candidacy.ts';
import { at } from '#test/builders/worlds.ts';

const members = ['A', 'B', 'C', 'D', 'E'].map(rater);
const plan: RaterPlan = {
  members,
  inConflict: () => false,
  guests: [],
  seed: sha256Of('decision'),
};
const application = (index: number): ApplicationId => ApplicationId.parse(String(index).padStart(20, '0'));
const unrated = (count: number, wanted = 2): Rated[] =>
  Array.from({ length: count }, (_, index) => ({ applicationId: application(index), raters: [], wanted }));

const loads = (added: ReadonlyMap<ApplicationId, PersonId[]>): number[] =>
  members.map((member) => [...added.values()].filter((raters) => raters.includes(member)).length);

describe('raters', () => {
  it('are as many as wanted, all different, and carry equal loads', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 5 }),
        (count, perApplication) => {
          const { added, short } = findRaters(unrated(count, perApplication), plan);

          expect(short).toEqual([]);
          for (const raters of added.values()) expect(new Set(raters).size).toBe(perApplication);
          expect(Math.max(...loads(added)) - Math.min(...loads(added))).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('never have a conflict, and a place that nobody may take is named', () => {
    const pairs = fc.uniqueArray(fc.tuple(fc.integer({ max: 4, min: 0 }), fc.integer({ max: 9, min: 0 })), {
      selector: ([member, one]) => `${member} ${one}`,
    });
    fc.assert(
      fc.property(pairs, (conflicts) => {
        const inConflict: RaterPlan['inConflict'] = (member, one) =>
          conflicts.some(([who, what]) => members[who] === member && application(what) === one);
        const { added, short } = findRaters(unrated(10), { ...plan, inConflict });

        for (const [one, raters] of added) {
          expect(raters.some((member) => inConflict(member, one))).toBe(false);
        }
        const lacking = unrated(10)
          .map(({ applicationId }) => applicationId)
          .filter((one) => members.filter((member) => !inConflict(member, one)).length < 2);
        expect(short.toSorted()).toEqual(lacking.toSorted());
      }),
    );
  });

  it('are the same for the same seed, in whatever order the applications are read, and others for another', () => {
    const forward = findRaters(unrated(20), plan).added;
    const backward = findRaters(unrated(20).toReversed(), plan).added;
    const other = findRaters(unrated(20), { ...plan, seed: sha256Of('another decision') }).added;

    expect(Object.fromEntries(backward)).toEqual(Object.fromEntries(forward));
    expect(Object.fromEntries(other)).not.toEqual(Object.fromEntries(forward));
  });

  it('who were asked before stay, and count as work', () => {
    const [a, b] = [rater('A'), rater('B')];
    const rated: Rated[] = [
      { applicationId: application(1), raters: [a, b], wanted: 2 },
      { applicationId: application(2), raters: [a], wanted: 2 },
      { applicationId: application(3), raters: [], wanted: 2 },
    ];
    const { added } = findRaters(rated, plan);

    expect(added.has(application(1))).toBe(false);
    expect(added.get(application(2))).toHaveLength(1);
    expect([...added.values()].flat()).not.toContain(a);
  });
});

describe('handing over', () => {
  const now = at('2022-10-12T04:00');
  const [a, b, c, d] = ['A', 'B', 'C', 'D'].map(rater);
  const score = { raterId: rater('B'), points: {}, total: 50, at: now };
  const asked = aCandidacy({ raters: [rater('A'), rater('B')], scores: [score] });
  const after = (change: { off: PersonId[]; on: PersonId[] }) =>
    evolveAll(candidacyAggregate, asked, handOver(asked, change, now))?.raters;

  it('is for who owes a score and cannot give it; who has scored stays', () => {
    expect(unableRaters(asked, () => false)).toEqual([a]);
    expect(unableRaters(asked, () => true)).toEqual([]);
  });

  it('puts another in the place, leaves it open where there is none, and fills what was open', () => {
    if (!a || !b || !c || !d) throw new Error('Four raters were made.');

    expect(after({ off: [a], on: [c] })).toEqual([b, c]);
    expect(after({ off: [a], on: [] })).toEqual([b]);
    expect(after({ off: [a], on: [c, d] })).toEqual([b, c, d]);
    expect(after({ off: [], on: [c] })).toEqual([a, b, c]);
    expect(handOver(asked, { off: [], on: [] }, now)).toEqual([]);
  });
});

const drawn = (personId: PersonId, atMost: number) => ({
  personId,
  items: { kind: 'drawn' as const, atMost },
});
const byId = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);

describe('guests', () => {
  const [near, far] = ['X', 'Y'].map(rater);
  if (!near || !far) throw new Error('Two guests are needed.');
  const guestsOf = (raters: readonly PersonId[] = []): PersonId[] =>
    raters.filter((one) => one === near || one === far);

  it('link as many applications as they agreed to, each first one that no guest has', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 10 }),
        (count, one, other) => {
          const rated = unrated(count);
          const { added, short } = findRaters(rated, {
            ...plan,
            guests: [drawn(near, one), drawn(far, other)],
          });
          const linked = [...added.values()].map((raters) => guestsOf(raters).length);

          expect(short).toEqual([]);
          expect(linked.reduce((sum, guests) => sum + guests, 0)).toBe(
            Math.min(one, count) + Math.min(other, count),
          );
          expect(linked.filter((guests) => guests > 0)).toHaveLength(Math.min(count, one + other));
          // One of the raters whom an application wants is then the guest.
          for (const raters of added.values()) expect(raters).toHaveLength(2);
        },
      ),
    );
  });

  it('come beside raters who were found before, whose work stays', () => {
    const rated = unrated(6).map((one) => Object.assign(one, { raters: members.slice(0, 2) }));
    const { added } = findRaters(rated, { ...plan, guests: [drawn(near, 3)] });

    expect([...added.values()]).toEqual([[near], [near], [near]]);
  });

  it('are given what was named for them, and never a conflict of interest', () => {
    const items = { kind: 'named' as const, applications: [application(1), application(2)] };
    const inConflict: RaterPlan['inConflict'] = (person, one) => person === near && one === application(2);
    const { added } = findRaters(unrated(4), { ...plan, inConflict, guests: [{ personId: near, items }] });

    const has = [...added].filter(([, raters]) => raters.includes(near)).map(([id]) => id);
    expect(has).toEqual([application(1)]);
  });

  it('are given the same in whatever order applications come', () => {
    const guests = [drawn(near, 4), drawn(far, 3)];
    const forward = findRaters(unrated(12), { ...plan, guests }).added;
    const backward = findRaters(unrated(12).toReversed(), { ...plan, guests }).added;

    expect(new Map([...backward].toSorted(byId))).toEqual(new Map([...forward].toSorted(byId)));
  });
});
