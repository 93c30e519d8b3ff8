import type { RankedBallot } from '#shared/ballots/pairwise.ts';

/*
 * The Schulze method by its definition and nothing cleverer: every path without a repeat is walked, and the conditions under which one link
 * is stronger than another are written as the paper lists them.
 */

type Votes = readonly RankedBallot<string>[];

const prefers = (votes: Votes, one: string, other: string): number => {
  let count = 0;
  for (const { ranks, without } of votes) {
    if (without?.has(one) || without?.has(other)) continue;
    const [first, second] = [ranks.get(one), ranks.get(other)];
    if (first !== undefined && (second === undefined || first < second)) count += 1;
  }
  return count;
};

type Strength = readonly [number, number];

/** (Nef, Nfe) ≻win (Ngh, Nhg) where one of these holds. */
const conditions: readonly ((ef: number, fe: number, gh: number, hg: number) => boolean)[] = [
  (ef, fe, gh, hg) => ef > fe && gh <= hg,
  (ef, fe, gh, hg) => ef >= fe && gh < hg,
  (ef, fe, gh, hg) => ef > fe && gh > hg && ef > gh,
  (ef, fe, gh, hg) => ef > fe && gh > hg && ef === gh && fe < hg,
  (ef, fe, gh, hg) => ef < fe && gh < hg && fe < hg,
  (ef, fe, gh, hg) => ef < fe && gh < hg && fe === hg && ef > gh,
];

const isStronger = (one: Strength, other: Strength): boolean =>
  conditions.some((holds) => holds(...one, ...other));

const everyPath = (from: string, to: string, over: readonly string[]): string[][] => [
  [from, to],
  ...over.flatMap((via) =>
    everyPath(
      via,
      to,
      over.filter((one) => one !== via),
    ).map((rest) => [from].concat(rest)),
  ),
];

const strongest = (votes: Votes, from: string, to: string, all: readonly string[]): Strength => {
  const over = all.filter((one) => one !== from && one !== to);
  const strengths = everyPath(from, to, over).map((path) =>
    path
      .slice(1)
      .map((step, index): Strength => {
        const before = path[index] ?? '';
        return [prefers(votes, before, step), prefers(votes, step, before)];
      })
      .reduce((weakest, link) => (isStronger(weakest, link) ? link : weakest)),
  );
  return strengths.reduce((best, one) => (isStronger(one, best) ? one : best));
};

/** Every pair of which the first stands before the second. */
export const slowSchulze = (all: readonly string[], votes: Votes): string[] =>
  all.flatMap((one) =>
    all
      .filter(
        (other) =>
          other !== one && isStronger(strongest(votes, one, other, all), strongest(votes, other, one, all)),
      )
      .map((other) => `${one}${other}`),
  );

/** The Smith set by trying every set, the smallest first. */
export const slowSmith = (all: readonly string[], votes: Votes): string[] => {
  const sets = Array.from({ length: 2 ** all.length }, (_, mask) =>
    all.filter((_name, index) => (mask & (1 << index)) !== 0),
  )
    .filter((set) => set.length > 0)
    .toSorted((a, b) => a.length - b.length);
  const isDominant = (set: readonly string[]): boolean =>
    set.every((one) =>
      all.every((other) => set.includes(other) || prefers(votes, one, other) > prefers(votes, other, one)),
    );
  return sets.find(isDominant) ?? [];
};
