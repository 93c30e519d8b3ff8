import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, assignPart, type PartAssignment } from '#shared/assignment/assign.ts';
import type { AnyInstance } from '#shared/assignment/instance.ts';

type Parts = Omit<AnyInstance, 'cap'>;

const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(2, '0')}`);

const part = (instance: Parts): PartAssignment => {
  const result = assignPart(instance);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const ratersOf = ({ assignments }: PartAssignment, id: string): string[] =>
  assignments.find(({ application }) => application === id)?.raters ?? [];
const loadOf = ({ loads }: PartAssignment, id: string): number =>
  loads.find(({ rater }) => rater === id)?.ratings ?? 0;

const anyParts = fc
  .record({
    applications: fc.array(fc.constantFrom('kk', 'ru', undefined), { minLength: 1, maxLength: 6 }),
    raters: fc.array(
      fc.record({
        reads: fc.constantFrom<(string[] | undefined)[]>(['kk'], ['ru'], undefined),
        max: fc.integer({ min: 0, max: 4 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    conflicts: fc.array(fc.tuple(fc.nat(5), fc.nat(3)), { maxLength: 6 }),
    k: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ applications, raters, conflicts, k }): Parts => {
    return {
      applications: applications.map((language, index) =>
        language === undefined ? { id: `a${index}` } : { id: `a${index}`, language },
      ),
      raters: raters.map(({ reads, max }, index) =>
        reads === undefined ? { id: `r${index}`, max } : { id: `r${index}`, max, languages: reads },
      ),
      conflicts: conflicts
        .filter(([a, r]) => a < applications.length && r < raters.length)
        .map(([a, r]): [string, string] => [`a${a}`, `r${r}`]),
      k,
      seed: 1,
    };
  });

/** As many ratings as can be given out at all: one more each time, by moving others along, until none can. */
const mostRatings = ({ applications, raters, conflicts = [], k }: Parts): number => {
  const refused = new Set(conflicts.map((pair) => pair.join()));
  const given = new Map<string, string[]>(raters.map(({ id }) => [id, []]));
  const may = (item: Parts['applications'][number], rater: Parts['raters'][number]): boolean =>
    !refused.has(`${item.id},${rater.id}`) &&
    (item.language === undefined || !rater.languages || rater.languages.includes(item.language));
  const place = (id: string, tried: Set<string>): boolean =>
    raters.some((rater) => {
      const item = applications.find((one) => one.id === id);
      const has = given.get(rater.id) ?? [];
      if (!item || !may(item, rater) || has.includes(id) || tried.has(rater.id)) return false;
      tried.add(rater.id);
      if (has.length < (rater.max ?? 99)) return has.push(id) > 0;
      const moved = has.findIndex((other) => place(other, tried));
      if (moved < 0) return false;
      has[moved] = id;
      return true;
    });
  return applications.reduce(
    (sum, { id }) => sum + names('', k).filter(() => place(id, new Set())).length,
    0,
  );
};

describe('a part of an assignment', () => {
  it('fills as many places as can be filled, and gives nobody what the rules keep from them', () => {
    fc.assert(
      fc.property(anyParts, (instance) => {
        const found = part(instance);
        const refused = new Set(instance.conflicts?.map((pair) => pair.join()));
        for (const { id, language } of instance.applications) {
          for (const rater of ratersOf(found, id)) {
            const who = instance.raters.find((one) => one.id === rater);
            expect(refused.has(`${id},${rater}`)).toBe(false);
            expect(!language || !who?.languages || who.languages.includes(language)).toBe(true);
          }
        }
        for (const { id, max = 99 } of instance.raters) expect(loadOf(found, id)).toBeLessThanOrEqual(max);
        const filled = found.assignments.reduce((sum, { raters }) => sum + raters.length, 0);
        const open = found.open.reduce((sum, { ratings }) => sum + ratings, 0);
        expect(filled).toBe(mostRatings(instance));
        expect(filled + open).toBe(instance.applications.length * instance.k);
      }),
      { numRuns: 200 },
    );
  });

  it('is the whole one wherever there is one', () => {
    fc.assert(
      fc.property(anyParts, (instance) => {
        const whole = assign(instance);
        const found = part(instance);

        expect(found.open.length === 0).toBe(whole.ok);
        if (whole.ok) expect(found).toEqual({ ...whole.value, open: [] });
      }),
    );
  });
});

describe('loads', () => {
  it('are even to one rating also where each has hundreds', () => {
    const instance: Parts = {
      applications: names('a', 700).map((id) => ({ id })),
      raters: names('r', 7).map((id) => ({ id })),
      k: 2,
      seed: 'even',
    };

    expect(part(instance).loads.map(({ ratings }) => ratings)).toEqual(Array(7).fill(200));
  });
});

const round = (visits: number, more: Partial<Parts> = {}): Parts => ({
  applications: names('a', 6).map((id) => ({ id, panel: 'own' })),
  raters: [...names('r', 4).map((id) => ({ id, panel: 'own' })), { id: 'v', panel: 'elsewhere', visits }],
  links: { share: 0 },
  k: 2,
  seed: 'visit',
  ...more,
});

const byVisitor = (links: Parts['links'], more: Partial<Parts> = {}) =>
  part(round(3, { links, seed: 'nowhere near', ...more }))
    .assignments.filter(({ raters }) => raters.includes('v'))
    .map(({ application }) => application);

/** The last of six applications is of chemistry, which only a visitor knows. */
const chemistry = {
  applications: names('a', 6).map((id, index) => ({
    id,
    panel: 'own',
    subject: index === 5 ? 'chemistry' : 'history',
  })),
  raters: [
    ...names('r', 4).map((id) => ({ id, panel: 'own', subjects: ['history'] })),
    { id: 'v', panel: 'elsewhere', subjects: ['chemistry'], visits: 1 },
  ],
};

describe('visitors', () => {
  it('get what they were asked in for, in the place of residents, and no more', () => {
    const found = part(round(4));

    expect(loadOf(found, 'v')).toBe(4);
    expect(found.assignments.map(({ raters }) => raters.length)).toEqual(Array(6).fill(2));
    expect(found.links).toEqual({ across: 4, ratings: 12 });
  });

  it('come beside those who are there already', () => {
    const kept = names('a', 6).flatMap((id): [string, string][] => [
      [id, 'r00'],
      [id, 'r01'],
    ]);
    const found = part(round(2, { kept }));

    expect(found.assignments.filter(({ raters }) => raters.length === 3)).toHaveLength(2);
    expect(found.assignments.every(({ raters }) => raters.includes('r00') && raters.includes('r01'))).toBe(
      true,
    );
  });

  it('score anchors first where the instance says so, and in older ones as anything else', () => {
    const anchors = ['a01', 'a04'];

    expect(byVisitor({ share: 0, anchors, visitorsToo: true })).toEqual(expect.arrayContaining(anchors));
    expect(byVisitor({ share: 0, anchors, visitorsToo: true })).toHaveLength(3);
    expect(byVisitor({ share: 0, anchors }, { edition: 2 })).toEqual(expect.arrayContaining(anchors));
    expect(byVisitor({ share: 0, anchors }, { edition: 2 })).toHaveLength(3);
    expect(byVisitor({ share: 0, anchors })).not.toEqual(expect.arrayContaining(anchors));
  });

  it('are spread over the anchors by lot; where an older instance says so, in the order of ids', () => {
    const anchors = names('a', 6);
    const visitors = names('v', 3).map((id) => ({ id, panel: 'elsewhere', visits: 2 }));
    const raters = [...names('r', 4).map((id) => ({ id, panel: 'own' })), ...visitors];
    const visitedBy = (more: Partial<Parts>) =>
      part(round(0, { raters, ...more })).assignments.map(
        (one) => one.raters.filter((id) => id.startsWith('v')).length,
      );
    const one = (seed: string) => byVisitor({ share: 0, anchors }, { ...round(1), edition: 2, seed });

    for (const seed of ['1', '2', '3'])
      expect(visitedBy({ links: { share: 0, anchors }, edition: 2, seed })).toEqual(Array(6).fill(1));
    expect(visitedBy({ links: { share: 0, anchors, visitorsToo: true } })).toEqual([3, 3, 0, 0, 0, 0]);
    expect(new Set(names('s', 12).flatMap(one)).size).toBeGreaterThan(2);
  });

  it('come first to what nobody else knows the subject of', () => {
    for (const seed of ['1', '2', '3', '4', '5']) {
      const whole = assign(round(1, { ...chemistry, seed }));

      expect(whole.ok && ratersOf({ ...whole.value, open: [] }, 'a05')).toContain('v');
    }
  });

  it('come first to what nobody else knows the subject of also where there are anchors', () => {
    for (const anchors of [['a00', 'a01'], names('a', 6)]) {
      const visited = (links: object, more: Partial<Parts>) =>
        part(round(1, { ...chemistry, links: { share: 0, anchors, ...links }, ...more }));

      expect(ratersOf(visited({}, { edition: 2 }), 'a05')).toContain('v');
      expect(ratersOf(visited({ visitorsToo: true }, {}), 'a00')).toContain('v');
    }
  });

  it('who are too few for the links take no application the raters who know its subject', () => {
    // A second who knows the subject of a1 is had by five moves in a chain, each to somebody of another panel; "b" has no link.
    const may: Record<string, string[]> = { b: ['w'] };
    for (const nth of [1, 2, 3, 4, 5])
      may[`a${nth}`] = [`y${nth}`, nth === 1 ? 'z' : `x${nth - 1}`, `x${nth}`];
    const own: Record<string, string> = { z: 'p1', w: 'lone' };
    for (const nth of [1, 2, 3, 4, 5])
      Object.assign(own, { [`y${nth}`]: `p${nth}`, [`x${nth}`]: `p${nth + 1}` });
    const items = Object.keys(may);
    const instance: Parts = {
      applications: items.map((id) =>
        id === 'b' ? { id, panel: 'lone', k: 1 } : { id, panel: `p${id.slice(1)}`, subject: 'history' },
      ),
      raters: [
        ...Object.entries(own).map(([id, panel]) => ({
          id,
          panel,
          max: 1,
          subjects: id === 'z' ? [] : ['history'],
        })),
        { id: 'v', panel: 'elsewhere', subjects: [], visits: 5 },
      ],
      kept: items.filter((id) => id !== 'b').map((id): [string, string] => [id, 'v']),
      conflicts: [
        ['b', 'v'],
        ...items.flatMap((id) =>
          Object.keys(own).flatMap((who): [string, string][] => (may[id]?.includes(who) ? [] : [[id, who]])),
        ),
      ],
      links: { share: 0.05 },
      k: 3,
      seed: 'chain',
    };

    expect(part({ ...instance, edition: 2 })).toMatchObject({ fewestExperts: 2, open: [] });
    expect(part(instance)).toMatchObject({ fewestExperts: 1, open: [] });
  });

  it('who are too few for the links that were asked for are named', () => {
    const result = assign(round(1, { links: { share: 0.25 } }));

    expect(result.ok ? [] : result.error[0]).toEqual({
      place: 'own',
      message: 'assignment.no-outside',
      facts: { panel: 'own', wanted: 3, possible: 1 },
    });
    expect(part(round(1, { links: { share: 0.25 } })).open).toEqual([]);
  });
});
