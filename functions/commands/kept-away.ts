import type { CommandDeps } from '#functions/commands/deps.ts';
import { type Committee, committeeAggregate, inConflict } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationId, PersonId, RoundId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Requires = NonNullable<Commit['requires']>;

/**
 * An administrator may sit on the committee as well; one with a conflict of interest decides nothing about that application, also once the
 * committee has decided.
 * @returns that the committee stands as it was read, so that a conflict which is found meanwhile makes it decided again
 */
export const notKeptAway = (
  committee: Versioned<Committee> | undefined,
  by: { id: PersonId },
  applicationId: ApplicationId,
): Result<Requires, Refusal> => {
  if (inConflict(committee?.state, by.id, applicationId)) return refuse({ kind: 'conflict-of-interest' });
  return ok(committee ? [{ aggregate: 'committee', id: committee.id, version: committee.version }] : []);
};

/** The same where the committee was not read yet. */
export const notKeptAwayIn = async (
  { records }: Pick<CommandDeps, 'records'>,
  by: { id: PersonId },
  { roundId, applicationId }: { roundId: RoundId; applicationId: ApplicationId },
): Promise<Result<Requires, Refusal>> =>
  notKeptAway(await records.find(committeeAggregate, roundId), by, applicationId);
