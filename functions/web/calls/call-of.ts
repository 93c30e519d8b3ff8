import type { Context } from 'hono';
import { type CallView, publicCall } from '#functions/commands/rounds.ts';
import type { Refusal } from '#shared/errors.ts';
import { type Result, refuse } from '#shared/result.ts';
import { roundIdOf } from '../acting.ts';
import type { WebDeps } from '../deps.ts';

/** The call that an address names, as the public sees it. */
export const callOf = async (deps: WebDeps, c: Context): Promise<Result<CallView, Refusal>> => {
  const id = roundIdOf(c);
  return id ? publicCall(deps, id) : refuse({ kind: 'not-found', what: 'round' });
};
