import type { Instant } from '#shared/domain/time.ts';
import en from '#shared/i18n/en/papers.json' with { type: 'json' };
import type { MessageKey, Translator } from '#shared/i18n/index.ts';
import kk from '#shared/i18n/kk/papers.json' with { type: 'json' };
import type { Locale } from '#shared/i18n/locale.ts';
import { type Facts, fill } from '#shared/i18n/message.ts';
import ru from '#shared/i18n/ru/papers.json' with { type: 'json' };

export type PaperKey = keyof typeof en;

/** A key missing from any language is a compile error on this line. Kept apart: no page carries the texts of papers. */
export const paperCatalogues: Record<Locale, Record<PaperKey, string>> = { kk, ru, en };

/** Knows the texts of papers and those of the pages. */
export type PaperTranslator = ((key: PaperKey, facts?: Facts) => string) & Translator;

export const withPaperTexts = (t: Translator): PaperTranslator => {
  const say = (key: PaperKey | MessageKey, facts: Facts = {}): string =>
    isPaperKey(key) ? fill(paperCatalogues[t.locale][key], facts, t.locale) : t(key, facts);
  return Object.assign(say, t, {
    day: (instant: Instant, zone?: string) => unbroken(t.day(instant, zone)),
    moment: (instant: Instant, zone?: string) => unbroken(t.moment(instant, zone)),
    start: (instant: Instant, zone?: string) => unbroken(t.start(instant, zone)),
  });
};

/** On paper no date is cut in two by the end of a line. */
const unbroken = (text: string): string => text.replaceAll(' ', '\u00A0');

const isPaperKey = (key: string): key is PaperKey => Object.hasOwn(en, key);
