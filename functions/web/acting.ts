import type { Route } from '#functions/http/authorize.ts';
import { type Action, rolesFor } from '#shared/domain/permission.ts';

/*
 * Routes that act on a round: who may use them stands in the table of permissions and is not said again.
 */

export const show = (does: Action, path: string, handle: Route['handle']): Route => ({
  method: 'GET',
  path,
  who: rolesFor(does),
  does,
  handle,
});

/** @param audit the event that the change leaves */
export const change = (does: Action, path: string, audit: string, handle: Route['handle']): Route => ({
  method: 'POST',
  path,
  who: rolesFor(does),
  does,
  audit,
  handle,
});
