import type { Refusal } from '#shared/errors.ts';

/** What stands in the way of whoever changes posts, or whom they go to, while offers are made (`functions/commands/posts-place.ts`). */
export const changingPosts = [
  'not-found',
  'wrong-stage',
  'gate-not-open',
  'committee-incomplete',
  'proposal-on-table',
  'already-decided',
  'changed-meanwhile',
] as const satisfies readonly Refusal['kind'][];
