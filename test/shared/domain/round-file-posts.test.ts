import { describe, expect, it } from 'vitest';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { brokenRules } from '#shared/domain/round-file-rules.ts';
import { aRoundFile } from '#test/builders/round-file.ts';

type Posts = RoundFile['posts'];
type Quota = Posts['quotas'][number];
type Given = [kind: Quota['kind'], posts: number, of: Quota['of']];

const sourced = { source: 'a test', confidence: 'unverified', verifiedOn: '2026-11-22' } as const;

const quotaOf = ([kind, posts, of]: Given, index: number): Quota => ({
  code: `q${index}`,
  title: { kk: 'Квота', ru: 'Квота', en: 'Quota' },
  precedence: index + 1,
  kind,
  posts,
  of,
  ...sourced,
});

/** What is wrong with the posts of a file that is right otherwise, as `pointer message`. */
const broken = (posts: Partial<Posts>): string[] => {
  const file = aRoundFile();
  return brokenRules({ ...file, posts: { ...file.posts, ...posts } }, 'KZ-19').map(
    ({ path, message }) => `/${path.join('/')} ${message.replace('round-file.', '')}`,
  );
};

/** A round of twenty posts. */
const dealing = (mechanism: NonNullable<Posts['allocation']>['mechanism'] | undefined, ...quotas: Given[]) =>
  broken({
    total: 20,
    quotas: quotas.map(quotaOf),
    ...(mechanism && { allocation: { mechanism, ...sourced } }),
  });

const deferred = 'applicant-proposing-deferred-acceptance';
const merit = 'merit-order-with-choice';
const physics: Quota['of'] = { subjects: ['physics'] };
const russian: Quota['of'] = { languages: ['ru'] };
const russianPhysics: Quota['of'] = { subjects: ['physics'], languages: ['ru'] };
const chemistry: Quota['of'] = { subjects: ['chemistry'] };

const uncounted = '/posts/allocation/counting kept-inside-kept';

describe('the quotas of a round file', () => {
  it('have an order', () => {
    const [first, second] = [quotaOf(['at-most', 3, physics], 0), quotaOf(['at-most', 3, russian], 1)];

    expect(broken({ quotas: [first, second] })).toEqual([]);
    expect(broken({ quotas: [first, { ...second, precedence: 1 }] })).toEqual([
      '/posts/quotas/1/precedence same-precedence',
    ]);
  });

  it('go with no over-booking, which is refused in words', () => {
    expect(broken({ overbooking: 0 })).toEqual([]);
    for (const overbooking of [1, 30, -1]) {
      expect(broken({ overbooking })).toEqual(['/posts/overbooking overbooking']);
    }
  });

  it('keep posts with deferred acceptance, and are refused with a merit order or with no mechanism named', () => {
    expect(dealing(deferred, ['at-least', 5, physics])).toEqual([]);
    expect(dealing(merit, ['at-least', 5, physics])).toEqual(['/posts/quotas/0/kind reserve-needs-deferral']);
    expect(dealing(undefined, ['at-least', 5, physics])).toEqual([
      '/posts/quotas/0/kind reserve-needs-deferral',
    ]);
  });

  it('may cross in a merit order, and with deferred acceptance lie apart or one inside the other', () => {
    expect(dealing(merit, ['at-most', 5, physics], ['at-most', 5, russian])).toEqual([]);
    expect(dealing(deferred, ['at-most', 5, physics], ['at-most', 5, russian])).toEqual([
      '/posts/quotas/1/of quotas-cross',
    ]);
    expect(
      dealing(deferred, ['at-most', 9, physics], ['at-least', 5, russianPhysics], ['at-least', 5, chemistry]),
    ).toEqual([]);
  });

  it('keep no more than the round and each limit have, inner ones counting for the outer', () => {
    expect(
      dealing(
        deferred,
        ['at-least', 12, physics],
        ['at-least', 12, russianPhysics],
        ['at-least', 8, chemistry],
      ),
    ).toEqual([uncounted]);
    expect(dealing(deferred, ['at-least', 13, physics], ['at-least', 8, chemistry])).toEqual([
      '/posts/total kept-over-total',
    ]);
    expect(dealing(deferred, ['at-least', 6, russianPhysics], ['at-most', 5, physics])).toEqual([
      '/posts/quotas/1/posts kept-over-limit',
    ]);
  });

  it('say how they are counted where one that keeps posts lies inside another', () => {
    const counted = (...quotas: Given[]) =>
      broken({
        total: 20,
        quotas: quotas.map(quotaOf),
        allocation: { mechanism: deferred, counting: 'each-quota', ...sourced },
      });

    expect(dealing(deferred, ['at-least', 5, russianPhysics], ['at-least', 6, physics])).toEqual([uncounted]);
    expect(counted(['at-least', 5, russianPhysics], ['at-least', 6, physics])).toEqual([]);
    expect(dealing(deferred, ['at-least', 5, physics], ['at-least', 6, physics])).toEqual([uncounted]);
    expect(dealing(deferred, ['at-least', 5, physics], ['at-least', 6, chemistry])).toEqual([]);
    expect(dealing(deferred, ['at-least', 5, russianPhysics], ['at-most', 6, physics])).toEqual([]);
  });

  it('let posts go by rank alone first, as many as the kept ones leave, and only where some are kept', () => {
    const opening = (openFirst: number, mechanism: typeof deferred | typeof merit, ...quotas: Given[]) =>
      broken({
        total: 20,
        quotas: quotas.map(quotaOf),
        allocation: { mechanism, openFirst, ...sourced },
      });

    expect(opening(12, deferred, ['at-least', 8, physics])).toEqual([]);
    expect(opening(13, deferred, ['at-least', 8, physics])).toEqual([
      '/posts/allocation/openFirst open-over-total',
    ]);
    expect(opening(12, deferred, ['at-most', 8, physics])).toEqual([
      '/posts/allocation/openFirst open-without-kept',
    ]);
    expect(opening(12, merit)).toEqual(['/posts/allocation/openFirst open-needs-deferral']);
  });
});
