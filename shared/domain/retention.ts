import * as z from 'zod';
import type { Application } from '#shared/domain/application.ts';
import { provenance } from '#shared/domain/provenance.ts';
import { HoldCause } from '#shared/domain/retention-hold.ts';
import type { Round } from '#shared/domain/round.ts';
import type { Instant } from '#shared/domain/time.ts';
import { dayAt, endOfDay } from '#shared/domain/zone.ts';

/** Whose data: of those who began and never submitted, of those who took part, of those who got a post. */
export const RetentionGroup = z.enum(['begun', 'took-part', 'placed']);
export type RetentionGroup = z.infer<typeof RetentionGroup>;

/**
 * How long what was typed and sent is kept after a round ended, in calendar months; then it is erased (law 94-V, art. 18). The term
 * for competition papers could not be read (DOMAIN 3.9), so the rules of the shipped round are unverified.
 */
export const RetentionRule = z.strictObject({
  code: RetentionGroup,
  months: z.int().min(0).max(900),
  ...provenance,
});
export type RetentionRule = z.infer<typeof RetentionRule>;

/** What keeps an application although its time is over: something about it that is still open, or a person's word. */
export const RetentionHold = z.enum(['claim', 'data-request', 'placement', ...HoldCause.options]);
export type RetentionHold = z.infer<typeof RetentionHold>;

/** Since when the months count. Undefined while a round runs, and while its minutes are drawn from what is kept. */
export const retentionFrom = (round: Round): Instant | undefined => {
  if (round.stage === 'cancelled') return round.cancelledAt;
  return round.stage === 'closed' && round.minutes ? round.endedAt : undefined;
};

export const retentionGroup = ({ stage }: Pick<Application, 'stage'>, placed: boolean): RetentionGroup => {
  if (stage === 'draft') return 'begun';
  return placed ? 'placed' : 'took-part';
};

/** The end of the day so many months later on the clocks of the round; of a shorter month, its last day. */
export const keptUntil = (from: Instant, { months }: Pick<RetentionRule, 'months'>, zone: string): Instant =>
  endOfDay(zone, monthsAfter(dayAt(zone, from), months));

const monthsAfter = (day: string, months: number): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
};
