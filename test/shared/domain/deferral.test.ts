import { describe, expect, it } from 'vitest';
import { deferralIn } from '#shared/domain/deferral.ts';

const until = '2023-01-31';
const release = (always: boolean) => ({ always, entryUntil: '2023-12-31' });

describe('what may be asked by who begins later', () => {
  it.for<[string, Parameters<typeof deferralIn>[1]]>([
    ['a post that is held', { until }],
    ['one that may be released', { until, release: release(false) }],
    ['one that is always released', { until, release: release(true) }],
  ])('is, while offers are made, what the round file says: %s', ([, rule]) => {
    expect(deferralIn('offers', rule)).toEqual(rule);
  });

  it('is no release once nobody can be offered the post any more', () => {
    expect(deferralIn('onboarding', { until, release: release(false) })).toEqual({ until });
    expect(deferralIn('onboarding', { until })).toEqual({ until });
  });

  it('is nothing then, where no post is held', () => {
    expect(deferralIn('onboarding', { until, release: release(true) })).toBeUndefined();
    expect(deferralIn('onboarding', undefined)).toBeUndefined();
  });
});
