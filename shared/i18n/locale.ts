import * as z from 'zod';

/** Kazakh, Russian, English: the order in which the language switch shows them. */
export const locales = ['kk', 'ru', 'en'] as const;

export const Locale = z.enum(locales);
export type Locale = z.infer<typeof Locale>;

/** How each language calls itself; never translated. */
export const localeNames: Record<Locale, string> = { kk: 'Қазақша', ru: 'Русский', en: 'English' };

/** A visitor whose browser names none of our languages reads the state language. */
const fallback: Locale = 'kk';

/** @param header `Accept-Language` as sent (RFC 9110, 12.5.4): the best weight wins, earlier on a tie */
export const negotiateLocale = (header: string | undefined): Locale => {
  let best: { locale: Locale; weight: number } | undefined;
  for (const range of (header ?? '').split(',').slice(0, 20)) {
    const [tag = '', ...parameters] = range.trim().split(';');
    const locale = Locale.safeParse(tag.trim().toLowerCase().split('-')[0]);
    if (!locale.success) continue;
    const weight = weightOf(parameters);
    if (weight > (best?.weight ?? 0)) best = { locale: locale.data, weight };
  }
  return best?.locale ?? fallback;
};

const weightOf = (parameters: readonly string[]): number => {
  const quality = parameters.map((text) => text.trim()).find((text) => text.startsWith('q='));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return Number.isFinite(weight) ? weight : 0;
};
