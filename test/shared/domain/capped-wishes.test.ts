import { describe, expect, it } from 'vitest';
import { cappedWishes } from '#shared/domain/capped-wishes.ts';
import type { Cascade, Seeker } from '#shared/domain/cascade.ts';

const seeker = (id: string, wishes: string[], offers: Seeker['offers'] = []): [string, Seeker] => [
  id,
  { id, wishes, offers },
];

/** Two posts, A and B, of which the round fills `most`. */
const aRound = (seekers: readonly [string, Seeker][], most: number): Cascade => ({
  seekers: new Map(seekers),
  posts: new Map([
    ['A', 1],
    ['B', 1],
  ]),
  limits: [{ posts: most, vacancies: new Set(['A', 'B']) }],
});

const accepted = [{ vacancy: 'A', status: 'accepted' as const }];

describe('a wish that a limit decides about', () => {
  it('is one with a free seat under a limit that others have used up', () => {
    const state = aRound([seeker('first', ['A'], accepted), seeker('second', ['B'])], 1);

    expect(cappedWishes(state).get('second')).toEqual({ vacancy: 'B', limits: [0] });
  });

  it('is counted once the offers that are due are made', () => {
    const state = aRound([seeker('first', ['A']), seeker('second', ['B'])], 1);

    expect(cappedWishes(state).get('second')).toEqual({ vacancy: 'B', limits: [0] });
    expect(cappedWishes(state).get('first')).toBeUndefined();
  });

  it('is none where the seat is another’s, where the limit leaves posts, and for who has one or is nobody', () => {
    const others = [seeker('first', ['A'], accepted), seeker('second', ['A'])];

    expect(cappedWishes(aRound(others, 1)).get('second')).toBeUndefined();
    expect(
      cappedWishes(aRound([seeker('first', ['A'], accepted), seeker('second', ['B'])], 2)).get('second'),
    ).toBeUndefined();
    expect(cappedWishes(aRound(others, 1)).get('first')).toBeUndefined();
    expect(cappedWishes(aRound(others, 1)).get('nobody')).toBeUndefined();
  });
});
