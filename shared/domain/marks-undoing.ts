import type { DocumentRef } from '#shared/domain/document.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { PersonId, Sha256 } from '#shared/domain/ids.ts';
import {
  type Marks,
  type MarksEvent,
  type MarksImport,
  type MarksUndoing,
  standingWithout,
  waitingUndoing,
} from '#shared/domain/marks.ts';
import { importOf } from '#shared/domain/marks-decisions.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/*
 * Marks that count are taken back by two people, as they were let in: one asks with a reason, another one has seen whose outcome changes
 * and confirms. Nothing is deleted, and the import before counts again.
 */

type Decision = Result<MarksEvent[], Refusal>;
type Who = { import: number; by: PersonId };

/** Asks that an import be undone. Once more by the same person changes nothing; a second request beside one that waits is refused. */
export const askUndoing = (
  marks: Marks,
  { reason, ...who }: Who & { reason: DocumentRef },
  now: Instant,
): Decision => {
  const found = importOf(marks, who.import);
  if (!found) return refuse({ kind: 'not-found', what: 'marks' });
  if (found.status !== 'confirmed') return refuse({ kind: 'changed-meanwhile' });
  const waiting = waitingUndoing(found);
  if (waiting) return waiting.by === who.by ? ok([]) : refuse({ kind: 'changed-meanwhile' });
  return ok([{ type: 'marks-undoing-asked', at: now, ...who, reason }]);
};

/** Undoes what was asked for. Who asked cannot; once it is done, once more changes nothing. */
export const confirmUndoing = (marks: Marks, who: Who, now: Instant): Decision => {
  const asked = askedUndoing(marks, who, 'done');
  if (!asked.ok || asked.value === 'ended') return asked.ok ? ok([]) : asked;
  if (asked.value.by === who.by) return refuse({ kind: 'second-person-needed' });
  return ok([{ type: 'marks-undone', at: now, ...who }]);
};

/** Answers no, with a reason. Who asked withdraws instead. */
export const refuseUndoing = (
  marks: Marks,
  { reason, ...who }: Who & { reason: DocumentRef },
  now: Instant,
): Decision => {
  const asked = askedUndoing(marks, who, 'refused');
  if (!asked.ok || asked.value === 'ended') return asked.ok ? ok([]) : asked;
  if (asked.value.by === who.by) return refuse({ kind: 'second-person-needed' });
  return ok([{ type: 'marks-undoing-refused', at: now, ...who, reason }]);
};

/** Takes the own request back. */
export const withdrawUndoing = (marks: Marks, who: Who, now: Instant): Decision => {
  const asked = askedUndoing(marks, who, 'withdrawn');
  if (!asked.ok || asked.value === 'ended') return asked.ok ? ok([]) : asked;
  if (asked.value.by !== who.by) return refuse({ kind: 'not-allowed' });
  return ok([{ type: 'marks-undoing-withdrawn', at: now, ...who }]);
};

/** The request that waits; `ended` where it has just ended in this very way, as after a double click. */
const askedUndoing = (
  marks: Marks,
  who: Pick<Who, 'import'>,
  status: 'done' | 'refused' | 'withdrawn',
): Result<MarksUndoing | 'ended', Refusal> => {
  const found = importOf(marks, who.import);
  if (!found) return refuse({ kind: 'not-found', what: 'marks' });
  const waiting = waitingUndoing(found);
  if (waiting) return ok(waiting);
  const last = found.undoings?.at(-1);
  return last?.status === status ? ok('ended') : refuse({ kind: 'changed-meanwhile' });
};

/** What a person confirms: this request, the outcomes that they were shown, and the marks that count again at each criterion. */
export const undoingDigest = (marks: Marks, asked: MarksImport, outcomes: Sha256): Sha256 => {
  const counting = standingWithout(marks, asked.number);
  return sha256Of(
    canonicalJson({
      import: asked.number,
      reason: waitingUndoing(asked)?.reason.digest ?? null,
      outcomes,
      counting: asked.criteria.map((code) => [code, counting.get(code)?.sha256 ?? null]),
    }),
  );
};
