import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cascade, type CascadeEvent, isLive } from '#shared/domain/cascade.ts';
import { checkedStep } from '#shared/domain/cascade-check.ts';
import { waveOf } from '#shared/domain/cascade-wave.ts';
import { owedBy } from '#shared/domain/edition-owed.ts';
import { aCascade, after, anyCascade, anyKept, anyStory, asked, reranked } from '#test/builders/cascades.ts';

const first = ['1', '2', '3'];

/** `2: extra-place A`: what is owed to whom. */
const owedIn = (now: Cascade, orders: readonly (readonly string[])[], posts = now.posts): string[] =>
  owedBy(now, orders, posts).map(({ seeker, owed, post }) => `${seeker}: ${owed}${post ? ` ${post}` : ''}`);

describe('what corrected results owe', () => {
  const three = aCascade([['A'], ['A'], ['A']], { A: 1 });
  const corrected = ['3', '1', '2'];

  it('is the next place while somebody only holds the offer, and one more once it is taken for good', () => {
    const open = after(asked(three), reranked(...corrected));
    expect(owedIn(open, [first, corrected])).toEqual(['3: offer-next A', '1: placed', '2: nothing']);
    const taken = after(open, '1 accepted A');
    expect(owedIn(taken, [first, corrected])[0]).toBe('3: extra-place A');
    expect(owedIn(after(open, '1 declined A'), [first, corrected])[0]).toBe('3: due A');
  });

  it('is nothing more once a remedy names the post, and once the place is there', () => {
    const taken = after(asked(three), reranked(...corrected), '1 accepted A');
    const { posts } = taken;
    const added = after(taken, 'A has 2', { type: 'put-first', seeker: '3', vacancies: ['A'] });
    expect(owedIn(added, [first, corrected], posts)[0]).toBe('3: due A');
    expect(owedIn(asked(added), [first, corrected], posts)).toEqual(['3: placed', '1: placed', '2: nothing']);
    const waiting = after(taken, { type: 'put-first', seeker: '3', vacancies: ['A'] });
    expect(owedIn(waiting, [first, corrected])[0]).toBe('3: promised A');
  });

  it('is nothing to whom the correction stops, who keeps what they have, nor to who left', () => {
    const now = after(asked(three), reranked('3'), '2 withdrawn');
    expect(owedIn(now, [first, ['3']])).toEqual(['3: offer-next A', '1: keeps', '2: left']);
    expect(owedIn(after(asked(three), reranked('1')), [first, ['1']])).toEqual([
      '1: placed',
      '2: stopped',
      '3: stopped',
    ]);
  });

  it('says who would have had more and has accepted another post', () => {
    const two = aCascade([['A'], ['A', 'B']], { A: 1, B: 1 });
    const now = after(asked(two), '2 accepted B', reranked('2', '1'));
    expect(
      owedIn(now, [
        ['1', '2'],
        ['2', '1'],
      ]),
    ).toEqual(['2: accepted A', '1: placed']);
  });

  it('is owed to whom a correction passed over that was taken back', () => {
    const now = after(three, reranked('3', '1', '2'));
    const back = after(asked(now), reranked(...first));
    expect(owedIn(back, [first, corrected, first])).toEqual(['1: offer-next A', '2: nothing', '3: placed']);
  });
});

/** Everything that is due is offered after each step; the orders count one after the other. */
const played = (start: Cascade, story: readonly CascadeEvent[], wanted: readonly (readonly string[])[]) => {
  let now = asked(start);
  const orders: (readonly string[])[] = [[...start.seekers.keys()]];
  for (const [index, event] of story.entries()) {
    const order = wanted[index]?.filter((id) => start.seekers.has(id));
    if (order) orders.push(order);
    for (const one of [...(order ? [reranked(...order)] : []), event]) {
      const checked = checkedStep(now, one);
      now = asked(checked.ok ? checked.value : now);
    }
  }
  return { now, orders };
};

const remedyOf = (
  { posts }: Cascade,
  { seeker, what, post }: { seeker: string; what: 'offer-next' | 'extra-place'; post: string },
): CascadeEvent[] => [
  ...(what === 'extra-place'
    ? [{ type: 'capacity-changed' as const, vacancy: post, posts: (posts.get(post) ?? 0) + 1 }]
    : []),
  { type: 'put-first', seeker, vacancies: [post] },
];

const held = ({ seekers }: Cascade): string[] =>
  [...seekers.values()].flatMap(({ id, offers }) =>
    offers.filter(isLive).map(({ vacancy, status }) => `${id} ${status} ${vacancy}`),
  );

describe('what corrected results owe, whatever happened', () => {
  const anyOrders = fc.array(fc.shuffledSubarray(['1', '2', '3', '4', '5', '6', '7']), {
    minLength: 1,
    maxLength: 2,
  });

  it('is a post that the person wants more than what they hold, can be granted, and takes nothing from anybody', () => {
    let owed = 0;
    fc.assert(
      fc.property(fc.oneof(anyCascade, anyKept), anyStory, anyOrders, (start, story, wanted) => {
        const { now, orders } = played(start, story, wanted);
        const listed = owedBy(now, orders, now.posts);
        expect(listed.map(({ seeker }) => seeker)).toEqual([...now.seekers.keys()]);
        for (const { seeker, owed: what, post = '' } of listed) {
          if (what !== 'offer-next' && what !== 'extra-place') continue;
          owed += 1;
          const remedied = after(now, ...remedyOf(now, { seeker, what, post }));
          expect(held(asked(remedied))).toEqual(expect.arrayContaining(held(now)));
          const got = waveOf(remedied).get(seeker);
          const wishes = now.seekers.get(seeker)?.wishes ?? [];
          // A limit may keep the place empty for now.
          if (now.limits.length === 0 && what === 'extra-place')
            expect(wishes.slice(0, wishes.indexOf(post) + 1)).toContain(got);
        }
      }),
      { numRuns: process.env['SOAK'] ? 40_000 : 200 },
    );
    expect(owed).toBeGreaterThan(10);
  });

  it('is nothing where the order stayed', () => {
    fc.assert(
      fc.property(anyCascade, anyStory, (start, story) => {
        const { now } = played(start, story, []);
        const order = [...start.seekers.keys()];
        for (const { owed } of owedBy(after(now, reranked(...order)), [order, order], now.posts))
          expect(['placed', 'nothing', 'left']).toContain(owed);
      }),
      { numRuns: 100 },
    );
  });
});
