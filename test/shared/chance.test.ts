import { describe, expect, it } from 'vitest';
import { chanceOf } from '#shared/chance.ts';

describe('a draw', () => {
  it('can be repeated by anybody who has its seed', () => {
    const { below } = chanceOf('drand 4711');
    const drawn = Array.from({ length: 8 }, () => below(2 ** 32));

    // By an implementation of the published algorithm in another language.
    expect(drawn).toEqual([
      1636661726, 3911793348, 2373542955, 2157136502, 864314547, 648085110, 2881810787, 1123568473,
    ]);
  });

  it('is as likely to give each number', () => {
    const { below } = chanceOf('fair');
    const counts = [0, 0, 0, 0, 0, 0];
    for (let drawn = 0; drawn < 60_000; drawn += 1) {
      const face = below(6);
      counts[face] = (counts[face] ?? 0) + 1;
    }

    // Five standard deviations of a binomial with n = 60,000 and p = 1/6 are 456.
    expect(counts.filter((count) => Math.abs(count - 10_000) > 456)).toEqual([]);
  });

  it('puts things into every order equally often', () => {
    const { shuffle } = chanceOf('orders');
    const counts = new Map<string, number>();
    for (let drawn = 0; drawn < 24_000; drawn += 1) {
      const order = shuffle(Int32Array.of(1, 2, 3, 4)).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }

    // Five standard deviations of a binomial with n = 24,000 and p = 1/24 are 155.
    expect(counts.size).toBe(24);
    expect([...counts.values()].filter((count) => Math.abs(count - 1000) > 155)).toEqual([]);
  });
});
