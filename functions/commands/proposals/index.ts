import { carried } from '#functions/commands/proposals/carried.ts';
import type { Compose } from '#functions/commands/proposals/proposal.ts';
import type { GatedStage } from '#shared/domain/stage.ts';

/** What is proposed at the gate of each stage. */
export const composers: Record<GatedStage, Compose> = {
  screening: carried,
  scoring: carried,
  interviews: carried,
  preliminary: carried,
  claims: carried,
  offers: carried,
  onboarding: carried,
};
