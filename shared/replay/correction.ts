import * as z from 'zod';
import { Granted } from '#shared/domain/claim.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { ApplicationNumber, ClaimId, PersonId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { reportsThen, ScoreReport, ScoreReportClosed, ScoreReported } from '#shared/replay/score-report.ts';
import { Supposition } from '#shared/replay/supposition.ts';

/** What is corrected, or that a correction is taken back. */
export const Corrects = z.discriminatedUnion('kind', [
  ...Supposition.options,
  z.strictObject({ kind: z.literal('undo'), correction: z.int().min(1) }),
]);
export type Corrects = z.infer<typeof Corrects>;

/** A correction that somebody asked for, and what became of it. It edits nothing: results are counted anew beside what was recorded. */
export const Correction = z.object({
  /** Within the round, 1 for the first. */
  number: z.int().min(1),
  corrects: Corrects,
  /** Whose code it names; absent where it names none, and in corrections that were asked for before it was kept. */
  raterId: PersonId.optional(),
  by: PersonId,
  at: Instant,
  reason: DocumentRef,
  /** `withdrawn` by who asked; `refused` or `applied` by another person; `undone` by another correction. */
  status: z.enum(['waiting', 'withdrawn', 'refused', 'applied', 'undone']),
  ended: z.object({ by: PersonId, at: Instant, reason: DocumentRef.optional() }).optional(),
  applied: z
    .object({
      by: PersonId,
      at: Instant,
      /** Everything that the corrections of the round come to from then on (`corrected.ts`). */
      list: Sha256,
      /** Whom it concerned and what is owed to them (`told.ts`). */
      affected: Sha256,
      /** How many of them got a letter. */
      recipients: z.int().min(0),
    })
    .optional(),
});
export type Correction = z.infer<typeof Correction>;

const grant = { claim: ClaimId, number: ApplicationNumber, corrected: Granted };

/** What stands: a correction by its number, or what a claim was granted. */
const Standing = z.union([z.object({ correction: z.int().min(1) }), z.object(grant)]);

/** The corrections of one round; its id is the round's. */
export const Corrections = z.object({
  roundId: RoundId,
  corrections: z.array(Correction),
  /** What they come to together now; absent before the first was applied. */
  list: Sha256.optional(),
  /**
   * In the order in which it took effect. Absent before 28 November 2026, and without what stood by then: claims stood before all corrections.
   */
  standing: z.array(Standing).optional(),
  /** What raters said of their own stored scores; absent before the first did. */
  reports: z.array(ScoreReport).optional(),
});
export type Corrections = z.infer<typeof Corrections>;

const done = { at: Instant, by: PersonId, correction: z.int().min(1) };

export const CorrectionEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('correction-asked'),
    at: Instant,
    by: PersonId,
    roundId: RoundId,
    corrects: Corrects,
    raterId: PersonId.optional(),
    reason: DocumentRef,
  }),
  z.object({ type: z.literal('correction-withdrawn'), ...done }),
  z.object({ type: z.literal('correction-refused'), ...done, reason: DocumentRef }),
  z.object({
    type: z.literal('correction-applied'),
    ...done,
    list: Sha256,
    affected: Sha256,
    recipients: z.int().min(0),
    /** It stands in its place among what claims were granted. */
    ordered: z.literal(true).optional(),
  }),
  /** A claim is upheld, or what it was granted falls away since it is open again: everything is counted again. */
  z.object({
    type: z.literal('claim-counted'),
    at: Instant,
    by: PersonId,
    roundId: RoundId,
    ...grant,
    list: Sha256,
  }),
  z.object({
    type: z.literal('claim-uncounted'),
    at: Instant,
    by: PersonId,
    roundId: RoundId,
    claim: ClaimId,
    list: Sha256,
  }),
  ScoreReported,
  ScoreReportClosed,
]);
export type CorrectionEvent = z.infer<typeof CorrectionEvent>;

export const correctionsAggregate: Aggregate<Corrections, CorrectionEvent> = {
  name: 'corrections',
  event: CorrectionEvent,
  snapshot: Corrections,
  evolve: (before, event) => {
    if (event.type === 'score-reported' || event.type === 'score-report-closed') {
      const state = before ?? begun(event);
      return { ...state, reports: reportsThen(state.reports ?? [], event) };
    }
    return 'claim' in event ? claimedThen(before, event) : correctedThen(before, event);
  },
  lists: () => ({}),
};

type OfClaim = Extract<CorrectionEvent, { type: `claim-${string}` }>;

const claimedThen = (before: Corrections | undefined, event: OfClaim): Corrections => {
  const { roundId, claim, list } = event;
  const state = before ?? { roundId, corrections: [] };
  const others = (state.standing ?? []).filter((one) => !('claim' in one) || one.claim !== claim);
  if (event.type === 'claim-uncounted') return { ...state, standing: others, list };
  const { number, corrected } = event;
  return { ...state, standing: [...others, { claim, number, corrected }], list };
};

type OfCorrection = Exclude<CorrectionEvent, OfClaim | { type: 'score-reported' | 'score-report-closed' }>;

const correctedThen = (before: Corrections | undefined, event: OfCorrection): Corrections => {
  if (event.type === 'correction-asked') {
    const { type: _type, roundId, ...asked } = event;
    const corrections = before?.corrections ?? [];
    return {
      ...(before ?? { roundId }),
      corrections: [...corrections, { ...asked, number: corrections.length + 1, status: 'waiting' }],
    };
  }
  const asked = before?.corrections.find(({ number }) => number === event.correction);
  if (!before || !asked) throw new Error(`Corrections cannot begin with ${event.type}.`);
  const ended = endedBy(asked, event);
  const undone = event.type === 'correction-applied' && asked.corrects.kind === 'undo' && asked.corrects;
  const corrections = before.corrections.map((one): Correction => {
    if (one.number === ended.number) return ended;
    return undone && one.number === undone.correction ? { ...one, status: 'undone' } : one;
  });
  if (event.type !== 'correction-applied') return { ...before, corrections };
  const standing = event.ordered ? standingThen(before, asked) : before.standing;
  return { ...before, corrections, list: event.list, ...(standing && { standing }) };
};

const standingThen = (
  { standing = [] }: Corrections,
  { number, corrects }: Correction,
): Corrections['standing'] =>
  corrects.kind === 'undo'
    ? standing.filter((one) => !('correction' in one) || one.correction !== corrects.correction)
    : [...standing, { correction: number }];

/** A round whose raters report before anybody asks for a correction. */
const begun = (event: CorrectionEvent): Corrections => {
  if (event.type !== 'score-reported') throw new Error(`Corrections cannot begin with ${event.type}.`);
  return { roundId: event.roundId, corrections: [] };
};

type Ending = Exclude<OfCorrection, { type: 'correction-asked' }>;

const endedBy = (asked: Correction, event: Ending): Correction => {
  const { at, by } = event;
  switch (event.type) {
    case 'correction-withdrawn':
      return { ...asked, status: 'withdrawn', ended: { at, by } };
    case 'correction-refused':
      return { ...asked, status: 'refused', ended: { at, by, reason: event.reason } };
    case 'correction-applied': {
      const { list, affected, recipients } = event;
      return { ...asked, status: 'applied', applied: { at, by, list, affected, recipients } };
    }
    default:
      return event satisfies never;
  }
};
