import { describe, expect, it } from 'vitest';
import { ApplicationId, ApplicationNumber } from '#shared/domain/ids.ts';
import { toldAlarms } from '#shared/domain/release-alarms.ts';
import { named } from '#test/builders/rated.ts';

const people = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    applicationId: ApplicationId.parse(named('APP', index)),
    number: ApplicationNumber.parse(`KZ19-AAAA-${String(index).padStart(4, '0')}`),
  }));

const offers = (statuses: Record<string, number>) =>
  Object.entries(statuses).flatMap(([status, count]) => Array.from({ length: count }, () => ({ status })));

const codesOf = (statuses: Record<string, number>, of = 20, gone = 0) =>
  toldAlarms({
    offers: offers(statuses),
    asked: people(of),
    unreached: new Set(people(gone).map(({ applicationId }) => applicationId)),
  }).map(({ code, count, of: all, whom }) => [code, count, all, whom?.length]);

describe('alarms between two parts of the offers', () => {
  it('say that more than half of five or more answers are refusals or lapses', () => {
    expect(codesOf({ declined: 2, lapsed: 1, accepted: 2 })).toEqual([['offers-refused', 3, 5, undefined]]);
    expect(codesOf({ declined: 3, accepted: 3 })).toEqual([]);
    expect(codesOf({ declined: 4, open: 30, closed: 30 })).toEqual([]);
  });

  it('count an acceptance on a condition as one', () => {
    const onCondition = Array.from({ length: 3 }, () => ({ status: 'open', condition: {} }));
    const all = [...offers({ declined: 3 }), ...onCondition];

    expect(toldAlarms({ offers: all, asked: people(6), unreached: new Set() })).toEqual([]);
  });

  it('say and name whom letters do not reach, where those are three or more and over a tenth', () => {
    expect(codesOf({}, 20, 3)).toEqual([['offers-unreached', 3, 20, 3]]);
    expect(codesOf({}, 10, 2)).toEqual([]);
    expect(codesOf({}, 30, 3)).toEqual([]);
  });
});
