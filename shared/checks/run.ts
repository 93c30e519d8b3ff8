import * as z from 'zod';
import { NamedPart } from '#shared/checks/anchor.ts';
import { CheckFinding } from '#shared/checks/finding.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** Why the records are looked at: each night, each time a round has gone on, or because the operator wants an anchor that begins anew. */
export const CheckReason = z.enum(['night', 'stage', 'anew']);
export type CheckReason = z.infer<typeof CheckReason>;

const run = {
  because: CheckReason,
  begunAt: Instant,
  /** Records that were looked at. */
  records: z.int(),
  /** The first of them. */
  findings: z.array(CheckFinding),
  /** How many more there were. */
  more: z.int(),
};

/** The anchor that a run made. */
const MadeAnchor = z.object({ number: z.int().min(1), sha256: Sha256, heads: z.int(), madeAt: Instant });
export type MadeAnchor = z.infer<typeof MadeAnchor>;

export const CheckRun = z.object({ ...run, endedAt: Instant, anchor: MadeAnchor.optional() });
export type CheckRun = z.infer<typeof CheckRun>;

/** A run that goes on when the function is called again. */
const UnfinishedRun = z.object({
  ...run,
  phase: z.enum(['records', 'rounds', 'compare', 'anchor']),
  /** How far the phase has come. */
  after: z.string().optional(),
  parts: z.array(NamedPart),
  /** Until then at the latest one invocation is at it, and no other one takes it up. */
  heldUntil: Instant.optional(),
  /** The records lack something of the last anchor: no other one is made of them. Findings may be too many to tell. */
  cut: z.literal(true).optional(),
});
export type UnfinishedRun = z.infer<typeof UnfinishedRun>;

/** What is known of the checks: the newest run of each reason, and the one that is under way. */
export const CheckState = z.object({
  /** Counts up with each save, so that of two invocations at once one does not undo the other's. Absent before the first. */
  revision: z.int().min(1).optional(),
  night: CheckRun.optional(),
  /** Nights that have come to their end, by which rounds that are over take turns. Absent before the first. */
  nights: z.int().optional(),
  stage: CheckRun.optional(),
  anew: CheckRun.optional(),
  running: UnfinishedRun.optional(),
  /** Where all rounds stood when the last anchor was begun (`standingOf`). */
  standing: Sha256.optional(),
  /** The newest anchor that was made. */
  anchor: MadeAnchor.optional(),
});
export type CheckState = z.infer<typeof CheckState>;

/** The newest run of each reason, newest first. */
export const newestRuns = (state: CheckState): CheckRun[] =>
  CheckReason.options
    .flatMap((because) => state[because] ?? [])
    .toSorted((a, b) => (a.endedAt > b.endedAt ? -1 : 1));

/** So many say what kind of fault it is. */
const mostFindings = 200;

export const begun = (because: CheckReason, begunAt: Instant): UnfinishedRun => ({
  because,
  begunAt,
  records: 0,
  findings: [],
  more: 0,
  phase: because === 'night' ? 'records' : because === 'stage' ? 'compare' : 'anchor',
  parts: [],
});

export const withFindings = (unfinished: UnfinishedRun, found: readonly CheckFinding[]): UnfinishedRun => {
  const room = mostFindings - unfinished.findings.length;
  const more = unfinished.more + Math.max(0, found.length - room);
  return { ...unfinished, findings: [...unfinished.findings, ...found.slice(0, room)], more };
};
