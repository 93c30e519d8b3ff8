import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Assignment, assign, assignPart } from '#shared/assignment/assign.ts';
import { drawnFrom } from '#shared/assignment/halving.ts';
import type { AnyInstance } from '#shared/assignment/instance.ts';
import { minCostFlow } from '#shared/assignment/min-cost-flow.ts';
import { chanceOf } from '#shared/chance.ts';

const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(2, '0')}`);

/** Two panels with loads, a conflict, two languages, and physics that two of eight know in each panel: without a cap those two are sure to come. */
const aRound = (changes: Partial<AnyInstance> = {}): AnyInstance => ({
  applications: names('A', 10).map((id, index) =>
    Object.assign(
      { id, panel: index < 5 ? 'Almaty' : 'Turkistan', language: index % 2 === 0 ? 'kk' : 'ru' },
      index % 5 < 2 ? { subject: 'physics' } : {},
    ),
  ),
  raters: names('R', 16).map((id, index) => ({
    id,
    panel: index < 8 ? 'Almaty' : 'Turkistan',
    languages: index % 8 === 7 ? ['kk'] : ['kk', 'ru'],
    subjects: index % 8 < 2 ? ['physics', 'history'] : ['history'],
    min: 1,
    max: 3,
  })),
  conflicts: [['A03', 'R04']],
  k: 2,
  links: { share: 0.1 },
  seed: 'cap',
  ...changes,
});

const assigned = (instance: AnyInstance): Assignment => {
  const result = assign(instance);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const draws = 400;

/** How often the pair that came together most did so, over many seeds, and what any draw broke. */
const drawnWith = (cap: number | undefined) => {
  const counts = new Map<string, number>();
  const broken: string[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    const one = assigned(aRound({ seed: `draw ${draw}`, ...(cap !== undefined && { cap }) }));
    broken.push(...brokenIn(one));
    for (const { application, raters } of one.assignments) {
      for (const rater of raters) {
        counts.set(`${application} ${rater}`, (counts.get(`${application} ${rater}`) ?? 0) + 1);
      }
    }
  }
  return { most: Math.max(...counts.values()) / draws, broken };
};

/** Four deviations above the cap: one run in some hundred thousand, and the seeds are fixed. */
const reach = (cap: number): number => cap + 4 * Math.sqrt((cap * (1 - cap)) / draws);

const { applications, raters: known, conflicts: refused = [] } = aRound();
const closed = new Set(refused.map((pair) => pair.join(' ')));

/** What a draw breaks of what every draw must keep: nothing. */
const brokenIn = ({ assignments, loads, fewestExperts = 0, links }: Assignment): string[] => [
  ...(fewestExperts < 1 ? ['subjects'] : []),
  ...(links.across < 2 ? ['links'] : []),
  ...loads.filter(({ ratings }) => ratings < 1 || ratings > 3).map(({ rater }) => `load of ${rater}`),
  ...assignments.flatMap(({ application, raters }, index) => [
    ...(new Set(raters).size === 2 ? [] : [`raters of ${application}`]),
    ...raters
      .filter(
        (id) =>
          closed.has(`${application} ${id}`) ||
          !known.some(
            (rater) => rater.id === id && rater.languages?.includes(applications[index]?.language ?? ''),
          ),
      )
      .map((id) => `${application} ${id}`),
  ]),
];

const withSeed = (seed: string) => JSON.stringify(assigned(aRound({ cap: 0.5, seed })).assignments);

describe('a cap on the probability of a pair', () => {
  it.for([0.5, 0.6])('of %d is kept over many seeds, and each draw keeps every rule', (cap) => {
    const { most, broken } = drawnWith(cap);

    expect(most).toBeLessThan(reach(cap));
    expect(broken).toEqual([]);
  });

  it('is what keeps it: without one some pair comes together far more often', () => {
    expect(drawnWith(undefined).most).toBeGreaterThan(reach(0.6));
  });

  it('is said in the result, as it was kept: rounded down', () => {
    expect(assigned(aRound({ cap: 0.51 })).cap).toBe(0.5);
    expect(assigned(aRound())).not.toHaveProperty('cap');
  });

  it('gives the same assignment for the same seed, and another one for others', () => {
    expect(withSeed('1')).toBe(withSeed('1'));
    expect(new Set(['1', '2', '3', '4', '5'].map(withSeed)).size).toBeGreaterThan(3);
  });

  it('leaves what is kept and anchors as they are', () => {
    const { assignments } = assigned(
      aRound({ cap: 0.5, kept: [['A01', 'R05']], links: { share: 0, anchors: ['A02'] } }),
    );

    expect(assignments.find(({ application }) => application === 'A01')?.raters).toContain('R05');
    expect(assignments.find(({ application }) => application === 'A02')?.raters).toHaveLength(14);
  });

  it('that too few people could keep names the application and how many it needs, and that it binds', () => {
    const result = assign(aRound({ cap: 0.1 }));

    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.error[0]).toEqual({
      place: 'A01',
      message: 'assignment.too-few-capped',
      facts: { application: 'A01', needed: 2, raters: 16, wanted: 22, conflicts: 0 },
    });
    expect(result.error.at(-1)).toMatchObject({ message: 'assignment.binds-cap' });
  });

  it('binds where the only ones who know a subject would be certain', () => {
    const physicists = ['R02', 'R09', 'R10'];
    const conflicts = ['A01', 'A02'].flatMap((id) =>
      physicists.map((rater): [string, string] => [id, rater]),
    );
    const result = assign(aRound({ cap: 0.5, conflicts }));

    expect(result.ok ? [] : result.error.map(({ message }) => message)).toContain('assignment.binds-cap');
  });
});

/** Physics is known by one of each panel alone, so that a cap cannot be kept for the four applications of physics. */
const aLonelyRound = (changes: Partial<AnyInstance> = {}): AnyInstance => {
  const { raters } = aRound();
  return aRound({
    raters: raters.map((rater, index) =>
      Object.assign({}, rater, index % 8 === 1 && { subjects: ['history'] }),
    ),
    cap: 0.25,
    capYields: true,
    links: { share: 0 },
    ...changes,
  });
};

const lonely = ['A01', 'A02', 'A06', 'A07'];

describe('a cap that yields', () => {
  it('is kept where it can be, as one that does not', () => {
    const { cap, above, assignments } = assigned(aRound({ cap: 0.5, capYields: true }));

    expect(assignments).toEqual(assigned(aRound({ cap: 0.5 })).assignments);
    expect([cap, above]).toEqual([0.5, undefined]);
  });

  it('gives way for the applications alone that have no other way, as little as can be, and names them', () => {
    expect(assign(aLonelyRound({ capYields: undefined })).ok).toBe(false);
    const { above, fewestExperts } = assigned(aLonelyRound());

    expect(fewestExperts).toBe(1);
    // Of the two who know physics each comes in about half of all draws: to a quarter of what lies above the cap.
    expect(above?.map(({ application }) => application)).toEqual(lonely);
    for (const { chance } of above ?? []) expect(chance).toBeLessThan(0.6);
  });

  it('is kept over many seeds for all others, and for those as far as it says', () => {
    const counts = new Map<string, number>();
    for (let draw = 0; draw < draws; draw += 1) {
      const { assignments } = assigned(aLonelyRound({ seed: `draw ${draw}` }));
      for (const { application, raters } of assignments) {
        expect(new Set(raters).size).toBe(2);
        for (const rater of raters)
          counts.set(`${application} ${rater}`, (counts.get(`${application} ${rater}`) ?? 0) + 1);
      }
    }
    const said = new Map(
      assigned(aLonelyRound()).above?.map(({ application, chance }) => [application, chance]),
    );

    for (const [pair, count] of counts) {
      expect([pair, count / draws < reach(said.get(pair.slice(0, 3)) ?? 0.25)]).toEqual([pair, true]);
    }
  });

  it('leaves no place open that would be filled without it, and holds where others stay open', () => {
    const conflicts = names('R', 15).map((rater): [string, string] => ['A03', rater]);
    const part = assignPart(aLonelyRound({ conflicts }));
    if (!part.ok) throw new Error(JSON.stringify(part.error));

    expect(part.value.open).toEqual([{ application: 'A03', ratings: 1 }]);
    expect(part.value.above?.map(({ application }) => application)).toEqual([...lonely, 'A03'].toSorted());
  });
});

/** Applications by raters with units on each way, each application's as many as `parts` times its need. */
const anyFlow = fc
  .record({
    raters: fc.integer({ min: 2, max: 5 }),
    needs: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 6 }),
    cap: fc.integer({ min: 32, max: 64 }),
    seed: fc.nat(),
  })
  .map(({ raters, needs, cap, seed }) => {
    const arcs = [
      ...needs.map((need, item) => ({ from: 0, to: 2 + raters + item, room: 64 * need })),
      ...needs.flatMap((_, item) =>
        Array.from({ length: raters }, (__, rater) => ({
          from: 2 + raters + item,
          to: 2 + rater,
          room: cap,
        })),
      ),
      ...Array.from({ length: raters }, (_, rater) => ({ from: 2 + rater, to: 1, room: 64 * needs.length })),
    ];
    const { below } = chanceOf(`costs ${seed}`);
    const network = {
      nodes: 2 + raters + needs.length,
      source: 0,
      sink: 1,
      from: arcs.map(({ from }) => from),
      to: arcs.map(({ to }) => to),
      capacity: arcs.map(({ room }) => room),
      cost: arcs.map(() => below(9)),
    };
    return { network, needs, seed };
  });

describe('a draw from a flow of probabilities', () => {
  it('is a whole flow within one of what each way carried, whatever the flow', () => {
    fc.assert(
      fc.property(anyFlow, ({ network, needs, seed }) => {
        const { on, value } = minCostFlow(network);
        fc.pre(value === 64 * needs.reduce((sum, need) => sum + need, 0));
        const drawn = drawnFrom(network, on, 64, chanceOf(`draw ${seed}`));
        const balance = new Int32Array(network.nodes);
        drawn.forEach((units, arc) => {
          expect(units).toBeGreaterThanOrEqual(Math.floor((on[arc] ?? 0) / 64));
          expect(units).toBeLessThanOrEqual(Math.ceil((on[arc] ?? 0) / 64));
          balance[network.from[arc] ?? 0] = (balance[network.from[arc] ?? 0] ?? 0) - units;
          balance[network.to[arc] ?? 0] = (balance[network.to[arc] ?? 0] ?? 0) + units;
        });
        expect(balance.slice(2)).toEqual(new Int32Array(network.nodes - 2));
        expect(balance[1]).toBe(value / 64);
      }),
    );
  });
});
