import { type Drawn, type Round, type RoundEvent, wrongStage } from '#shared/domain/round.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
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

const shortestWaitSeconds = 600;
const longestWaitSeconds = 86_400;

/**
 * When the execution of a closed round may be started again, so that minutes that cannot be made are not tried without end: twice as
 * long after each attempt, up to a day. Undefined before the first attempt since the round closed, which waits for nothing.
 * @param history the round's events, oldest first
 */
export const nextMinutesAttempt = (history: readonly RoundEvent[]): Instant | undefined => {
  const closed = history.findLastIndex((event) => event.type === 'stage-advanced' && event.to === 'closed');
  const attempts = history.slice(closed + 1).filter(({ type }) => type === 'execution-restarted');
  const last = attempts.at(-1);
  const waitSeconds = shortestWaitSeconds * 2 ** (attempts.length - 1);
  return last && addSeconds(last.at, Math.min(longestWaitSeconds, waitSeconds));
};
