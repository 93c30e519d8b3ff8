import { closedSince } from '#functions/commands/closed-since.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { momentsTold } from '#functions/commands/moments-told.ts';
import { type PastRecords, recordsAt } from '#functions/commands/past-records.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { stateAt } from '#shared/domain/replay.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
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
  const past = recordsAt(records, command.roundId, until);
  const round = (await past.records.find(roundAggregate, command.roundId))?.state;
  if (!round) return refuse(noMoment);
  if (isGatedRound(round) && isBefore(place, round.stage)) {
    return refuse({ kind: 'wrong-stage', stage: place.round.state.stage });
  }
  return ok({
    until,
    stage: round.stage,
    place,
    reads: {
      records: closedSince(past, { place, until, stage: round.stage }),
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

/** The moments around one. Those of a stage that is closed since lead nowhere. */
const around = async (past: PastRecords, place: Workplace, until: Instant): Promise<Around> => {
  const histories = await past.asked();
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
