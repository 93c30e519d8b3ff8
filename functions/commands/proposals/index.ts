import { carried } from '#functions/commands/proposals/carried.ts';
import { finalResults } from '#functions/commands/proposals/claims.ts';
import { interviewResults } from '#functions/commands/proposals/interviews.ts';
import { offers } from '#functions/commands/proposals/offers.ts';
import { onboarding } from '#functions/commands/proposals/onboarding.ts';
import type { Compose } from '#functions/commands/proposals/proposal.ts';
import { scoringProposal } from '#functions/commands/proposals/scoring.ts';
import { screeningProposal } from '#functions/commands/proposals/screening.ts';
import type { GatedStage } from '#shared/domain/stage.ts';

/** What is proposed at the gate of each stage. */
export const composers: Record<GatedStage, Compose> = {
  screening: screeningProposal,
  scoring: scoringProposal,
  interviews: interviewResults,
  preliminary: carried,
  claims: finalResults,
  offers,
  onboarding,
};
