import type { Locale } from '#shared/i18n/locale.ts';
import { withMinus } from '#shared/i18n/number.ts';

export type Facts = Readonly<Record<string, string | number>>;

/**
 * Fills a message: `{name}` by its fact, and the plural form of ICU message format
 * `{count, plural, one {# vacancy} other {# vacancies}}` by the rules of the language, where `=0 {none}` stands for just that number. Nothing
 * else of ICU is needed, and no fact stands inside a plural form.
 * A fact that was not given throws: a page with a hole in it must not be served.
 */
export const fill = (message: string, facts: Facts, locale: Locale): string =>
  message
    .replace(pluralForm, (_whole, name: string, forms: string) =>
      plural(forms, numberOf(facts, name), locale),
    )
    .replace(placeholder, (_whole, name: string) => textOf(factOf(facts, name), locale));

/** The names that a message needs, each once, sorted: equal in all languages, or a translation lost a fact. */
export const placeholdersOf = (message: string): string[] => {
  const names = [...message.matchAll(pluralForm)].map((match) => match[1] ?? '');
  const rest = message.replace(pluralForm, '');
  for (const match of rest.matchAll(placeholder)) names.push(match[1] ?? '');
  return [...new Set(names)].toSorted();
};

/** The plural categories that each plural in a message spells out. */
export const pluralCategoriesOf = (message: string): string[][] =>
  [...message.matchAll(pluralForm)].map((match) =>
    [...(match[2] ?? '').matchAll(oneForm)]
      .map((form) => form[1] ?? '')
      .filter((form) => !form.startsWith('=')),
  );

const pluralForm = /\{(\w+), plural,((?: =?\w+ \{[^{}]*\})+)\}/g;
const oneForm = /(=?\w+) \{([^{}]*)\}/g;
const placeholder = /\{(\w+)\}/g;

const plural = (forms: string, count: number, locale: Locale): string => {
  const texts = new Map([...forms.matchAll(oneForm)].map((form) => [form[1], form[2]]));
  const text =
    texts.get(`=${count}`) ??
    texts.get(new Intl.PluralRules(locale).select(count)) ??
    texts.get('other') ??
    '';
  return text.replaceAll('#', textOf(count, locale));
};

const factOf = (facts: Facts, name: string): string | number => {
  const fact = facts[name];
  if (fact === undefined) throw new Error(`A message needs the fact "${name}", which was not given.`);
  return fact;
};

const numberOf = (facts: Facts, name: string): number => Number(factOf(facts, name));

/** No separator in a year or a line number, one from 10 000 on. */
const textOf = (fact: string | number, locale: Locale): string =>
  typeof fact === 'number'
    ? withMinus(new Intl.NumberFormat(locale, { useGrouping: 'min2' }).format(fact))
    : fact;
