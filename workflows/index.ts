import type { Machine } from '#workflows/asl.ts';
import { selectionRound } from '#workflows/selection-round.ts';

/** Every machine by the name under which it is deployed. */
export const machines = { 'selection-round': selectionRound } as const satisfies Record<string, Machine>;
