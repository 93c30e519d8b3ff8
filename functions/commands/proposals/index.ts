import { carried } from '#functions/commands/proposals/carried.ts';
import { finalResults } from '#functions/commands/proposals/claims.ts';
import { interviewResults } from '#functions/commands/proposals/interviews.ts';
import { offers } from '#functions/commands/proposals/offers.ts';
import { onboarding } from '#functions/commands/proposals/onboarding.ts';
import { type Compose, decidedList } from '#functions/commands/proposals/proposal.ts';
import { scoringProposal } from '#functions/commands/proposals/scoring.ts';
import { screeningProposal } from '#functions/commands/proposals/screening.ts';
import { departing, mayDepart } from '#shared/domain/departure-decisions.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import { ok } from '#shared/result.ts';

/** What follows at each stage from the work on it. */
const composers: Record<GatedStage, Compose> = {
  screening: screeningProposal,
  scoring: scoringProposal,
  interviews: interviewResults,
  preliminary: carried,
  claims: finalResults,
  offers,
  onboarding,
};

/** What is proposed at the gate of the stage: what follows from the work on it, with what the committee moved to decide otherwise. */
export const composeProposal: Compose = async (deps, place) => {
  const { round, file, gate, committee } = place;
  const { stage } = round.state;
  const composed = await composers[stage](deps, place);
  if (!composed.ok || !mayDepart(stage, file)) return composed;
  // Counting claims anew must not lose what was decided on the preliminary results.
  const before = stage === 'claims' ? await decidedList(deps.records, round.state, 'preliminary') : undefined;
  const { standings } = composed.value;
  const departed = departing(standings, { gate: gate.state, committee: committee.state, before });
  return ok({ ...composed.value, ...departed });
};
