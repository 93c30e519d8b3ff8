import { closedSince } from '#functions/commands/closed-since.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { momentsTold } from '#functions/commands/moments-told.ts';
import { type PastRecords, recordsAt } from '#functions/commands/past-records.ts';
import {
  type CommitteeCommand,
  isSeatRole,
  type Person,
  type Workplace,
  workplace,
} from '#functions/commands/workplace.ts';
import type { StoredEvent } from '#shared/domain/event.ts';
import { judgesApart } from '#shared/domain/rater-events.ts';
import { stateAt } from '#shared/domain/replay.ts';
import type { Role } from '#shared/domain/role.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import { rolesOf, staffAggregate, staffId } from '#shared/domain/staff.ts';
import { isBehind, type Stage } from '#shared/domain/stage.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'readLog'>;

/** A round at a moment, for one reader: whatever reads records reads it with these in their place, and so shows what it showed then. */
export type Past = {
  until: Instant;
  /** Of the round then. */
  stage: Stage;
  /** Where the reader stands today. */
  place: Workplace;
  /** The reader's role of the region, where they had not got it then: it is today's that opens the page. Seats have to be those of then. */
  roleSince: Role | undefined;
  reads: Deps;
  around: () => Promise<Around>;
};

/** When what was read so far changed: last before the moment, once more before that, and next after it. */
export type Around = { since?: Instant; previous?: Instant; next?: Instant };

/**
 * Opens a round as it stood, for who may look back now. Each page then asks, as it did then, whether this person could open it: somebody who had no seat
 * sees nothing of those days. What is closed to the reader by now is closed at every moment (`closed-since.ts`), and stages that were taken back are
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
  const past = recordsAt(records, command.roundId, { until, now });
  const round = (await past.records.find(roundAggregate, command.roundId))?.state;
  if (!round) return refuse(noMoment);
  if (isGatedRound(round) && isBefore(place, round.stage)) {
    return refuse({ kind: 'wrong-stage', stage: place.round.state.stage });
  }
  return ok({
    until,
    stage: round.stage,
    place,
    roleSince: await roleSince(records, place.by, until),
    reads: {
      records: closedSince(past, { place, until, stage: round.stage }),
      clock: { now: () => until },
      // Who reads it does so today.
      readLog: { ...readLog, add: (read) => readLog.add({ ...read, at: now }) },
    },
    around: () => around(past, place, until),
  });
};

/** Read beside what the page is made of: what becomes of staff is no moment of a round. */
const roleSince = async (
  records: Deps['records'],
  { id, role }: Person,
  until: Instant,
): Promise<Role | undefined> => {
  if (isSeatRole(role)) return undefined;
  const staff = stateAt(staffAggregate, await records.history(staffAggregate.name, staffId), until);
  return rolesOf(staff, id).includes(role) ? undefined : role;
};

const noMoment: Refusal = { kind: 'invalid', faults: [{ place: 'until', message: 'replay.fault.until' }] };

const isBefore = ({ round: { state } }: Workplace, stage: Parameters<typeof isBehind>[1]): boolean =>
  isGatedRound(state) && state.stage !== stage && !isBehind(state.stage, stage);

/**
 * The moments around one. What came after it is read as far as the next one that can be told, first of each record alone; whole where what is told
 * hangs on what the reader has done since.
 */
const around = async (past: PastRecords, place: Workplace, until: Instant): Promise<Around> => {
  if (judgesApart(place.by.role, place.round.state.stage)) {
    return aroundIn(await past.asked(undefined), place, until);
  }
  // The round itself is read whole, so none of these is in a stage that is closed since.
  const { next } = aroundIn(await past.asked(until), place, until);
  return aroundIn(await past.asked(next), place, until);
};

/** Those of a stage that is closed since lead nowhere. */
const aroundIn = (
  histories: readonly (readonly StoredEvent[])[],
  place: Workplace,
  until: Instant,
): Around => {
  const rounds = histories.find(([first]) => first?.aggregate === roundAggregate.name) ?? [];
  const isOpen = (moment: Instant): boolean => {
    const round = stateAt(roundAggregate, rounds, moment);
    return round !== undefined && !(isGatedRound(round) && isBefore(place, round.stage));
  };
  const moments = momentsTold(histories, place);
  const at = moments.findLastIndex((one) => one <= until);
  const since = moments[at];
  const previous = moments.slice(0, Math.max(at, 0)).findLast(isOpen);
  const next = moments.slice(at + 1).find(isOpen);
  return { ...(since && { since }), ...(previous && { previous }), ...(next && { next }) };
};
