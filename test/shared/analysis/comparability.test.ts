import { describe, expect, it } from 'vitest';
import { adjust } from '#shared/analysis/adjust.ts';
import { comparabilityOf, comparableBounds } from '#shared/analysis/comparability.ts';
import { type Rating, type RatingTable, tableOf } from '#shared/analysis/ratings.ts';
import { chanceOf } from '#shared/chance.ts';
import { normalOf, simulatedRound } from '#test/builders/simulated-round.ts';

const region = (rater: string): string => `region ${Number(rater.slice(1)) % 4}`;

const ratingsIn = ({ applications, raters, first, rater, score }: RatingTable): Rating[] =>
  applications.flatMap((application, item) =>
    Array.from({ length: (first[item + 1] ?? 0) - (first[item] ?? 0) }, (_, more) => {
      const place = (first[item] ?? 0) + more;
      return { application, rater: raters[rater[place] ?? 0] ?? '', score: score[place] ?? 0 };
    }),
  );

const simulated = (share: number) =>
  comparabilityOf(
    ratingsIn(simulatedRound({ applications: 1906, raters: 60, share }, 'gauge').table),
    region,
  );

const worst = (share: number): number => Math.max(...simulated(share).between.map(({ left = 1 }) => left));

describe('the gauge between four regions', () => {
  it('says that they cannot be compared where nobody rates across them', () => {
    const { standing, groups, panels, between } = simulated(0);

    expect([standing, groups]).toEqual(['cannot', 4]);
    expect(panels.map(({ raters }) => raters)).toEqual([15, 15, 15, 15]);
    expect(panels.reduce((sum, { ratings }) => sum + ratings, 0)).toBe(3 * 1906);
    expect(between).toHaveLength(6);
    for (const { left } of between) expect(left).toBeCloseTo(1, 9);
  });

  it('says how much of a difference is left as the table of ANCHORS 5.3 has it, and from 5 % on that they compare', () => {
    // 0.13, 0.08 and 0.045 of 0.40.
    expect(worst(0.02)).toBeGreaterThan(0.25);
    expect(worst(0.02)).toBeLessThan(0.45);
    expect(worst(0.05)).toBeGreaterThan(0.12);
    expect(worst(0.05)).toBeLessThan(comparableBounds.left);
    expect(worst(0.1)).toBeLessThan(0.14);
    expect([0.02, 0.05, 0.1].map((share) => simulated(share).standing)).toEqual([
      'not-yet',
      'comparable',
      'comparable',
    ]);
  });

  it('errs less the more links there are', () => {
    const errors = [0, 0.02, 0.05, 0.1].map((share) =>
      Math.max(...simulated(share).between.map(({ error = 0 }) => error)),
    );

    expect(errors).toEqual(errors.toSorted((a, b) => b - a));
  });
});

const panel = (rater: string): string => (region(rater) === 'region 0' ? 'a' : 'b');

describe('what adjusting leaves of a difference between two panels', () => {
  const { table } = simulatedRound({ applications: 400, raters: 20, share: 0.05 }, 'two');

  it('is what it leaves where a point is added to all scores of one of them', () => {
    const gauge = comparabilityOf(ratingsIn(table), panel);
    const milder = {
      ...table,
      score: table.score.map((score, place) =>
        panel(table.raters[table.rater[place] ?? 0] ?? '') === 'a' ? score + 0.01 : score,
      ),
    };
    const between = (of: typeof table): number => {
      const { severity } = adjust(of);
      const mean = (name: string) => {
        const own = severity.filter((_, by) => panel(of.raters[by] ?? '') === name);
        return own.reduce((sum, one) => sum + one, 0) / own.length;
      };
      return mean('a') - mean('b');
    };

    // A small step, so that the variances stay nearly as they were.
    expect((between(milder) - between(table)) / 0.01).toBeCloseTo(1 - (gauge.between[0]?.left ?? 1), 1);
  });
});

const rated = (rows: readonly (readonly [string, string, number])[]): Rating[] =>
  rows.map(([application, rater, score]) => ({ application, rater, score }));

const hostOf = (rater: string): string => (rater === 'G' ? 'guests' : 'own');

describe('a round', () => {
  const own = rated([
    ['A', 'R1', 3],
    ['A', 'R2', 4],
    ['B', 'R1', 5],
    ['B', 'R2', 5],
  ]);

  it('of one region alone cannot be compared', () => {
    expect(comparabilityOf(own, hostOf)).toMatchObject({
      standing: 'cannot',
      groups: 1,
      between: [],
    });
  });

  it('is not yet comparable where a guest has begun, and cannot be where the guest scored what nobody else did', () => {
    const begun = [...own, ...rated([['A', 'G', 2]])];
    const apart = [...own, ...rated([['C', 'G', 2]])];

    expect(comparabilityOf(begun, hostOf).standing).toBe('not-yet');
    expect(comparabilityOf(apart, hostOf)).toMatchObject({ standing: 'cannot', groups: 2 });
  });

  it('says nothing of errors where nothing tells how much raters differ', () => {
    const even = rated([
      ['A', 'R1', 3],
      ['A', 'G', 3],
    ]);

    expect(comparabilityOf(even, hostOf).between).toEqual([
      { panels: ['guests', 'own'], left: undefined, error: undefined },
    ]);
  });
});

type Host = { members: number; guests: number; each: number; severity: number; noise?: number };

/** Applications scored by two members each, and some of them by guests, whose severities are drawn. */
const hosted = ({ members, guests, each, severity, noise = 0.77 }: Host, seed: string) => {
  const chance = chanceOf(seed);
  const normal = normalOf(chance);
  const names = [
    ...Array.from({ length: members }, (_, at) => `M${at}`),
    ...Array.from({ length: guests }, (_, at) => `G${at}`),
  ];
  const adds = new Map(names.map((name) => [name, severity * normal()]));
  const ratings = Array.from({ length: 60 }, (_, item): Rating[] => {
    const quality = normal();
    const by = [
      names[item % members],
      names[(item + 1 + (item % (members - 1))) % members],
      ...names.slice(members).filter((_name, at) => (item + at * 7) % 60 < each),
    ];
    return [...new Set(by)].map((rater = '') => ({
      application: `A${String(item).padStart(2, '0')}`,
      rater,
      score: 5 + quality + (adds.get(rater) ?? 0) + noise * normal(),
    }));
  });
  return { ratings: ratings.flat(), adds };
};

const sideOf = (rater: string): string => (rater.startsWith('G') ? 'guests' : 'own');

const standingsOf = (host: Host) =>
  Array.from({ length: 40 }, (_, round) => comparabilityOf(hosted(host, `hosted ${round}`).ratings, sideOf));

describe('guests of a committee', () => {
  it('who scored less than anything is known from compare nothing, as adjusting leaves them as they are', () => {
    for (const { standing, wants, between } of standingsOf({
      members: 5,
      guests: 2,
      each: 7,
      severity: 0.7,
    })) {
      expect([standing, wants]).toEqual(['not-yet', 'raters']);
      // Half of the difference is that of the guests, of which nothing is undone.
      expect(between[0]?.left ?? 1).toBeGreaterThan(0.49);
    }
  });

  it('do not speak for a region alone', () => {
    for (const { standing, wants } of standingsOf({ members: 5, guests: 1, each: 60, severity: 0.7 }))
      expect([standing, wants]).toEqual(['not-yet', 'raters']);
  });

  it('compare where several score much', () => {
    const many = standingsOf({ members: 5, guests: 3, each: 60, severity: 0.7, noise: 0.4 });
    const few = standingsOf({ members: 5, guests: 2, each: 8, severity: 0.7, noise: 1.5 });

    expect(many.filter(({ standing }) => standing === 'comparable').length).toBeGreaterThan(35);
    expect(few.filter(({ standing }) => standing === 'comparable')).toEqual([]);
  });

  it('compare with much to go by also where raters do not differ', () => {
    const alike = standingsOf({ members: 5, guests: 4, each: 60, severity: 0, noise: 0.4 });
    const same = alike.filter(({ differ }) => differ === false);

    expect(same.length).toBeGreaterThan(8);
    for (const { standing, between } of same) {
      expect(standing).toBe('comparable');
      expect(between[0]?.left).toBeUndefined();
    }
  });

  it('err in the difference as is said', () => {
    const squares = Array.from({ length: 300 }, (_, round) => {
      const { ratings, adds } = hosted({ members: 5, guests: 3, each: 20, severity: 0.7 }, `error ${round}`);
      const { severity, raters } = severitiesIn(ratings);
      const off = raters.map((id, by) => ({
        side: sideOf(id),
        by: (severity[by] ?? 0) - (adds.get(id) ?? 0),
      }));
      const meanOf = (side: string): number => {
        const own = off.filter((one) => one.side === side);
        return own.reduce((sum, { by }) => sum + by, 0) / own.length;
      };
      const { error = 0 } = comparabilityOf(ratings, sideOf).between[0] ?? {};
      return ((meanOf('guests') - meanOf('own')) / error) ** 2;
    });

    const mean = squares.reduce((sum, one) => sum + one, 0) / squares.length;
    // Of a square that is 1 by chance, over 300 rounds; the variances are fitted, so a little more.
    expect(mean).toBeGreaterThan(0.8);
    expect(mean).toBeLessThan(1.3);
  });
});

const severitiesIn = (ratings: readonly Rating[]) => {
  const table = tableOf(ratings);
  return { severity: adjust(table).severity, raters: table.raters };
};
