import { describe, expect, it } from 'vitest';
import { type Assignment, assign } from '#shared/assignment/assign.ts';
import type { AnyInstance } from '#shared/assignment/instance.ts';

const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(2, '0')}`);

const panelOf = (index: number, count: number): string => (index < count / 2 ? 'Almaty' : 'Turkistan');
const twelve = (more: object = {}): AnyInstance['applications'] =>
  names('A', 12).map((id, index) => Object.assign({ id, panel: panelOf(index, 12) }, more));
const six = (more: object = {}): AnyInstance['raters'] =>
  names('R', 6).map((id, index) => Object.assign({ id, panel: panelOf(index, 6) }, more));

/** Twelve applications and six raters of two panels; everyone may score everything. */
const aRound = (changes: Partial<AnyInstance> = {}): AnyInstance => ({
  applications: twelve(),
  raters: six(),
  k: 2,
  seed: 'test',
  ...changes,
});

const assigned = (instance: AnyInstance): Assignment => {
  const result = assign(instance);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const faults = (instance: AnyInstance) => {
  const result = assign(instance);
  return result.ok
    ? []
    : result.error.map(({ message, facts }) => [message.replace('assignment.', ''), facts]);
};
const codes = (instance: AnyInstance) => faults(instance).map(([code]) => code);
const ratersOf = ({ assignments }: Assignment, id: string): string[] =>
  assignments.find(({ application }) => application === id)?.raters ?? [];

/** Ratings between panels where nobody scores an anchor of the other one, and all are anchors but these. */
const acrossBeside = (...others: string[]): number => {
  const anchors = twelve().flatMap(({ id }) => (others.includes(id) ? [] : [id]));
  const strangers = twelve().flatMap(({ id, panel }) =>
    six().flatMap((one): [string, string][] =>
      anchors.includes(id) && one.panel !== panel ? [[id, one.id]] : [],
    ),
  );
  return assigned(aRound({ links: { anchors }, conflicts: strangers })).links.across;
};

describe('raters', () => {
  it('are found for more applications than a call can have arguments', () => {
    const applications = names('A', 131_000).map((id, index) => ({ id, k: index === 0 ? 1 : 0 }));

    expect(
      assigned({ applications, raters: names('R', 1).map((id) => ({ id })), k: 1, seed: 'test' }).loads,
    ).toEqual([{ rater: 'R01', ratings: 1 }]);
  });

  it('get even loads, as many to each application as were asked for', () => {
    const { assignments, loads } = assigned(aRound());

    expect(assignments.map(({ raters }) => new Set(raters).size)).toEqual(Array(12).fill(2));
    expect(loads.map(({ ratings }) => ratings)).toEqual(Array(6).fill(4));
  });

  it('come from the panel, but for the links: one rating in twenty at least', () => {
    expect(assigned(aRound()).links).toEqual({ across: 2, ratings: 24 });
    expect(assigned(aRound({ links: { share: 0.25 } })).links.across).toBe(6);
    expect(assigned(aRound({ links: { share: 0 } })).links.across).toBe(0);
  });

  it('all score the anchors, as far as they may', () => {
    const result = assigned(aRound({ links: { anchors: ['A03'] }, conflicts: [['A03', 'R05']] }));

    expect(ratersOf(result, 'A03')).toEqual(['R01', 'R02', 'R03', 'R04', 'R06']);
    // Two of them are of the other panel; one anchor leaves the links of that one as they are.
    expect(result.links.across).toBe(3);
  });

  it('are linked beside fewer than ten anchors as beside none', () => {
    expect(acrossBeside('A06', 'A11', 'A12')).toBe(2);
    expect(acrossBeside('A06', 'A12')).toBe(0);
  });

  it('score no anchor beyond their most, and an anchor that too few may score is named', () => {
    const anchored = aRound({ links: { share: 0, anchors: ['A03'] } });
    const full = {
      ...anchored,
      raters: anchored.raters.map((one) => ({ ...one, max: one.id === 'R05' ? 0 : 99 })),
    };
    const alone = {
      ...anchored,
      conflicts: anchored.raters.slice(1).map(({ id }) => ['A03', id] as [string, string]),
    };

    expect(ratersOf(assigned(full), 'A03')).toEqual(['R01', 'R02', 'R03', 'R04', 'R06']);
    expect(codes(alone)).toEqual(['too-few', 'binds-conflicts']);
  });

  it('are others with another seed', () => {
    const seeds = ['1', '2', '3', '4'].map((seed) => JSON.stringify(assigned(aRound({ seed })).assignments));

    expect(new Set(seeds).size).toBe(4);
  });

  it('who know the subject are spread so that the worst-off application has as many as can be', () => {
    const instance = aRound({
      applications: names('A', 6).map((id) => ({ id, subject: 'physics' })),
      raters: names('R', 6).map((id, index) => ({ id, subjects: index < 3 ? ['physics'] : [], max: 4 })),
      k: 3,
    });

    expect(assigned(instance).fewestExperts).toBe(2);
  });

  it('stay where they are when one of them declines', () => {
    const before = assigned(aRound());
    const [declined, ...rest] = before.assignments.flatMap(({ application, raters }) =>
      raters.map((rater): [string, string] => [application, rater]),
    );
    if (!declined) throw new Error('nobody was assigned');
    const after = assigned(aRound({ kept: rest, conflicts: [declined] }));

    expect(ratersOf(after, declined[0])).not.toContain(declined[1]);
    expect(ratersOf(after, declined[0])).toHaveLength(2);
    expect(after.assignments.slice(1)).toEqual(before.assignments.slice(1));
  });

  it('are one more where an application asks for one more', () => {
    const before = assigned(aRound());
    const kept = before.assignments.flatMap(({ application, raters }) =>
      raters.map((rater): [string, string] => [application, rater]),
    );
    const applications = twelve().map((each) => Object.assign({}, each, each.id === 'A04' && { k: 3 }));
    const after = assigned(aRound({ applications, kept }));

    expect(ratersOf(after, 'A04')).toEqual(expect.arrayContaining(ratersOf(before, 'A04')));
    expect(ratersOf(after, 'A04')).toHaveLength(3);
  });
});

describe('an instance without an assignment', () => {
  it('says which application too few people may score, and that its conflicts bind', () => {
    const conflicts = names('R', 5).map((rater): [string, string] => ['A01', rater]);

    expect(faults(aRound({ conflicts, links: { share: 0 } }))).toEqual([
      ['too-few', { application: 'A01', needed: 2, raters: 1, conflicts: 5 }],
      ['binds-conflicts', {}],
    ]);
  });

  it('names the language that too few read', () => {
    const applications = twelve({ language: 'ug' });
    const raters = names('R', 6).map((id, index) => ({ id, languages: index === 0 ? ['ug'] : ['kk'] }));
    const found = faults(aRound({ applications, raters, links: { share: 0 } }));

    expect(found[0]).toEqual([
      'too-few-readers',
      { application: 'A01', needed: 2, raters: 1, conflicts: 0, language: 'ug' },
    ]);
    expect(found.at(-1)).toEqual(['binds-languages', {}]);
  });

  it('names the subject that nobody knows', () => {
    const raters = six({ subjects: ['physics'] });

    expect(codes(aRound({ applications: [{ id: 'A01', subject: 'chemistry' }], raters }))).toEqual([
      'no-expert',
      'binds-subjects',
    ]);
  });

  it('says how much room is missing', () => {
    const raters = six({ max: 3 });

    expect(faults(aRound({ raters }))).toEqual([
      ['capacity', { needed: 24, available: 18 }],
      ['binds-maximum', {}],
    ]);
  });

  it('says that the raters are promised more than there is', () => {
    const raters = six({ min: 5 });

    expect(faults(aRound({ raters }))).toEqual([
      ['minimum-sum', { minimum: 30, ratings: 24 }],
      ['binds-minimum', {}],
    ]);
  });

  it('names the applications and the raters that compete where no single one is to blame', () => {
    const found = faults(
      aRound({
        applications: names('A', 6).map((id, index) => ({ id, subject: index < 4 ? 'physics' : 'history' })),
        raters: names('R', 4).map((id, index) =>
          index === 0 ? { id, subjects: ['physics'], max: 3 } : { id, subjects: ['history'] },
        ),
        k: 2,
      }),
    );

    expect(found.map(([code]) => code)).toEqual(['bottleneck', 'binds-subjects', 'binds-maximum']);
    expect(found[0]?.[1]).toMatchObject({ subjects: 'physics', needed: 4, room: 3, missing: 1 });
  });

  it('says so when a panel cannot be linked', () => {
    const raters = names('R', 3).map((id, index) => ({
      id,
      panel: index < 2 ? 'Almaty' : 'Turkistan',
      languages: index < 2 ? ['kk', 'ru'] : ['ru'],
    }));
    const applications = names('A', 4).map((id) => ({ id, panel: 'Almaty', language: 'kk' }));

    expect(codes(aRound({ applications, raters }))).toContain('no-outside');
    expect(codes(aRound({ applications, raters }))).toContain('binds-links');
  });

  it.for([
    [{ conflicts: [['A99', 'R01']] }, 'unknown'],
    [{ links: { anchors: ['R01'] } }, 'unknown'],
    [{ raters: [{ id: 'R01' }, { id: 'R01' }] }, 'doubled'],
    [{ raters: [{ id: 'R01', min: 3, max: 2 }] }, 'bounds'],
    [{ kept: [['A01', 'R01']], conflicts: [['A01', 'R01']] }, 'kept-conflict'],
    [{ k: 0 }, 'shape'],
  ] satisfies [Partial<AnyInstance>, string][])(
    '%#: is refused when it contradicts itself',
    ([change, code]) => {
      expect(codes(aRound(change))).toEqual([code]);
    },
  );
});
