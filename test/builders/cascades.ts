import * as fc from 'fast-check';
import { type Cascade, type CascadeEvent, step } from '#shared/domain/cascade.ts';
import { waveOf } from '#shared/domain/cascade-wave.ts';
import { isShared } from '#shared/domain/post-caps.ts';

/** People by rank with their wishes, and vacancies with their seats. */
export const aCascade = (
  wishes: readonly (readonly string[])[],
  posts: Readonly<Record<string, number>>,
  limits: Cascade['limits'] = [],
  reserves: Cascade['reserves'] = [],
): Cascade => ({
  seekers: new Map(
    wishes.map((own, index) => [`${index + 1}`, { id: `${index + 1}`, wishes: own, offers: [] }]),
  ),
  posts: new Map(Object.entries(posts)),
  limits,
  reserves,
});

/** `1 offered A`, `2 withdrawn`, `A has 3`: steps as a person would tell them. */
export const told = (sentence: string): CascadeEvent => {
  const [first = '', verb, last = ''] = sentence.split(' ');
  if (verb === 'has') return { type: 'capacity-changed', vacancy: first, posts: Number(last) };
  if (verb === 'withdrawn' || verb === 'deferred') return { type: verb, seeker: first };
  const answers = ['offered', 'accepted', 'accepted-conditionally', 'declined', 'lapsed', 'closed'] as const;
  const type = answers.find((one) => one === verb);
  if (!type) throw new Error(`Nobody knows "${sentence}".`);
  return { type, seeker: first, vacancy: last };
};

/** Makes every offer that is due, one after the other by rank. */
export const asked = (state: Cascade, onOffer?: (before: Cascade, event: CascadeEvent) => void): Cascade => {
  let now = state;
  for (const [seeker, vacancy] of waveOf(state)) {
    const event: CascadeEvent = { type: 'offered', seeker, vacancy };
    onOffer?.(now, event);
    const next = step(now, event);
    if (next.ok) now = next.value;
  }
  return now;
};

export const vacancies = ['A', 'B', 'C'];

/** Each post offered to each person, due or not. */
export const everyOffer = ({ seekers }: Cascade) =>
  [...seekers.keys()].flatMap((seeker) => vacancies.map((vacancy) => [seeker, vacancy] as const));

export const anyCascade = fc
  .record({
    wishes: fc.array(fc.shuffledSubarray(vacancies), { minLength: 1, maxLength: 7 }),
    posts: fc.tuple(...vacancies.map(() => fc.nat({ max: 3 }))),
    limits: fc.array(
      fc.record({
        posts: fc.nat({ max: 5 }),
        vacancies: fc.subarray(vacancies).map((some) => new Set(some)),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ wishes, posts, limits }) =>
    aCascade(wishes, Object.fromEntries(vacancies.map((one, index) => [one, posts[index] ?? 0])), limits),
  );

/** A limit over everything, one inside it, and posts that are kept for A or for A and B, in any precedence, counted in either way; or for C beside them. */
export const anyKept = fc
  .record({
    cascade: anyCascade,
    total: fc.nat({ max: 7 }),
    inside: fc.nat({ max: 5 }),
    kept: fc.shuffledSubarray([['A'], ['A', 'B'], ['C']]),
    posts: fc.tuple(...vacancies.map(() => fc.integer({ min: 1, max: 3 }))),
    counting: fc.constantFrom(undefined, 'each-quota' as const),
  })
  .map(
    ({ cascade: { seekers, posts: seats }, total, inside, kept, posts, counting }): Cascade => ({
      seekers,
      posts: seats,
      limits: [
        { posts: total, vacancies: new Set(vacancies) },
        { posts: inside, vacancies: new Set(['A', 'B']) },
      ],
      reserves: kept.map((group, index) => ({
        code: group.join('-'),
        posts: posts[index] ?? 1,
        vacancies: new Set(group),
      })),
      counting,
    }),
  );

/**
 * Whether the offers of a wave stay due while it is made. Where quotas about the same posts count as one (older round files) what is kept depends on who
 * still wants what, so a wave is held against the checker as a whole.
 */
export const holdsOneByOne = ({ counting, reserves = [] }: Cascade): boolean =>
  counting !== undefined || !isShared(reserves);

/** The same where so many posts go by rank alone before kept ones count. */
export const anyOpenFirst = fc
  .tuple(anyKept, fc.nat({ max: 5 }))
  .map(([cascade, openFirst]): Cascade => Object.assign({}, cascade, { openFirst }));

const anyAnswer = fc.constantFrom('accepted', 'accepted-conditionally', 'declined', 'lapsed', 'closed');
const anySentence = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(fc.integer({ min: 1, max: 7 }), anyAnswer, fc.constantFrom(...vacancies)),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.integer({ min: 1, max: 7 }), fc.constantFrom('withdrawn', 'deferred')),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...vacancies), fc.constant('has'), fc.nat({ max: 3 })) },
);
export const anyStory = fc.array(
  anySentence.map((words) => told(words.join(' '))),
  { maxLength: 40 },
);

/** What some events come to, each as one or as `told` reads it. */
export const after = (state: Cascade, ...events: (CascadeEvent | string)[]): Cascade => {
  let now = state;
  for (const event of events) {
    const next = step(now, typeof event === 'string' ? told(event) : event);
    if (!next.ok) throw new Error(next.error);
    now = next.value;
  }
  return now;
};

export const reranked = (...order: string[]): CascadeEvent => ({ type: 'reranked', order });
