import type { DocumentRef } from '#shared/domain/document.ts';
import type { ApplicationNumber, PersonId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import { type Marks, type MarksEvent, type MarksImport, standingImports } from '#shared/domain/marks.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<MarksEvent[], Refusal>;

/** What was read from a file that has no fault. */
export type BroughtMarks = Pick<
  MarksImport,
  'sha256' | 'file' | 'criteria' | 'count' | 'sum' | 'suspicions' | 'rowOrder' | 'order' | 'checks'
>;

/**
 * The import that has these very marks and makes bringing them again needless: it waits, or it counts at each of its criteria. One whose
 * place another took in the meantime does not: its marks would have to be confirmed anew.
 */
export const sameImport = (marks: Marks | undefined, sha256: Sha256): MarksImport | undefined => {
  const standing = standingImports(marks);
  return marks?.imports.findLast(
    (one) =>
      one.sha256 === sha256 &&
      (one.status === 'waiting' || one.criteria.every((code) => standing.get(code)?.number === one.number)),
  );
};

/** Brings a file of marks, which counts once another person has confirmed it. What waits or counts already changes nothing. */
export const proposeMarks = (
  marks: Marks | undefined,
  { by, roundId, brought }: { by: PersonId; roundId: RoundId; brought: BroughtMarks },
  now: Instant,
): MarksEvent[] =>
  sameImport(marks, brought.sha256) ? [] : [{ type: 'marks-proposed', at: now, by, roundId, ...brought }];

type TypedSample = readonly { criterion: string; number: ApplicationNumber }[];
export type MarksDecision = { by: PersonId; import: number; reason?: DocumentRef | undefined };

/**
 * Makes an import count. Somebody else than who brought it must do so; where something about it is odd, with a reason. Once more by the
 * same person changes nothing.
 * @param sha256 of the marks that the person was shown
 * @param sample those that they typed from another copy
 */
export const confirmMarks = (
  marks: Marks,
  { sha256, sample, ...decision }: MarksDecision & { sha256: Sha256; sample?: TypedSample },
  now: Instant,
): Decision => {
  const found = importOf(marks, decision.import);
  if (!found || found.sha256 !== sha256) return refuse({ kind: 'not-found', what: 'marks' });
  if (found.status === 'confirmed') return ok([]);
  if (found.status !== 'waiting') return refuse({ kind: 'changed-meanwhile' });
  if (found.by === decision.by) return refuse({ kind: 'second-person-needed' });
  if (found.suspicions > 0 && !decision.reason) return refuse({ kind: 'reason-needed' });
  return ok([{ ...event('marks-confirmed', decision, now), ...(sample && { sample: [...sample] }) }]);
};

/** Sends a file back before it counts, also by who brought it. */
export const refuseMarks = (marks: Marks, decision: MarksDecision, now: Instant): Decision => {
  const found = importOf(marks, decision.import);
  if (!found) return refuse({ kind: 'not-found', what: 'marks' });
  if (found.status === 'refused') return ok([]);
  if (found.status !== 'waiting') return refuse({ kind: 'changed-meanwhile' });
  return ok([event('marks-refused', decision, now)]);
};

export const importOf = ({ imports }: Marks, number: number): MarksImport | undefined =>
  imports.find((one) => one.number === number);

const event = <T extends 'marks-confirmed' | 'marks-refused'>(
  type: T,
  { reason, ...decision }: MarksDecision,
  at: Instant,
) => ({ type, at, ...decision, ...(reason && { reason }) });
