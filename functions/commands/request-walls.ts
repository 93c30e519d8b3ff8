import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { keptBy } from '#functions/commands/kept-away.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { applicationAggregate, ownedBy } from '#shared/domain/application-record.ts';
import { type Committee, committeeAggregate } from '#shared/domain/committee.ts';
import type { DataRequest } from '#shared/domain/data-request.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Walled } from '#shared/domain/walls.ts';
import type { Refusal } from '#shared/errors.ts';

type Reads = Pick<CommandDeps['records'], 'find' | 'list' | 'blob'>;

/** A committee that may say who is kept away from an application, and whether somebody is. */
type RequestWall = {
  committee: Versioned<Committee>;
  closedTo: (reader: PersonId) => Walled['walled'] | undefined;
};

/**
 * What a request of somebody about their data concerns: the application that it names, or, where it is about the whole account, all of theirs. Each with the
 * committee of its round, of which each is read once.
 */
export const requestWalls = (
  records: Reads,
): ((request: Pick<DataRequest, 'personId' | 'applicationId'>) => Promise<RequestWall[]>) => {
  const rooms = new Map<RoundId, ReturnType<typeof roomOf>>();
  const known = (roundId: RoundId) => {
    const read = rooms.get(roundId) ?? roomOf(records, roundId);
    rooms.set(roundId, read);
    return read;
  };
  return async ({ personId, applicationId }) => {
    const named = applicationId && (await records.find(applicationAggregate, applicationId));
    const own = named
      ? [named]
      : await everyOf(records, applicationAggregate, ownedBy(personId), { index: 'owner' });
    const found = await Promise.all(
      own.map(async ({ state: { id, roundId } }): Promise<RequestWall[]> => {
        const room = await known(roundId);
        return room ? [{ committee: room.committee, closedTo: (reader) => room.wallOf(reader)(id) }] : [];
      }),
    );
    return found.flat();
  };
};

/** The committee of a round, and what of it is closed to somebody; undefined before there is one. */
const roomOf = async (records: Reads, roundId: RoundId) => {
  const [round, committee] = await Promise.all([
    records.find(roundAggregate, roundId),
    records.find(committeeAggregate, roundId),
  ]);
  if (!round || !committee) return undefined;
  const file = await roundFileOf(records, round.state.plan);
  const wallOf = (id: PersonId) =>
    wallIn({ by: { kind: 'person', id, role: 'administrator' }, round, committee, file });
  return { committee, wallOf };
};

/** Why any of them is closed to somebody; undefined where none is. */
export const closedBy = (walls: readonly RequestWall[], reader: PersonId): Walled['walled'] | undefined =>
  walls.map(({ closedTo }) => closedTo(reader)).find((walled) => walled !== undefined);

/** The same as it is told to who would read or answer. */
export const keptFrom = (walls: readonly RequestWall[], reader: PersonId): Refusal | undefined => {
  const walled = closedBy(walls, reader);
  return walled && keptBy(walled);
};
