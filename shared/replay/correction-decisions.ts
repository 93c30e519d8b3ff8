import type { DocumentRef } from '#shared/domain/document.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { PersonId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Correction, CorrectionEvent, Corrections, Corrects } from '#shared/replay/correction.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/*
 * A correction takes two people: one asks with a reason, another one has seen what it changes and for whom, and applies it. One waits at a
 * time, so that what was shown is what is applied.
 */

type Decision = Result<CorrectionEvent[], Refusal>;
type Asked = {
  by: PersonId;
  roundId: RoundId;
  corrects: Corrects;
  raterId?: PersonId;
  reason: DocumentRef;
};

/** Asks for a correction. The same once more by the same person changes nothing; another one beside one that waits is refused. */
export const askCorrection = (state: Corrections | undefined, asked: Asked, now: Instant): Decision => {
  const { corrects } = asked;
  const waiting = state?.corrections.find(({ status }) => status === 'waiting');
  if (waiting) {
    const isSame =
      waiting.by === asked.by && canonicalJson(waiting.corrects) === canonicalJson(asked.corrects);
    return isSame ? ok([]) : refuse({ kind: 'changed-meanwhile' });
  }
  if (corrects.kind === 'undo') {
    const target = state && correctionOf(state, corrects.correction);
    if (!target || target.corrects.kind === 'undo') return refuse({ kind: 'not-found', what: 'correction' });
    if (target.status !== 'applied') return refuse({ kind: 'changed-meanwhile' });
  }
  return ok([{ type: 'correction-asked', at: now, ...asked }]);
};

type Who = { by: PersonId; correction: number };

/** Applies what another person asked for; once it is applied, once more changes nothing. */
export const applyCorrection = (
  state: Corrections,
  { list, affected, recipients, ...who }: Who & { list: Sha256; affected: Sha256; recipients: number },
  now: Instant,
): Decision => {
  const asked = waitingOf(state, who, 'applied');
  if (!asked.ok || asked.value === 'ended') return asked.ok ? ok([]) : asked;
  if (asked.value.by === who.by) return refuse({ kind: 'second-person-needed' });
  return ok([{ type: 'correction-applied', at: now, ...who, list, affected, recipients, ordered: true }]);
};

/** Answers no, with a reason. Who asked withdraws instead. */
export const refuseCorrection = (
  state: Corrections,
  { reason, ...who }: Who & { reason: DocumentRef },
  now: Instant,
): Decision => {
  const asked = waitingOf(state, who, 'refused');
  if (!asked.ok || asked.value === 'ended') return asked.ok ? ok([]) : asked;
  if (asked.value.by === who.by) return refuse({ kind: 'second-person-needed' });
  return ok([{ type: 'correction-refused', at: now, ...who, reason }]);
};

/** Takes the own request back. */
export const withdrawCorrection = (state: Corrections, who: Who, now: Instant): Decision => {
  const asked = waitingOf(state, who, 'withdrawn');
  if (!asked.ok || asked.value === 'ended') return asked.ok ? ok([]) : asked;
  if (asked.value.by !== who.by) return refuse({ kind: 'not-allowed' });
  return ok([{ type: 'correction-withdrawn', at: now, ...who }]);
};

export const correctionOf = ({ corrections }: Corrections, number: number): Correction | undefined =>
  corrections.find((one) => one.number === number);

/** The request that waits; `ended` where it has just ended in this very way, as after a double click. */
const waitingOf = (
  state: Corrections,
  who: Who,
  status: 'applied' | 'refused' | 'withdrawn',
): Result<Correction | 'ended', Refusal> => {
  const found = correctionOf(state, who.correction);
  if (!found) return refuse({ kind: 'not-found', what: 'correction' });
  if (found.status === 'waiting') return ok(found);
  return found.status === status ? ok('ended') : refuse({ kind: 'changed-meanwhile' });
};
