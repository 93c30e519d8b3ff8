import { expect, it } from 'vitest';
import { furtherSeason, type Way } from '#test/builders/further-season.ts';

/*
 * ANCHORS B8: further ratings for exactly the tie group at the line leave fewer wrong decisions than as many for anybody by lot, from the same first
 * ratings. `npm run bench -- near-line` has the figures of a round of the programme's size.
 */

const design = { applications: 600, raters: 20, places: 120 };

const seasons = (way: Way) => {
  const all = Array.from({ length: 10 }, (_, repeat) => furtherSeason(way, design, `line ${repeat}`));
  const sum = (pick: (one: (typeof all)[number]) => number) =>
    all.reduce((total, one) => total + pick(one), 0);
  return {
    asked: sum(({ asked }) => asked),
    undone: {
      near: sum(({ before, near }) => before - near),
      anybody: sum(({ before, anybody }) => before - anybody),
    },
  };
};

it.for([
  ['adjusted', 50, 1.5],
  ['unadjusted', 50, 1.5],
  ['adjusted', 80, 1.1],
  ['unadjusted', 80, 1.1],
] as const)(
  '%s scores, intervals of %d %: a rating near the line undoes at least %s times as many wrong decisions',
  ([by, level, times]) => {
    const { asked, undone } = seasons({ by, level });

    expect(asked).toBeGreaterThan(1000);
    expect(undone.anybody).toBeGreaterThan(0);
    expect(undone.near).toBeGreaterThan(times * undone.anybody);
  },
);
