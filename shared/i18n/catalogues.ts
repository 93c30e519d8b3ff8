import { en } from '#shared/i18n/en.ts';
import { kk } from '#shared/i18n/kk.ts';
import type { Locale } from '#shared/i18n/locale.ts';
import { ru } from '#shared/i18n/ru.ts';

/** Every text of the pages. A key begins with its area: `apply.section.save`. */
export type MessageKey = keyof typeof en;

/** A key missing from any language is a compile error on this line. */
export const catalogues: Record<Locale, Record<MessageKey, string>> = { kk, ru, en };

export const isMessageKey = (text: string): text is MessageKey => Object.hasOwn(en, text);
