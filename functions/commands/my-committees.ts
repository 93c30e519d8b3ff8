import { ballotsAwaitedAt, votesAwaitedAt } from '#functions/commands/awaited.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { everyRound } from '#functions/commands/rounds.ts';
import { workOwed } from '#functions/commands/work-owed.ts';
import {
  type Committee,
  committeeAggregate,
  type SeatKind,
  seatOf,
  votersOf,
} from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { stageEndsAt } from '#shared/domain/publication.ts';
import type { GatedRound, Round } from '#shared/domain/round.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';

type Reads = Pick<CommandDeps, 'records' | 'region'>;

type Seated = { round: Versioned<Round>; committee: Versioned<Committee>; seat: SeatKind };

/** The rounds on whose committee a person sits, newest first. */
export const myCommittees = async (deps: Reads, personId: PersonId): Promise<Seated[]> => {
  const mine: Seated[] = [];
  for (const round of await everyRound(deps)) {
    const committee = await deps.records.find(committeeAggregate, round.id);
    const seat = seatOf(committee?.state, personId);
    if (committee && seat) mine.push({ round, committee, seat: seat.seat });
  }
  return mine;
};

/** What waits for a person from their seat, at the gate of now. */
export type OwnWork = {
  /** When the stage ends as the round file plans it. */
  plannedEnd: Instant | undefined;
  timeZone: string;
  /** Scores, or scorecards of interviews that took place, that they owe; at screening the applications that wait for a judgement of somebody like them. */
  owed: number;
  /** A proposal lies on the table, and they may vote and have not. */
  voteAwaited: boolean;
  /** The committee ranks by ballot, and they may and have not. */
  ballotAwaited: boolean;
};

type OwnCommittee = Seated & { work: OwnWork | undefined };

/**
 * The same with what there is to do: first where something waits, what ends first before the others. No `work` where no committee decides, such as
 * before the end of the call.
 */
export const ownCommittees = async (
  deps: Reads & Pick<CommandDeps, 'clock'>,
  personId: PersonId,
): Promise<OwnCommittee[]> => {
  const own: OwnCommittee[] = [];
  for (const seated of await myCommittees(deps, personId)) {
    const { state } = seated.round;
    const work = isGatedRound(state)
      ? await workIn(deps, { ...seated, round: { ...seated.round, state }, personId })
      : undefined;
    own.push({ ...seated, work });
  }
  const [waiting, others] = [own.filter(isWaiting), own.filter((one) => !isWaiting(one))];
  return [...waiting.toSorted((one, other) => byText(endOf(one), endOf(other))), ...others];
};

const isWaiting = ({ work }: OwnCommittee): boolean =>
  work !== undefined && (work.owed > 0 || work.voteAwaited || work.ballotAwaited);

const byText = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

const endOf = ({ work }: OwnCommittee): string => work?.plannedEnd ?? '';

type Place = { round: Versioned<GatedRound>; committee: Versioned<Committee>; personId: PersonId };

const workIn = async (
  deps: Reads & Pick<CommandDeps, 'clock'>,
  { round, committee, personId }: Place,
): Promise<OwnWork> => {
  const { records } = deps;
  const { state } = round;
  const [file, gate] = await Promise.all([roundFileOf(records, state.plan), gateOfRound(records, state)]);
  const planned = { plannedEnd: stageEndsAt(state, file), timeZone: file.timeZone };
  const isOpen = gate?.state.status === 'open' && votersOf(committee.state).includes(personId);
  if (!isOpen) return { ...planned, owed: 0, voteAwaited: false, ballotAwaited: false };
  const place = { round, committee, gate, file };
  const [owed, voting, ranking] = await Promise.all([
    workOwed(deps, { round: state, committee: committee.state, file }),
    votesAwaitedAt(deps, place),
    ballotsAwaitedAt(deps, place),
  ]);
  return {
    ...planned,
    owed: owed.get(personId)?.length ?? 0,
    voteAwaited: voting?.includes(personId) ?? false,
    ballotAwaited: ranking?.includes(personId) ?? false,
  };
};
