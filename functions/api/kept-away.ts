import type { Refusal } from '#shared/errors.ts';

/** Why an administrator who sits on the committee as well decides nothing about an application (`functions/commands/kept-away.ts`). */
export const keptAway = [
  'conflict-of-interest',
  'disclosure-needed',
] as const satisfies readonly Refusal['kind'][];
