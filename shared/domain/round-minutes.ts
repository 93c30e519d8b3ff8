import { type Drawn, type Round, type RoundEvent, wrongStage } from '#shared/domain/round.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

/** The number of the minutes that are written when a round closes. */
export const firstMinutes = 1;

/**
 * Notes that the minutes of a closed round were drawn, and what was. Those that were noted first stay, since somebody may
 * have signed them: a step that is tried again changes nothing.
 */
export const recordMinutes = (round: Round, minutes: Drawn, now: Instant): Result<RoundEvent[], Refusal> => {
  if (round.stage !== 'closed') return wrongStage(round);
  return ok(round.minutes ? [] : [{ type: 'minutes-drawn', at: now, minutes }]);
};
