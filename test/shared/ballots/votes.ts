import * as fc from 'fast-check';
import type { RankedBallot } from '#shared/ballots/pairwise.ts';

/** Candidates whose names are one letter each. */
export const each = (letters: string): string[] => Array.from(letters);

/** `5 ACBED`: so many ballots, best first; `AC=B`: the last two are equal. */
export const votes = (...lines: readonly string[]): RankedBallot<string>[] =>
  lines.flatMap((line) => {
    const [count = '0', order = ''] = line.split(' ');
    const ranks = new Map<string, number>();
    let rank = 0;
    for (const [place, name] of each(order).entries()) {
      if (name === '=') continue;
      if (order[place - 1] !== '=') rank += 1;
      ranks.set(name, rank);
    }
    return Array.from({ length: Number(count) }, () => ({ ranks }));
  });

export const names = ['A', 'B', 'C', 'D', 'E'] as const;

/** Ballots with ties and without some candidates' ranks; `recused`: now and then a voter compares one with nobody. */
export const someBallots = ({ recused = false, most = 9 } = {}): fc.Arbitrary<RankedBallot<string>[]> =>
  fc.array(
    fc
      .tuple(
        fc.array(fc.option(fc.integer({ min: 1, max: 5 })), { minLength: 5, maxLength: 5 }),
        fc.subarray<string>([...names], { maxLength: recused ? 2 : 0 }),
      )
      .map(([ranks, without]) => ({
        ranks: new Map(
          names.flatMap((name, index) => {
            const rank = ranks[index];
            return rank === undefined || rank === null || without.includes(name) ? [] : [[name, rank]];
          }),
        ),
        without: new Set(without),
      })),
    { minLength: 1, maxLength: most },
  );
