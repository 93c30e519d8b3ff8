import * as z from 'zod';
import { AggregateName } from '#shared/domain/event.ts';
import { ApplicationNumber, RoundId } from '#shared/domain/ids.ts';

/** What a record by itself can have wrong (`shared/domain/audit.ts`). */
const ofRecords = [
  'gap',
  'broken-link',
  'changed',
  'no-snapshot',
  'snapshot-differs',
  'unreadable',
  'no-judge',
] as const;

/** What records can only have wrong together, or against the rules of their round. Each has its test, which breaks it. */
export const roundInvariants = [
  'score-in-conflict',
  'score-off-scale',
  'judged-twice-by-one',
  'offer-to-nobody',
  'two-acceptances',
  'offer-past-due',
  'offer-without-seat',
  'seats-overfull',
  'seat-without-offer',
  'slot-without-person',
  'person-without-slot',
  'slot-removed-with-person',
  'slot-double-booked',
  'slot-unseated',
  'placement-without-acceptance',
  'gate-beside-round',
  'gate-without-votes',
  'stage-past-its-end',
  'rater-over-load',
] as const;

/** What anchors of former days say of the records of today (`heads.ts`). */
const ofAnchors = [
  'head-missing',
  'head-differs',
  'anchor-missing',
  'anchor-changed',
  'anchor-by-other-key',
] as const;

/** States that should be impossible, whatever people do and whenever something is cut off. */
export const Invariant = z.enum([...ofRecords, ...roundInvariants, ...ofAnchors]);
export type Invariant = z.infer<typeof Invariant>;
export type RoundInvariant = (typeof roundInvariants)[number];

/** Where an invariant is broken: a record, with what people know it by. */
export const CheckFinding = z.object({
  invariant: Invariant,
  aggregate: AggregateName.optional(),
  id: z.string(),
  version: z.int().optional(),
  roundId: RoundId.optional(),
  number: ApplicationNumber.optional(),
});
export type CheckFinding = z.infer<typeof CheckFinding>;
