import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, orderIn, sortedBy } from '#functions/web/sorting.ts';

const up = { down: false, language: 'en' };
const down = { down: true, language: 'en' };

describe('the order of a list', () => {
  const columns = new Set(['rank', 'mean']);

  it('is what the address says under the name of the list, downwards behind a minus', () => {
    expect(orderIn('?ranks=-mean&raters=rank', 'ranks', columns)).toEqual({ column: 'mean', down: true });
    expect(orderIn('?ranks=-mean&raters=rank', 'raters', columns)).toEqual({ column: 'rank', down: false });
  });

  it.for(['', '?ranks=', '?ranks=-', '?ranks=--mean', '?ranks=points', '?ranks=constructor'])(
    'is none where the address says %s',
    (query) => {
      expect(orderIn(query, 'ranks', columns)).toBeUndefined();
    },
  );

  it('is set by a link that keeps the rest of the address and leads to the first page of the list', () => {
    const order = { column: 'mean', down: true };

    expect(addressOf('/en/charts', '?until=2022&ranks=rank&done=saved&page=7', 'ranks', order)).toBe(
      '/en/charts?until=2022&ranks=-mean#ranks',
    );
  });

  it('leaves the pages of other lists where they are', () => {
    const order = { column: 'mean', down: false, page: 'ranks-page' };

    expect(addressOf('/en/charts', '?ranks-page=7&page=3&raters-page=2', 'ranks', order)).toBe(
      '/en/charts?page=3&raters-page=2&ranks=mean#ranks',
    );
  });

  it('is found again in the address that was made of it, whatever else stands there', () => {
    const anyPair = fc.tuple(fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 }));
    fc.assert(
      fc.property(
        fc.array(anyPair, { maxLength: 4 }),
        fc.constantFrom('rank', 'mean'),
        fc.boolean(),
        (pairs, column, way) => {
          const query = `?${new URLSearchParams(pairs).toString()}`;
          const address = addressOf('/x', query, 'ranks', { column, down: way });
          const [asked = ''] = address.slice(address.indexOf('?')).split('#');
          expect(orderIn(asked, 'ranks', columns)).toEqual({ column, down: way });
        },
      ),
    );
  });
});

describe('rows', () => {
  it('are sorted by numbers as numbers', () => {
    expect(sortedBy([10, 9, 100], (one) => one, up)).toEqual([9, 10, 100]);
  });

  it('are sorted by names in the alphabet of the language', () => {
    const names = ['Қанат', 'Ләйла', 'Кәмила', 'Айгүл'];

    expect(sortedBy(names, (one) => one, { down: false, language: 'kk' })).toEqual([
      'Айгүл',
      'Кәмила',
      'Қанат',
      'Ләйла',
    ]);
  });

  it.for([up, down])('come last without a value, whichever way: %j', (order) => {
    expect(sortedBy([undefined, 1, undefined, 2], (one) => one, order).slice(2)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('that are equal stay as they came, both ways', () => {
    const rows = [
      { id: 'a', points: 5 },
      { id: 'b', points: 7 },
      { id: 'c', points: 5 },
    ];

    expect(sortedBy(rows, ({ points }) => points, up).map(({ id }) => id)).toEqual(['a', 'c', 'b']);
    expect(sortedBy(rows, ({ points }) => points, down).map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  });
});
