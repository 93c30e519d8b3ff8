import { carried } from '#functions/commands/proposals/carried.ts';
import { finalResults } from '#functions/commands/proposals/claims.ts';
import { interviewResults } from '#functions/commands/proposals/interviews.ts';
import { offers } from '#functions/commands/proposals/offers.ts';
import { onboarding } from '#functions/commands/proposals/onboarding.ts';
import type { Compose } from '#functions/commands/proposals/proposal.ts';
import { scoringProposal } from '#functions/commands/proposals/scoring.ts';
import { screeningProposal } from '#functions/commands/proposals/screening.ts';
import { departing, mayDepart, standingMotions } from '#shared/domain/departure-decisions.ts';
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
  // Results that are counted anew have what was moved, beside what was decided before.
  if (!composed.ok || stage === 'claims' || !mayDepart(stage, file)) return composed;
  const departed = departing(composed.value.standings, standingMotions(gate.state, committee.state));
  return ok({ ...composed.value, ...departed });
};
