import { readdirSync, readFileSync } from 'node:fs';
import type { Locale } from '#shared/i18n/index.ts';

export type Catalogue = Readonly<Record<string, string>>;

const folder = (locale: Locale): URL => new URL(`../../../shared/i18n/${locale}/`, import.meta.url);

export const areas = readdirSync(folder('en')).map((name) => name.replace('.json', ''));

export const read = (locale: Locale, area: string): Catalogue =>
  JSON.parse(readFileSync(new URL(`${area}.json`, folder(locale)), 'utf8'));

/** Every text of a language, those of letters and papers too. */
export const textsOf = (locale: Locale): Catalogue =>
  Object.fromEntries(areas.flatMap((area) => Object.entries(read(locale, area))));
