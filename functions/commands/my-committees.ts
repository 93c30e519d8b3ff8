import type { CommandDeps } from '#functions/commands/deps.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { everyRound } from '#functions/commands/rounds.ts';
import { isAway } from '#shared/domain/chair-absence.ts';
import {
  type Committee,
  committeeAggregate,
  type SeatKind,
  seatOf,
  votersOf,
} from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { Gate } from '#shared/domain/gate.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { stageEndsAt } from '#shared/domain/publication.ts';
import type { GatedRound, Round } from '#shared/domain/round.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';

type Reads = Pick<CommandDeps, 'records' | 'region'>;

type Seated = { round: Versioned<Round>; committee: Committee; seat: SeatKind };

/** The rounds on whose committee a person sits, newest first. */
export const myCommittees = async (deps: Reads, personId: PersonId): Promise<Seated[]> => {
  const mine: Seated[] = [];
  for (const round of await everyRound(deps)) {
    const committee = await deps.records.find(committeeAggregate, round.id);
    const seat = seatOf(committee?.state, personId);
    if (committee && seat) mine.push({ round, committee: committee.state, seat: seat.seat });
  }
  return mine;
};

/** What a person's seat is for at the gate of now. */
type OwnWork = {
  /** When the stage ends as the round file plans it. */
  plannedEnd: Instant | undefined;
  timeZone: string;
  /** A proposal lies on the table, and the person has not voted on it. */
  voteAwaited: boolean;
};

/** The same with what there is to do; no `work` where no committee decides, such as before the end of the call. */
export const ownCommittees = async (
  deps: Reads,
  personId: PersonId,
): Promise<(Seated & { work: OwnWork | undefined })[]> => {
  const own = [];
  for (const seated of await myCommittees(deps, personId)) {
    const { state } = seated.round;
    const work = isGatedRound(state) ? await workIn(deps, { ...seated, round: state, personId }) : undefined;
    own.push({ ...seated, work });
  }
  return own;
};

const workIn = async (
  { records }: Reads,
  { round, committee, personId }: { round: GatedRound; committee: Committee; personId: PersonId },
): Promise<OwnWork> => {
  const [file, gate] = await Promise.all([roundFileOf(records, round.plan), gateOfRound(records, round)]);
  return {
    plannedEnd: stageEndsAt(round, file),
    timeZone: file.timeZone,
    voteAwaited: gate !== undefined && awaitsVote(gate.state, committee, personId),
  };
};

const awaitsVote = (gate: Gate, committee: Committee, personId: PersonId): boolean =>
  gate.status === 'open' &&
  gate.proposal !== undefined &&
  votersOf(committee).includes(personId) &&
  !isAway(gate, committee, personId) &&
  !gate.votes.some(({ memberId }) => memberId === personId);
