import type { RetentionRule } from '#shared/domain/retention.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';

/** How long a rule keeps something, in the reader's language. */
export const monthsKept = (t: Translator, { months }: Pick<RetentionRule, 'months'>): string =>
  months > 0 && months % 12 === 0
    ? t('rights.retention.years', { count: months / 12 })
    : t('rights.retention.months', { count: months });

/** The last day of a hold by the clocks of its round, or that it counts until somebody lifts it. */
export const heldUntil = (t: Translator, until: Instant | undefined, zone: string): string =>
  until ? t.day(addSeconds(until, -1), zone) : t('rights.hold.until-lifted');

/** A rule with whom it is about: `Those who took part: 3 years after the round has ended.` */
export const retentionText = (t: Translator, rule: Pick<RetentionRule, 'code' | 'months'>): string =>
  `${t(`rights.retention.group.${rule.code}`)}: ${monthsKept(t, rule)}`;
