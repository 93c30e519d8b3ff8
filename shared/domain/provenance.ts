import * as z from 'zod';
import { Texts } from '#shared/domain/texts.ts';
import type { Locale } from '#shared/i18n/locale.ts';

/** `unverified` rules are samples: pages mark them so, and nobody may call them official (DOMAIN D2). */
export const Confidence = z.enum(['high', 'medium', 'low', 'unverified']);
export type Confidence = z.infer<typeof Confidence>;

/** What a rule is called within its round file. */
export const RuleCode = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/** An address, or the number and date of an act; for an unverified rule, what it was recollected from. In words, one text for each language. */
export const Source = z.union([z.string().trim().min(1).max(500), Texts]);
export type Source = z.infer<typeof Source>;

/** Where a rule or a figure comes from. Every rule of a round file carries it. */
export const provenance = {
  source: Source,
  confidence: Confidence,
  verifiedOn: z.iso.date(),
};
export const Provenance = z.strictObject(provenance);
export type Provenance = z.infer<typeof Provenance>;

export const sourceIn = (locale: Locale, source: Source): string =>
  typeof source === 'string' ? source : source[locale];

/** What follows from several facts is no surer than the least sure of them. */
export const leastSure = (facts: readonly Pick<Provenance, 'confidence'>[]): Confidence =>
  Confidence.options.findLast((level) => facts.some(({ confidence }) => confidence === level)) ??
  'unverified';
