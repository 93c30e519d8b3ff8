import { describe, expect, it } from 'vitest';
import { mayHaveMet, readWorkplace, workplacesIn } from '#shared/domain/worked-at.ts';

const endless = Number.POSITIVE_INFINITY;

describe('a place of work', () => {
  it.for([
    ['№ 12 орта мектеп', '№ 12 орта мектеп', undefined],
    ['№ 12 мектеп, 2015–2019', '№ 12 мектеп', [2015, 2019]],
    ['№ 12 мектеп (2015-2019 жж.)', '№ 12 мектеп', [2015, 2019]],
    ['№ 12 мектеп 2015 жылдан 2019 жылға дейін', '№ 12 мектеп', [2015, 2019]],
    ['Школа № 12 г. Тараз, с 2015 по 2019 год', 'Школа № 12 г. Тараз', [2015, 2019]],
    ['School No. 12: from 2015 to 2019', 'School No. 12', [2015, 2019]],
    ['2015 – 2019: Лицей № 165', 'Лицей № 165', [2015, 2019]],
    ['Лицей № 165, 2017', 'Лицей № 165', [2017, 2017]],
    ['Лицей № 165, 2017–', 'Лицей № 165', [2017, endless]],
    ['Лицей № 165 с 2017 по настоящее время', 'Лицей № 165', [2017, endless]],
    ['Лицей № 165, 2017 – н. в.', 'Лицей № 165', [2017, endless]],
    ['№ 165 лицей, 2017 жылдан бері', '№ 165 лицей', [2017, endless]],
    ['№ 165 лицей, 2017 – қазірге дейін', '№ 165 лицей', [2017, endless]],
    ['Lyceum 165, since 2017', 'Lyceum 165', [2017, endless]],
    ['Лицей № 165, до 2017 года', 'Лицей № 165', [-endless, 2017]],
    ['Лицей № 165, 2010–2012, 2015–2017', 'Лицей № 165', [2010, 2017]],
    ['Школа № 2015', 'Школа № 2015', undefined],
    ['Школа 1200', 'Школа 1200', undefined],
    ['Лицей № 165, 2019–2015', 'Лицей № 165', [2019, 2015]],
    ['2015–2019', '', [2015, 2019]],
  ] as const)('%s: %s, %j', ([line, place, years]) => {
    const [from, until] = years ?? [];

    expect(readWorkplace(line)).toEqual({ place, ...(years && { years: { from, until } }) });
  });

  it('stands on a line of its own; empty lines say nothing', () => {
    expect(workplacesIn('№ 4 мектеп\r\n\n  \nЛицей, 2015\n').map(({ place }) => place)).toEqual([
      '№ 4 мектеп',
      'Лицей',
    ]);
    expect(workplacesIn('')).toEqual([]);
  });
});

it.for([
  [[2010, 2012], [2012, 2014], true],
  [[2010, 2012], [2013, 2014], false],
  [[2013, 2014], [2010, 2012], false],
  [[2010, 2020], [2013, 2014], true],
  [[2013, endless], [2020, 2021], true],
  [[-endless, 2013], [2014, 2015], false],
  [[2012, 2010], [2011, 2011], true],
] as const)('years %j and %j: %s', ([[from, until], [first, last], met]) => {
  expect(mayHaveMet({ from, until }, { from: first, until: last })).toBe(met);
  expect(mayHaveMet(undefined, { from: first, until: last })).toBe(true);
  expect(mayHaveMet({ from, until }, undefined)).toBe(true);
});
