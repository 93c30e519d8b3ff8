import { describe, expect, it } from 'vitest';
import type { Oddity } from '#shared/marks/oddities.ts';
import { aNumber } from '#test/builders/marks.ts';
import { honestTests, luckOf, oddIn, type Simulated, simulated } from './simulated.ts';

/*
 * How often honest first files are called odd, and how often files with the mistakes of B6 are, by simulation. The README has the figures.
 */

const wholePoints = honestTests['whole points'] ?? (() => 0);

type Files = {
  people: number;
  related: number;
  files: number;
  wrong?: (file: Simulated, seed: string) => Simulated;
};

/** In how many of so many files something is odd that a test asks for. */
const foundIn = (
  { people, related, files, wrong = (file) => file }: Files,
  isMeant: (odd: Oddity) => boolean,
) =>
  Array.from({ length: files }, (_, seed) => `${people} ${related} ${seed}`).filter((seed) =>
    oddIn(wrong(simulated(wholePoints, { people, related, seed }), seed)).some(isMeant),
  ).length / files;

/** From this share of the rows on, each mark has come to the next row. */
const movedFrom =
  (share: number) =>
  (file: Simulated): Simulated => {
    const { test } = file;
    const from = Math.floor(test.length * share);
    return { ...file, test: [...test.slice(0, from), ...test.slice(-1), ...test.slice(from, -1)] };
  };

const seesMoving = ({ kind }: Oddity): boolean =>
  kind === 'moved-beside' || kind === 'unrelated' || kind === 'reversed';

const unrelatedIn = (related: number) =>
  foundIn(
    { people: 120, related, files: 300 },
    ({ kind, against }) => kind === 'unrelated' && against === 'raters',
  );

/** Two marks of five as tens. */
const rounded = (file: Simulated, seed: string): Simulated => {
  const { share } = luckOf(`rounded ${seed}`);
  return { ...file, test: file.test.map((mark) => (share() < 0.4 ? Math.round(mark / 10) * 10 : mark)) };
};

describe('honest first files', () => {
  it.each(Object.entries(honestTests))('are hardly ever odd: %s', (name, markOf) => {
    const odd = [80, 250].flatMap((people) =>
      Array.from({ length: 60 }, (_, file) => `${name} ${people} ${file}`).flatMap((seed) => {
        const file = simulated(markOf, { people, related: 0.4, seed });
        const order = luckOf(seed);
        const numbers = file.test
          .map((_, place) => ({ number: aNumber(place), lot: order.share() }))
          .toSorted((a, b) => a.lot - b.lot)
          .map(({ number }) => number);
        const found = oddIn(file, numbers);
        return found.length > 0 ? [found.map(({ kind, against }) => `${kind} ${against ?? ''}`).join()] : [];
      }),
    );

    expect(odd.slice(0, 20)).toEqual([]);
    expect(odd.length).toBeLessThanOrEqual(1);
  });

  it('are called unrelated in at most one comparison of twenty where they are related by 0.2, and seldom by 0.3', () => {
    expect(unrelatedIn(0.2)).toBeLessThan(0.08);
    expect(unrelatedIn(0.3)).toBeLessThan(0.02);
  });
});

describe('a first file whose marks moved by a row', () => {
  it.each([
    { people: 100, related: 0.3, share: 0, atLeast: 0.75 },
    { people: 100, related: 0.5, share: 0, atLeast: 0.85 },
    { people: 250, related: 0.3, share: 0, atLeast: 0.95 },
    { people: 250, related: 0.5, share: 0.5, atLeast: 0.85 },
    { people: 600, related: 0.3, share: 0.5, atLeast: 0.75 },
    { people: 600, related: 0.5, share: 0.7, atLeast: 0.9 },
  ])(
    'from $share on, of $people people, is seen where other marks are related by $related',
    ({ atLeast, share, ...file }) => {
      const found = foundIn({ ...file, files: 60, wrong: movedFrom(share) }, seesMoving);

      expect(found).toBeGreaterThanOrEqual(atLeast);
      expect(foundIn({ ...file, files: 60 }, seesMoving)).toBeLessThan(0.1);
    },
  );
});

describe('a first file', () => {
  it('in which two marks of five were rounded to tens is seen, with how many there should be', () => {
    const file = rounded(simulated(wholePoints, { people: 200, related: 0.4, seed: 'one' }), 'one');
    const heap = oddIn(file).find(({ kind }) => kind === 'heaped');

    expect(heap).toMatchObject({ kind: 'heaped', digits: '0', criterion: 'test' });
    if (heap?.kind === 'heaped') expect(heap.percent).toBeGreaterThan(heap.expected + 25);
    expect(
      foundIn({ people: 200, related: 0.4, files: 60, wrong: rounded }, ({ kind }) => kind === 'heaped'),
    ).toBeGreaterThan(0.95);
  });

  it('of places that were spread over the scale is seen by how evenly they lie', () => {
    const even = simulated(wholePoints, { people: 200, related: 0.4, seed: 'even' });
    const percentiles = {
      ...even,
      test: even.test.map((_, row) => Math.round((100 * ((row * 77) % 200)) / 200)),
    };

    expect(oddIn(percentiles).map(({ kind }) => kind)).toContain('even');
  });

  it('whose rows stand by rank is seen by their order, and one column that was sorted alone by the numbers', () => {
    const file = simulated(wholePoints, { people: 100, related: 0.4, seed: 'order' });
    const rows = file.test
      .map((test, place) => ({
        test,
        essay: file.essay[place] ?? 0,
        rated: file.rated[place] ?? 0,
        number: aNumber(place),
      }))
      .toSorted((a, b) => b.test - a.test);
    const byRank: Simulated = {
      test: rows.map(({ test }) => test),
      essay: rows.map(({ essay }) => essay),
      rated: rows.map(({ rated }) => rated),
    };

    expect(
      oddIn(
        byRank,
        rows.map(({ number }) => number),
      ),
    ).toEqual([{ kind: 'ranked', correlation: -1, criterion: 'test' }]);
    const alone = oddIn({ ...file, test: byRank.test }).map(({ kind }) => kind);
    expect(alone).toContain('sorted');
    expect(alone).not.toContain('ranked');
  });

  it('that was sorted in stretches is seen, and one of rooms that differ is not', () => {
    const file = simulated(wholePoints, { people: 240, related: 0.4, seed: 'stretches' });
    const stretches = Array.from({ length: 4 }, (_, part) =>
      file.test.slice(part * 60, part * 60 + 60).toSorted((a, b) => b - a),
    ).flat();
    const rooms = file.test.map((mark, row) => Math.min(100, mark + 4 * Math.floor(row / 60)));

    expect(oddIn({ ...file, test: stretches }).map(({ kind }) => kind)).toContain('sorted');
    expect(oddIn({ ...file, test: rooms }).map(({ kind }) => kind)).not.toContain('sorted');
  });

  it('is looked at within a moment, whatever its size', () => {
    const people = 20_000;
    const file = simulated(wholePoints, { people, related: 0.4, seed: 'large' });
    const begun = performance.now();
    oddIn(file);

    expect(performance.now() - begun).toBeLessThan(5000);
  });
});
