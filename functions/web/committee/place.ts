import type { Context } from 'hono';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { type Action, rolesFor } from '#shared/domain/permission.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { roundIdOf } from '../manage/round-of.ts';

/** Who acts on which round. */
export const commandOf = (c: Context, action: Action): Result<CommitteeCommand, Refusal> => {
  const roundId = roundIdOf(c);
  return roundId
    ? ok({ roundId, by: requireActor(c, rolesFor(action)) })
    : refuse({ kind: 'not-found', what: 'round' });
};
