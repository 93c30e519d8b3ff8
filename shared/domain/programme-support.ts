import type { IncentiveRule } from '#shared/domain/incentive-rule.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';

const verifiedOn = '2026-11-22';

/** The minister's worked example of April 2022. */
const minister = {
  standing: 'example',
  source: 'https://lyubimiigorod.ru/karaganda/news/15624525',
  confidence: 'high',
  verifiedOn,
} as const;

/**
 * What is known of the programme's package (DOMAIN 1.4, 2.5), for rounds whose file names nothing of their own. What no
 * source gives a worth, such as moving costs and housing, has no rule here, and pages say so.
 */
const programmeSupport: readonly IncentiveRule[] = [
  {
    of: ['surcharge-150'],
    title: {
      kk: 'Лауазымдық айлықақының 150 % мөлшеріндегі қосымша ақы (баспасөзде «150 %-ға дейін»)',
      ru: 'Доплата 150 % должностного оклада (в прессе – «до 150 %»)',
      en: '150% of the official salary on top (in the press: “up to 150%”)',
    },
    worth: { unit: 'official-salary', percent: 150 },
    every: 'month',
    standing: 'rule',
    source: 'https://adilet.zan.kz/rus/docs/P2200000707/compare/rus',
    confidence: 'high',
    verifiedOn,
  },
  {
    of: ['surcharge-150'],
    title: {
      kk: 'Министрдің 2022 жылғы сәуірдегі мысалы, бүкіл жалақы (шамамен)',
      ru: 'Пример министра, апрель 2022 года, вся заработная плата (около)',
      en: 'The minister’s example of April 2022, the whole pay (about)',
    },
    worth: { unit: 'tenge', from: 650_000 },
    every: 'month',
    ...minister,
  },
  {
    of: ['housing', 'utilities'],
    title: {
      kk: 'Министрдің 2022 жылғы сәуірдегі мысалы, тұрғын үй мен коммуналдық шығындар бірге (шамамен)',
      ru: 'Пример министра, апрель 2022 года, жильё и коммунальные расходы вместе (около)',
      en: 'The minister’s example of April 2022, housing and utilities together (about)',
    },
    worth: { unit: 'tenge', from: 140_000 },
    every: 'month',
    ...minister,
  },
  {
    of: ['kindergarten', 'school-place'],
    title: {
      kk: 'Балаларға балабақша мен мектептен орын беріледі',
      ru: 'Детям предоставляются места в детском саду и школе',
      en: 'Children get places in a kindergarten and a school',
    },
    worth: { unit: 'in-kind' },
    every: 'once',
    standing: 'rule',
    source: 'https://ontustiktv.kz/kz/news/51359',
    confidence: 'high',
    verifiedOn,
  },
  {
    of: ['relocation'],
    title: {
      kk: 'Басқа бағдарламада, «Дипломмен ауылға», 3 жыл жұмыс істегенге 100 АЕК беріледі',
      ru: 'В другой программе, «С дипломом в село», за 3 года работы выплачивается 100 МРП',
      en: 'Another programme, With Diploma to the Village, pays 100 MCI for 3 years of work',
    },
    worth: { unit: 'mci', times: 100 },
    every: 'once',
    standing: 'example',
    source: 'https://eljastary.kz/en/opportunities/programs/s-diplomom-v-selo/',
    confidence: 'high',
    verifiedOn,
  },
];

/** The rules that a round's incentives are valued by: its own, or what is known of the programme. */
export const incentiveRulesOf = (file: Pick<RoundFile, 'incentives'>): readonly IncentiveRule[] =>
  file.incentives ?? programmeSupport;
