import type { RoundView } from '#functions/commands/rounds.ts';
import type { Round } from '#shared/domain/round.ts';
import type { Instant } from '#shared/domain/time.ts';

/** A call as the public's list has it: without its vacancies. */
export type PublicCall = Omit<RoundView, 'vacancies'> & { open: boolean };

/** The deadline that stands: extensions included once the call has opened. */
export const deadlineOf = (round: Round): Instant => {
  if (round.stage === 'draft' || round.closesAt === undefined) return round.plan.closesAt;
  return round.closesAt;
};
