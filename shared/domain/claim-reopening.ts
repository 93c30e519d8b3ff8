import {
  type ClaimEvent,
  type DecidedClaim,
  isDecided,
  type ResultClaim,
  reopenedNow,
  waitingReopening,
} from '#shared/domain/claim.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/*
 * That a decided claim be open again takes two people, as a correction does: one asks with a reason, another one has seen what falls away by it, and
 * for whom, and confirms. The decision stays in the record and counts no more.
 */

type Decision = Result<ClaimEvent[], Refusal>;
type Said = { by: PersonId; reason: DocumentRef };

/** The claim as it was decided; refused where it is not decided now. */
export const decidedNow = (claim: ResultClaim): Result<DecidedClaim, Refusal> => {
  if (isDecided(claim)) return ok(claim);
  return claim.status === 'withdrawn'
    ? refuse({ kind: 'claim-withdrawn', withdrawnAt: claim.withdrawnAt })
    : refuse({ kind: 'claim-open' });
};

/** Asks that it be reopened. Once more by the same person changes nothing while that waits; what was refused can be asked for anew. */
export const askReopening = (claim: ResultClaim, said: Said, now: Instant): Decision => {
  const decided = decidedNow(claim);
  if (!decided.ok) return decided;
  const waiting = waitingReopening(claim);
  if (waiting) return waiting.by === said.by ? ok([]) : refuse({ kind: 'changed-meanwhile' });
  return ok([{ type: 'claim-reopening-asked', at: now, ...said }]);
};

/** Reopens it, as another person asked; a second press by the same person changes nothing. */
export const confirmReopening = (
  claim: ResultClaim,
  { by, shown }: { by: PersonId; shown: Sha256 },
  now: Instant,
): Decision => {
  if (claim.status === 'open' && reopenedNow(claim)?.reopened.by === by) return ok([]);
  const decided = decidedNow(claim);
  if (!decided.ok) return decided;
  const waiting = waitingReopening(claim);
  if (!waiting) return refuse({ kind: 'changed-meanwhile' });
  if (waiting.by === by) return refuse({ kind: 'second-person-needed' });
  return ok([{ type: 'claim-reopened', at: now, by, shown }]);
};

/** Ends what was asked for, with a reason; whoever asked may as well. */
export const refuseReopening = (claim: ResultClaim, said: Said, now: Instant): Decision => {
  const decided = decidedNow(claim);
  if (!decided.ok) return decided;
  if (waitingReopening(claim)) return ok([{ type: 'claim-reopening-refused', at: now, ...said }]);
  return decided.value.reopening?.refused?.by === said.by ? ok([]) : refuse({ kind: 'changed-meanwhile' });
};
