import { describe, expect, it } from 'vitest';
import { translator } from '#shared/i18n/index.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { Paper } from '#shared/papers/paper.ts';
import { someMinutes } from '#test/builders/minutes.ts';

describe('a paper', () => {
  it('whose row has another number of cells than its table has columns is none', () => {
    const paper = minutesPaper(someMinutes(), translator('en'));
    const broken = {
      ...paper,
      sections: [
        {
          heading: 'x',
          blocks: [
            { kind: 'table', columns: [{ title: 'a', width: 'fit', align: 'end' }], rows: [['1', '2']] },
          ],
        },
      ],
    };

    expect(Paper.safeParse(broken).success).toBe(false);
  });
});
