import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from '#shared/allocation/allocate.ts';
import type { Cap, Instance, Matches } from '#shared/allocation/instance.ts';
import { anyMarket } from '#test/builders/market.ts';

const many = { numRuns: process.env['SOAK'] ? 200_000 : 1_000 };

const matchesOf = (instance: Instance): Matches => {
  const allocation = allocate(instance);
  if (!allocation.ok) throw new Error(JSON.stringify(allocation.error));
  return allocation.value.matches;
};

const withCaps = (instance: Instance, change: (cap: Cap) => Cap): Instance => ({
  ...instance,
  caps: instance.caps.map(change),
});

/** Two seats, one of them for the north where one is reserved; who stands away is not in the order. */
const given = (first: number, ...away: string[]): Matches => {
  const order = ['aigul', 'berik', 'dana', 'erlan'].filter((id) => !away.includes(id));
  const wish: Record<string, string> = { aigul: 'town', berik: 'sea', dana: 'town', erlan: 'village' };
  return matchesOf({
    applicants: order.map((id) => ({ id, preferences: [wish[id] ?? ''] })),
    vacancies: ['sea', 'town', 'village'].map((id) => ({
      id,
      capacity: 1,
      region: id === 'sea' ? 'south' : 'north',
      subject: 'physics',
      ranking: order,
    })),
    caps: [
      { subject: 'physics', max: 2, open: { first } },
      { region: 'north', max: 2, reserve: 1 },
    ],
    order,
    mechanism: 'applicant-proposing-deferred-acceptance',
  });
};

describe('open seats first', () => {
  it('leave the reserve to those who have none of them: over and above, and not a minimum', () => {
    expect(given(1)).toMatchObject({ aigul: 'town', berik: null, erlan: 'village' });
    expect(given(0)).toMatchObject({ aigul: 'town', berik: 'sea', erlan: null });
  });

  it('may leave somebody worse off when another stays away: the one promise that seats over and above cannot give', () => {
    expect(given(1)['erlan']).toBe('village');
    expect(given(1, 'aigul')).toEqual({ berik: 'sea', dana: 'town', erlan: null });
  });

  it('are nothing where there are none of them', () => {
    fc.assert(
      fc.property(anyMarket({ ordered: true, open: true }), (instance) => {
        const none = withCaps(instance, ({ open, ...cap }) =>
          open ? Object.assign(cap, { open: { first: 0 } }) : cap,
        );
        const unnamed = withCaps(instance, ({ open: _open, ...cap }) => cap);

        expect(matchesOf(none)).toEqual(matchesOf(unnamed));
      }),
      many,
    );
  });

  it('change nothing where nothing is reserved, however many they are', () => {
    fc.assert(
      fc.property(anyMarket({ ordered: true, open: true }), (instance) => {
        const open = withCaps(instance, ({ reserve: _reserve, open: seats, ...cap }) =>
          seats ? Object.assign(cap, { open: { first: seats.first } }) : cap,
        );
        const unnamed = withCaps(instance, ({ reserve: _reserve, open: _open, ...cap }) => cap);

        expect(matchesOf(open)).toEqual(matchesOf(unnamed));
      }),
      many,
    );
  });
});
