import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { applicationAggregate, ownedBy } from '#shared/domain/application-record.ts';
import { type Committee, committeeAggregate, inConflict } from '#shared/domain/committee.ts';
import type { DataRequest } from '#shared/domain/data-request.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationId, PersonId, RoundId } from '#shared/domain/ids.ts';

/** A committee that may say who is kept away from an application. */
type Wall = { committee: Versioned<Committee>; applicationId: ApplicationId };

/**
 * What a request of somebody about their data concerns: the application that it names, or, where it is about the whole account, all of theirs. Each with the
 * committee of its round, of which each is read once.
 */
export const requestWalls = (
  records: Pick<CommandDeps['records'], 'find' | 'list'>,
): ((request: Pick<DataRequest, 'personId' | 'applicationId'>) => Promise<Wall[]>) => {
  const committees = new Map<RoundId, Promise<Versioned<Committee> | undefined>>();
  const committeeOf = (roundId: RoundId) => {
    const read = committees.get(roundId) ?? records.find(committeeAggregate, roundId);
    committees.set(roundId, read);
    return read;
  };
  return async ({ personId, applicationId }) => {
    const named = applicationId && (await records.find(applicationAggregate, applicationId));
    const own = named
      ? [named]
      : await everyOf(records, applicationAggregate, ownedBy(personId), { index: 'owner' });
    const found = await Promise.all(
      own.map(async ({ state: { id, roundId } }): Promise<Wall[]> => {
        const committee = await committeeOf(roundId);
        return committee ? [{ committee, applicationId: id }] : [];
      }),
    );
    return found.flat();
  };
};

/** Whether somebody is kept away from any of them. */
export const isClosedBy = (walls: readonly Wall[], reader: PersonId): boolean =>
  walls.some(({ committee, applicationId }) => inConflict(committee.state, reader, applicationId));
