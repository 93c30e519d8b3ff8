import * as z from 'zod';
import type { Texts } from '#shared/domain/texts.ts';

/** ISO 3166-2:KZ since the reform of 2022. Codes from the ISO data, names from general knowledge (DOMAIN 3.1). */
export const regions = {
  'KZ-10': { kk: 'Абай облысы', ru: 'область Абай', en: 'Abai Region' },
  'KZ-11': { kk: 'Ақмола облысы', ru: 'Акмолинская область', en: 'Akmola Region' },
  'KZ-15': { kk: 'Ақтөбе облысы', ru: 'Актюбинская область', en: 'Aktobe Region' },
  'KZ-19': { kk: 'Алматы облысы', ru: 'Алматинская область', en: 'Almaty Region' },
  'KZ-23': { kk: 'Атырау облысы', ru: 'Атырауская область', en: 'Atyrau Region' },
  'KZ-27': {
    kk: 'Батыс Қазақстан облысы',
    ru: 'Западно-Казахстанская область',
    en: 'West Kazakhstan Region',
  },
  'KZ-31': { kk: 'Жамбыл облысы', ru: 'Жамбылская область', en: 'Zhambyl Region' },
  'KZ-33': { kk: 'Жетісу облысы', ru: 'область Жетісу', en: 'Zhetysu Region' },
  'KZ-35': { kk: 'Қарағанды облысы', ru: 'Карагандинская область', en: 'Karaganda Region' },
  'KZ-39': { kk: 'Қостанай облысы', ru: 'Костанайская область', en: 'Kostanay Region' },
  'KZ-43': { kk: 'Қызылорда облысы', ru: 'Кызылординская область', en: 'Kyzylorda Region' },
  'KZ-47': { kk: 'Маңғыстау облысы', ru: 'Мангистауская область', en: 'Mangystau Region' },
  'KZ-55': { kk: 'Павлодар облысы', ru: 'Павлодарская область', en: 'Pavlodar Region' },
  'KZ-59': {
    kk: 'Солтүстік Қазақстан облысы',
    ru: 'Северо-Казахстанская область',
    en: 'North Kazakhstan Region',
  },
  'KZ-61': { kk: 'Түркістан облысы', ru: 'Туркестанская область', en: 'Turkistan Region' },
  'KZ-62': { kk: 'Ұлытау облысы', ru: 'область Улытау', en: 'Ulytau Region' },
  'KZ-63': {
    kk: 'Шығыс Қазақстан облысы',
    ru: 'Восточно-Казахстанская область',
    en: 'East Kazakhstan Region',
  },
  'KZ-71': { kk: 'Астана қаласы', ru: 'город Астана', en: 'Astana (city)' },
  'KZ-75': { kk: 'Алматы қаласы', ru: 'город Алматы', en: 'Almaty (city)' },
  'KZ-79': { kk: 'Шымкент қаласы', ru: 'город Шымкент', en: 'Shymkent (city)' },
} as const satisfies Record<string, Texts>;

export const RegionCode = z.enum([
  'KZ-10',
  'KZ-11',
  'KZ-15',
  'KZ-19',
  'KZ-23',
  'KZ-27',
  'KZ-31',
  'KZ-33',
  'KZ-35',
  'KZ-39',
  'KZ-43',
  'KZ-47',
  'KZ-55',
  'KZ-59',
  'KZ-61',
  'KZ-62',
  'KZ-63',
  'KZ-71',
  'KZ-75',
  'KZ-79',
]);
export type RegionCode = z.infer<typeof RegionCode>;

/** Named in Decree 390 of 13 June 2022 (DOMAIN 1.1); Zhetysu, split off since, is not confirmed. */
export const programmeRegions: ReadonlySet<RegionCode> = new Set<RegionCode>([
  'KZ-19',
  'KZ-23',
  'KZ-47',
  'KZ-61',
]);

/** What the region is called in the three languages of the pages. */
export const regionName = (code: RegionCode): Texts => regions[code];
