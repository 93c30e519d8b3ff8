import type { CommandDeps } from '#functions/commands/deps.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { wallIn } from '#functions/commands/walls.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import type { Walled } from '#shared/domain/walls.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Requires = NonNullable<Commit['requires']>;
type Place = Parameters<typeof wallIn>[0];

/** Why somebody decides nothing about an application that is closed to them where they read of it; undefined where it is open. */
export const keptAway = (place: Place, applicationId: ApplicationId): Refusal | undefined => {
  const walled = wallIn(place)(applicationId);
  return walled && keptBy(walled);
};

export const keptBy = (walled: Walled['walled']): Refusal => ({
  kind: walled === 'conflict' ? 'conflict-of-interest' : 'disclosure-needed',
});

/**
 * An administrator may sit on the committee as well; one with a conflict of interest decides nothing about that application, also once the
 * committee has decided, and one whose disclosure was not compared about none.
 * @returns that the committee stands as it was read, so that a conflict which is found meanwhile makes it decided again
 */
export const notKeptAway = (place: Place, applicationId: ApplicationId): Result<Requires, Refusal> => {
  const kept = keptAway(place, applicationId);
  if (kept) return refuse(kept);
  const { committee } = place;
  return ok(committee ? [{ aggregate: 'committee', id: committee.id, version: committee.version }] : []);
};

/** The same where neither the committee nor the round file was read yet. */
export const notKeptAwayIn = async (
  { records }: Pick<CommandDeps, 'records'>,
  { by, round }: { by: Person; round: Versioned<Round> },
  applicationId: ApplicationId,
): Promise<Result<Requires, Refusal>> => {
  const committee = await records.find(committeeAggregate, round.state.id);
  const file = await roundFileOf(records, round.state.plan);
  return notKeptAway({ by, round, committee, file }, applicationId);
};
