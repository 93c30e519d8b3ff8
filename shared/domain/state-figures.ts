import type { Provenance } from '#shared/domain/provenance.ts';

/** Holds on `from` and after it, until the day before `until` where that is known. */
export type Figure = Provenance & { from: string; until?: string; value: number };

const verifiedOn = '2026-11-22';

const indexes = {
  source:
    'https://kzaif.kz/money/kakie_pokazateli_izmenyatsya_v_kazahstane_s_2023_goda https://tengrinews.kz/kazakhstan_news/minimalnaya-zarplata-mrp-novyie-pokazateli-vstupili-silu-521858 https://korrespondent.one/obshhestvo/utverzhden-novyj-mrp-na-2026-god-v-kazahstane/?noamp=mobile',
  confidence: 'high',
  verifiedOn,
} as const;

/** What a calculator shows in one year is no rule, and says nothing of the next. */
const pay = {
  source: {
    kk: 'Жалақы калькуляторы; құқықтық акт оқылмады',
    ru: 'Калькулятор зарплаты; нормативный акт не читался',
    en: 'A pay calculator; no act was read',
  },
  confidence: 'unverified',
  verifiedOn,
  from: '2023-01-01',
  until: '2027-01-01',
} as const;

/** The index is set for one calendar year each; what the next one is must be looked up. */
const indexOf = (year: number, value: number): Figure => ({
  ...indexes,
  from: `${year}-01-01`,
  until: `${year + 1}-01-01`,
  value,
});

/**
 * Figures that the state sets, in tenge or as factors, with the days for which a source names them (DOMAIN 2.4, 3.6).
 * In 2022 the index for benefits rose to 3 180 on 1 April; nothing here is paid by that one.
 */
const figures = {
  /** Monthly calculation index (АЕК, МРП). */
  mci: [
    indexOf(2022, 3063),
    indexOf(2023, 3450),
    indexOf(2024, 3692),
    indexOf(2025, 3932),
    indexOf(2026, 4325),
  ],
  /** Base official salary (БЛА, БДО) for a pay coefficient of 1. */
  'base-salary': [{ ...pay, value: 17_697 }],
  /** By which the official salary of teachers is raised. */
  'teacher-factor': [{ ...pay, value: 2 }],
} as const satisfies Record<string, readonly Figure[]>;
export type FigureName = keyof typeof figures;

/** Undefined where no source speaks of that day. @param day YYYY-MM-DD */
export const figureOn = (name: FigureName, day: string): Figure | undefined =>
  allOf(name).findLast(({ from, until }) => from <= day && (until === undefined || day < until));

const allOf = (name: FigureName): readonly Figure[] => figures[name];
