import { describe, expect, it } from 'vitest';
import { assign } from '#shared/assignment/assign.ts';
import type { AnyInstance } from '#shared/assignment/instance.ts';

const given = (instance: AnyInstance): Record<string, string[]> => {
  const result = assign(instance);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return Object.fromEntries(result.value.assignments.map(({ application, raters }) => [application, raters]));
};

/** As rounds were drawn: two anchors, a guest who knows what hardly anybody does, a member who takes little. */
const drawnBefore: AnyInstance = {
  applications: Array.from({ length: 8 }, (_, index) => ({
    id: `a${index}`,
    panel: 'own',
    subject: ['physics', 'history', 'chemistry'][index % 3] ?? '',
    language: index % 2 === 0 ? 'ru' : 'kk',
  })),
  raters: [
    { id: 'r0', panel: 'own', subjects: ['physics'], languages: ['kk', 'ru'], max: 6 },
    { id: 'r1', panel: 'own', subjects: ['history', 'physics'], languages: ['kk', 'ru'], min: 2, max: 6 },
    { id: 'r2', panel: 'own', subjects: ['chemistry'], languages: ['kk', 'ru'], max: 6 },
    { id: 'r3', panel: 'own', subjects: ['history'], languages: ['kk'], max: 3 },
    { id: 'v0', panel: 'elsewhere', subjects: ['chemistry'], visits: 2 },
    { id: 'v1', panel: 'elsewhere', subjects: [], visits: 3 },
  ],
  conflicts: [
    ['a1', 'r1'],
    ['a4', 'v0'],
  ],
  k: 2,
  links: { share: 0.05, anchors: ['a0', 'a3'] },
  seed: 'drawn before',
};

describe('an instance that was recorded', () => {
  it('before there were editions is solved again as it was', () => {
    const { links } = drawnBefore;

    expect(given({ ...drawnBefore, links: { ...links, visitorsToo: true } })).toEqual({
      a0: ['r0', 'r1', 'r2', 'v0', 'v1'],
      a1: ['r2', 'r3'],
      a2: ['r0', 'r2'],
      a3: ['r0', 'r1', 'r2', 'r3', 'v0', 'v1'],
      a4: ['r0', 'r1'],
      a5: ['r2', 'r3'],
      a6: ['r0', 'r1'],
      a7: ['r1', 'v1'],
    });
  });

  it('in edition 2 is solved again as it was', () => {
    expect(given({ ...drawnBefore, edition: 2 })).toEqual({
      a0: ['r0', 'r1', 'r2', 'v0', 'v1'],
      a1: ['r3', 'v1'],
      a2: ['r0', 'r2'],
      a3: ['r0', 'r1', 'r2', 'r3', 'v0', 'v1'],
      a4: ['r1', 'r2'],
      a5: ['r0', 'r2'],
      a6: ['r0', 'r1'],
      a7: ['r1', 'r3'],
    });
  });
});

/** Only `busy` knows chemistry, and takes one application. */
const scarce: AnyInstance = {
  applications: [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd', subject: 'chemistry' }],
  raters: [
    { id: 'busy', subjects: ['chemistry'], max: 1 },
    { id: 'other', subjects: [], max: 4 },
    { id: 'third', subjects: [], max: 4 },
  ],
  k: 1,
  links: { share: 0, anchors: ['a', 'b'] },
  seed: 1,
};

describe('in edition 4', () => {
  /** Of panel A only `a` can have somebody from outside, and a lot says `b` as often. */
  const oneWay: AnyInstance = {
    applications: [
      { id: 'a', panel: 'A' },
      ...['b', 'c', 'd'].map((id) => ({ id, panel: 'A', language: 'ru' })),
    ],
    raters: [
      { id: 'own', panel: 'A', max: 3 },
      { id: 'other', panel: 'B', max: 1 },
    ],
    conflicts: [['a', 'own']],
    k: 1,
    links: { share: 0.25 },
    seed: 1,
  };
  const seeds = Array.from({ length: 20 }, (_, seed) => seed);
  const solvedIn = (edition: 3 | 4, instance: AnyInstance): number =>
    seeds.filter((seed) => assign({ ...instance, edition, seed }).ok).length;

  it('links that were drawn and cannot be kept are chosen anew; before, it hung on the draw', () => {
    expect(solvedIn(3, oneWay)).toBeLessThan(20);
    expect(solvedIn(3, oneWay)).toBeGreaterThan(0);
    expect(solvedIn(4, oneWay)).toBe(20);
    for (const seed of seeds) {
      const before = assign({ ...oneWay, edition: 3, seed });
      if (before.ok) expect(assign({ ...oneWay, edition: 4, seed })).toEqual(before);
    }
  });

  it('what no choice of links makes possible is refused, and says so', () => {
    const none = assign({ ...oneWay, edition: 4, links: { share: 0.5 } });

    expect(none.ok ? [] : none.error.map(({ message }) => message)).toEqual([
      'assignment.links-together',
      'assignment.binds-links',
      'assignment.binds-maximum',
    ]);
  });

  it('somebody from outside may be who knows the subject, where the own one has no room', () => {
    const physics: AnyInstance = {
      ...oneWay,
      applications: ['a', 'b'].map((id) => ({ id, panel: 'A', subject: 'physics' })),
      raters: [
        { id: 'own', panel: 'A', subjects: ['physics'], max: 1 },
        { id: 'plain', panel: 'A', subjects: [], max: 2 },
        { id: 'other', panel: 'B', subjects: ['physics'], max: 1 },
      ],
      conflicts: [],
      k: 2,
    };

    expect(solvedIn(4, physics)).toBe(20);
  });

  it('applications that have all their raters take no links from others', () => {
    const done = ['y', 'z'].map((id) => ({ id, panel: 'A', subject: 'physics' }));
    const begun: AnyInstance = {
      ...oneWay,
      applications: [...oneWay.applications, ...done],
      raters: [
        { id: 'own', panel: 'A', subjects: [], max: 5 },
        { id: 'other', panel: 'B', max: 1 },
      ],
      conflicts: [...(oneWay.conflicts ?? []), ['b', 'other'], ['c', 'other']],
      kept: done.map(({ id }): [string, string] => [id, 'own']),
      links: { share: 1 / 6 },
    };

    expect(solvedIn(4, begun)).toBe(20);
  });

  it('loads under a cap are as even as before, by another lot', () => {
    const wide: AnyInstance = {
      applications: seeds.map((seed) => ({ id: `a${seed}` })),
      raters: ['p', 'q', 'r', 's'].map((id) => ({ id })),
      k: 2,
      cap: 0.75,
      seed: 1,
    };
    const [before, now] = ([3, 4] as const).map((edition) => assign({ ...wide, edition }));
    if (!before?.ok || !now?.ok) throw new Error('No assignment.');

    expect(before.value.assignments.map(({ raters }) => raters.join('')).join(' ')).toBe(
      'pr pq rs qs pq pr qr qs rs ps qr pq pr qs rs ps pr ps qs qr',
    );
    expect(now.value.assignments).not.toEqual(before.value.assignments);
    expect(now.value.loads).toEqual(before.value.loads);
  });
});

describe('in edition 3', () => {
  it('anchors take nobody whom another application needs; before, they took them by their ids', () => {
    expect(assign({ ...scarce, edition: 2 })).toMatchObject({ ok: false });
    expect(given({ ...scarce, edition: 3 })).toMatchObject({
      a: ['other', 'third'],
      b: ['other', 'third'],
      d: ['busy'],
    });
  });

  it('anchors take nobody either who is needed only where not all who are given know the subject', () => {
    const both = ['x', 'y'].map((id) => ({ id, subjects: ['chemistry'], max: 1 }));
    const found = given({
      ...scarce,
      applications: [
        ...['a', 'b'].map((id) => ({ id, k: 0 })),
        ...['d', 'e'].map((id) => ({ id, k: 2, subject: 'chemistry' })),
      ],
      raters: [...both, { id: 'z', subjects: [], max: 2 }],
      edition: 3,
    });

    expect(found).toMatchObject({ a: [], b: [], d: [expect.any(String), 'z'], e: [expect.any(String), 'z'] });
  });

  it('who has too little room for every anchor gets some by lot, and each anchor about as many', () => {
    const anchors = ['a', 'b', 'c', 'd'];
    const raters = ['p', 'q', 'r', 's'].map((id) => ({ id, max: 2 }));
    const drawn = Array.from({ length: 12 }, (_, seed) =>
      given({
        ...scarce,
        applications: anchors.map((id) => ({ id })),
        raters,
        links: { share: 0, anchors },
        edition: 3,
        seed,
      }),
    );

    for (const one of drawn) expect(Object.values(one).map(({ length }) => length)).toEqual([2, 2, 2, 2]);
    expect(new Set(drawn.map((one) => JSON.stringify(one))).size).toBeGreaterThan(6);
  });

  it('a guest who does not know the subject leaves a place to a member who does', () => {
    const visited: AnyInstance = {
      applications: [{ id: 'a', subject: 'physics' }],
      raters: [
        { id: 'guest', subjects: [], visits: 1 },
        { id: 'member', subjects: ['physics'] },
      ],
      k: 1,
      seed: 1,
    };

    expect(given({ ...visited, edition: 2 })).toEqual({ a: ['guest'] });
    expect(given({ ...visited, edition: 3 })).toEqual({ a: ['guest', 'member'] });
  });

  it('a least load above all that there is cannot be reached', () => {
    const alone: AnyInstance = { applications: [{ id: 'a' }], raters: [{ id: 'r', min: 2 }], k: 1, seed: 1 };

    expect(assign({ ...alone, edition: 2 }).ok).toBe(true);
    expect(assign({ ...alone, edition: 3 })).toMatchObject({
      error: [{ message: 'assignment.minimum-sum' }, { message: 'assignment.minimum-reach' }, {}],
    });
  });

  it('what nobody has begun stays where it is, unless a least load is reached by anchors alone', () => {
    const held: AnyInstance = {
      applications: [{ id: 'a' }, { id: 'b' }, { id: 'c', language: 'ru' }],
      raters: [
        { id: 'p', max: 1 },
        { id: 'q', languages: ['kk'] },
      ],
      held: [['a', 'p']],
      k: 1,
      links: { share: 0, anchors: ['b'] },
      edition: 3,
      seed: 1,
    };
    const applications = held.applications.slice(0, 2);

    expect(given({ ...held, applications })).toEqual({ a: ['p'], b: ['q'] });
    expect(given({ ...held, raters: [{ id: 'p', max: 2 }, ...held.raters.slice(1)] })).toEqual({
      a: ['p'],
      b: ['q'],
      c: ['p'],
    });
    expect(
      given({
        ...held,
        raters: [
          { id: 'p', max: 2 },
          { id: 'q', min: 2, languages: ['kk'] },
        ],
      }),
    ).toEqual({
      a: ['q'],
      b: ['p', 'q'],
      c: ['p'],
    });
  });
});
