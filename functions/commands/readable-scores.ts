import type { CommandDeps } from '#functions/commands/deps.ts';
import { interviewsInReach } from '#functions/commands/interview-reach.ts';
import { type InReach, scoresInReach } from '#functions/commands/score-reach.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { type CardStage, isBehind } from '#shared/domain/stage.ts';
import type { Refusal } from '#shared/errors.ts';
import { type Result, refuse } from '#shared/result.ts';

/**
 * Whose cards the reader may have, of all who were admitted to scoring. Cards are given without having seen the others': of a chair,
 * while their stage goes on, only where their own is in and counts among those that were asked for.
 */
export const readableScores = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  place: Workplace,
  part: CardStage,
): Promise<Result<InReach, Refusal>> => {
  const closed = closedTo(place, part);
  if (closed) return refuse(closed);
  return await (part === 'scoring' ? scoresInReach : interviewsInReach)(deps, place);
};

/** Why a part of the round as a whole is closed to a reader; undefined where it is not. */
export const closedTo = (
  { by, round: { state } }: Pick<Workplace, 'by' | 'round'>,
  part: CardStage,
): Refusal | undefined => {
  const { stage } = state;
  const isKept = by.role === 'auditor' && stage === part;
  if (by.role === 'member' || isKept) return { kind: 'not-allowed' };
  return stage === part || isBehind(stage, part) ? undefined : { kind: 'wrong-stage', stage };
};
