import { unremarkable } from '#functions/commands/application-timeline.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type PastRecords, recordsAt } from '#functions/commands/past-records.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { type Committee, committeeAggregate } from '#shared/domain/committee.ts';
import { type Conflict, isBarring } from '#shared/domain/conflict.ts';
import type { Aggregate, Fact, StoredEvent } from '#shared/domain/event.ts';
import { ApplicationId, type PersonId } from '#shared/domain/ids.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import { isBehind, type Stage } from '#shared/domain/stage.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'readLog'>;

/** A round at a moment, for one reader: whatever reads records reads it with these in their place, and so shows what it showed then. */
export type Past = {
  until: Instant;
  /** Of the round then. */
  stage: Stage;
  /** Where the reader stands today. */
  place: Workplace;
  reads: Deps;
  around: () => Promise<Around>;
};

/** When what was read so far changed: last before the moment, once more before that, and next after it. */
export type Around = { since?: Instant; previous?: Instant; next?: Instant };

/**
 * Opens a round as it stood, for who may look back now. Each page then asks, as it did then, whether this person could open it: somebody who had no seat
 * sees nothing of those days. What a conflict of interest closes to the reader by now is closed at every moment, and stages that were taken back are
 * closed until the round comes to them again.
 */
export const openPast = async (
  { records, clock, readLog }: Deps,
  { until, ...command }: CommitteeCommand & { until: Instant | undefined },
): Promise<Result<Past, Refusal>> => {
  const found = await workplace({ records, clock }, command, 'replay.read');
  if (!found.ok) return found;
  const place = found.value;
  const now = clock.now();
  if (!until || until > now) return refuse(noMoment);
  const past = recordsAt(records, command.roundId, until);
  const round = (await past.records.find(roundAggregate, command.roundId))?.state;
  if (!round) return refuse(noMoment);
  if (isGatedRound(round) && isBefore(place, round.stage)) {
    return refuse({ kind: 'wrong-stage', stage: place.round.state.stage });
  }
  const walled = withWalls(past.records, place);
  return ok({
    until,
    stage: round.stage,
    place,
    reads: {
      records: walled,
      clock: { now: () => until },
      // Who reads it does so today.
      readLog: { ...readLog, add: (read) => readLog.add({ ...read, at: now }) },
    },
    around: () => around(past, place, until),
  });
};

const noMoment: Refusal = { kind: 'invalid', faults: [{ place: 'until', message: 'replay.fault.until' }] };

const isBefore = ({ round: { state } }: Workplace, stage: Parameters<typeof isBehind>[1]): boolean =>
  isGatedRound(state) && state.stage !== stage && !isBehind(state.stage, stage);

/** The committee as it was, but for the reader's own conflicts of interest, which are those of then and of now. */
const withWalls = (records: Records, { by, committee, round }: Workplace): Records => {
  const walls = (committee?.state.conflicts ?? []).filter((one) => one.memberId === by.id && isBarring(one));
  if (walls.length === 0) return records;
  return {
    ...records,
    find: async <State, Event extends Fact>(aggregate: Aggregate<State, Event>, id: string) => {
      const found = await records.find(aggregate, id);
      if (aggregate.name !== committeeAggregate.name || id !== round.id || !found) return found;
      const state = committeeAggregate.snapshot.parse(found.state);
      return { ...found, state: aggregate.snapshot.parse(walledOff(state, by.id, walls)) };
    },
  };
};

const walledOff = (state: Committee, reader: PersonId, walls: readonly Conflict[]): Committee => {
  const closed = new Set(walls.map(({ applicationId }) => applicationId));
  const isReplaced = ({ memberId, applicationId }: Conflict) =>
    memberId === reader && closed.has(applicationId);
  return { ...state, conflicts: [...state.conflicts.filter((one) => !isReplaced(one)), ...walls] };
};

/** Of what is closed to the reader not even the moments are told. */
const around = async (past: PastRecords, place: Workplace, until: Instant): Promise<Around> => {
  const wall = wallIn(place);
  const isTold = ({ id, fact }: StoredEvent): boolean => {
    const application = ApplicationId.safeParse(id).data;
    return !unremarkable.has(fact.type) && !(application && wall(application));
  };
  const told = (await past.asked()).filter(isTold).map(({ fact }) => fact.at);
  const moments = [...new Set(told)].toSorted();
  const at = moments.findLastIndex((one) => one <= until);
  const [since, previous, next] = [moments[at], moments[at - 1], moments[at + 1]];
  return { ...(since && { since }), ...(previous && { previous }), ...(next && { next }) };
};
