import type { MachineName } from '#shared/domain/outbox.ts';
import type { Machine } from '#workflows/asl.ts';
import { offer } from '#workflows/offer.ts';
import { onboarding } from '#workflows/onboarding.ts';
import { selectionRound } from '#workflows/selection-round.ts';

/** Every machine by the name under which it is deployed. */
export const machines = {
  'selection-round': selectionRound,
  offer,
  onboarding,
} as const satisfies Record<MachineName, Machine>;
