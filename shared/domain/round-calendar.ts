import type { Sha256 } from '#shared/domain/ids.ts';
import { type Round, type RoundEvent, wrongStage } from '#shared/domain/round.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

/**
 * Lets a round whose call was opened count by the region's calendar from now on. Without this decision it counts by that of
 * its pinned file; deadlines that people were told stay either way.
 */
export const adoptCalendar = (
  round: Round,
  calendar: Sha256,
  now: Instant,
): Result<RoundEvent[], Refusal> => {
  const { stage } = round;
  if (stage === 'draft' || stage === 'closed' || stage === 'cancelled') return wrongStage(round);
  return ok(round.plan.calendar === calendar ? [] : [{ type: 'calendar-adopted', at: now, calendar }]);
};
