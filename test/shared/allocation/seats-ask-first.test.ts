import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from '#shared/allocation/allocate.ts';
import type { Instance, Matches } from '#shared/allocation/instance.ts';
import { anyMarket } from '#test/builders/market.ts';
import { slowDeferredAcceptance } from './slow.ts';

const many = { numRuns: process.env['SOAK'] ? 400_000 : 2_000 };

const matchesOf = (instance: Instance): Matches => {
  const allocation = allocate(instance);
  if (!allocation.ok) throw new Error(JSON.stringify(allocation.error));
  return allocation.value.matches;
};

type Wishes = Record<string, string[]>;

/** By name what each person wants and whom each vacancy ranks, best first, with its seats. */
const given = (wishes: Wishes, rankings: Wishes, capacity = 1): Matches =>
  matchesOf({
    applicants: Object.entries(wishes).map(([id, preferences]) => ({ id, preferences })),
    vacancies: Object.entries(rankings).map(([id, ranking]) => ({
      id,
      capacity,
      region: 'any',
      subject: 'any',
      ranking,
    })),
    caps: [],
    mechanism: 'applicant-proposing-deferred-acceptance',
  });

describe('an allocation without caps, for which the seats ask first', () => {
  it('lets two people change who would each rather have the seat of the other', () => {
    const wishes = { aigul: ['town', 'village'], berik: ['village', 'town'] };
    const rankings = { town: ['berik', 'aigul'], village: ['aigul', 'berik'] };

    expect(given(wishes, rankings)).toEqual({ aigul: 'town', berik: 'village' });
  });

  it('lets three people change in a circle, and again in the one that this opens', () => {
    const wishes = {
      a: ['x', 'y', 'z'],
      b: ['y', 'z', 'x'],
      c: ['z', 'x', 'y'],
    };
    const rankings = { x: ['b', 'c', 'a'], y: ['c', 'a', 'b'], z: ['a', 'b', 'c'] };

    // Each vacancy has its first, each person the last wish; two circles of three later it is the other way round.
    expect(given(wishes, rankings)).toEqual({ a: 'x', b: 'y', c: 'z' });
  });

  it('lets nobody change with a seat that somebody without any waits for', () => {
    const wishes = { aigul: ['town', 'village'], berik: ['village', 'town'], dana: ['town'] };
    const rankings = { town: ['berik', 'dana', 'aigul'], village: ['aigul', 'berik'] };

    expect(given(wishes, rankings)).toEqual({ aigul: 'village', berik: 'town', dana: null });
  });

  it('is that of the slow implementation, in which people ask', () => {
    fc.assert(
      fc.property(anyMarket({ applicants: 8, caps: false }), (instance) => {
        expect(matchesOf(instance)).toEqual(slowDeferredAcceptance(instance));
      }),
      many,
    );
  });
});
