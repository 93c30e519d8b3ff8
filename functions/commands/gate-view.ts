import { chairs } from '#functions/commands/chairing.ts';
import { committeeView, type SeatView } from '#functions/commands/committee-view.ts';
import { type DepartureView, departureViews } from '#functions/commands/departures.ts';
import { standingListOf } from '#functions/commands/pinned.ts';
import { pollsAtGate, type SeenPoll } from '#functions/commands/poll-view.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { unblindedSubstitutes } from '#functions/commands/unblinded.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { absenceAt, type ChairAbsence } from '#shared/domain/chair-absence.ts';
import { lacksOf } from '#shared/domain/committee-changes.ts';
import type { Gate } from '#shared/domain/gate.ts';
import { type Tally, tallyOf } from '#shared/domain/gate-decisions.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { awayFrom, type RecusedVote, recusedVotes } from '#shared/domain/recusal.ts';
import { isUndoable } from '#shared/domain/round-advance.ts';
import type { StandingList } from '#shared/domain/standing.ts';
import { type SeenList, seenList } from '#shared/domain/walls.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<SignInDeps, 'records' | 'people' | 'clock'>;

/** A gate as the committee sees it: names of colleagues, never of applicants. */
export type GateView = Workplace & {
  seats: SeatView[];
  lacks: Fault[];
  /** What lies on the table, or what was decided last, without what is closed to the reader. */
  proposal: SeenList | undefined;
  /** Where it decides otherwise than the points propose, and why. */
  departures: readonly DepartureView[];
  /** How votes stand; those of who takes part in nothing of the list are not in it. */
  tally: Tally | undefined;
  /** Applications of the list for which somebody's vote does not count. */
  recused: readonly RecusedVote[];
  /** Typed reasons of votes, by who gave them, and of meetings, by their place. */
  voteReasons: ReadonlyMap<PersonId, string>;
  meetingReasons: readonly (string | undefined)[];
  undoable: boolean;
  /** What the committee ranks or ranked by ballot beside it, oldest first. */
  polls: readonly SeenPoll[];
  /** Who has seen too much to be called in for anybody: seats of before that was looked at stay. */
  unblinded: ReadonlySet<PersonId>;
  /** Whether the reader acts as the chair. */
  chairs: boolean;
  /** That the chair is away, who chairs, and why. */
  absence: (Omit<ChairAbsence, 'reason'> & { reason: string | undefined }) | undefined;
};

/** The gate of the stage that a round is in, for whoever may read it. */
export const gateView = async (deps: Deps, command: CommitteeCommand): Promise<Result<GateView, Refusal>> => {
  const found = await workplace(deps, command, 'gate.read');
  if (!found.ok) return found;
  const place = found.value;
  const gate = place.gate?.state;
  const [{ seats }, list, unblinded] = await Promise.all([
    committeeView(deps, command.roundId),
    listOf(deps.records, gate),
    unblindedSubstitutes(deps, place),
  ]);
  const { committee, file } = place;
  return ok({
    ...place,
    seats,
    lacks: lacksOf(committee?.state, file.committee),
    proposal: list && seenList(list, wallIn(place)),
    departures: await departureViews(deps.records, place, wallIn(place)),
    ...votesOf(place, list, unblinded),
    voteReasons: await voteReasons(deps.records, gate),
    meetingReasons: await Promise.all(
      (gate?.meetings ?? []).map(({ reason }) => reasonText(deps.records, reason)),
    ),
    undoable: isUndoable(place.round.state),
    polls: await pollsAtGate(deps, place),
    unblinded,
    chairs: chairs(place).ok,
    absence: await absenceOf(deps.records, place),
  });
};

const absenceOf = async (
  records: Pick<Records, 'document'>,
  { gate, committee }: Workplace,
): Promise<GateView['absence']> => {
  const absence = gate && committee && absenceAt(gate.state, committee.state);
  return absence && { ...absence, reason: await reasonText(records, absence.reason) };
};

const listOf = async (
  records: Pick<Records, 'blob'>,
  gate: Gate | undefined,
): Promise<StandingList | undefined> =>
  gate?.proposal === undefined ? undefined : await standingListOf(records, gate.proposal);

const votesOf = (
  { gate, committee, file }: Workplace,
  list: StandingList | undefined,
  unblinded: ReadonlySet<PersonId>,
): Pick<GateView, 'tally' | 'recused'> => {
  if (!gate || !committee) return { tally: undefined, recused: [] };
  const standings = list?.standings ?? [];
  const rule = file.committee;
  const room = { gate: gate.state, committee: committee.state, rule, unblinded };
  const away = awayFrom(room, standings);
  return {
    tally: tallyOf(room.gate, room.committee, { rule, away }),
    recused: recusedVotes(room, standings),
  };
};

const voteReasons = async (
  records: Pick<Records, 'document'>,
  gate: Gate | undefined,
): Promise<Map<PersonId, string>> => {
  const reasons = new Map<PersonId, string>();
  for (const { memberId, reason } of gate?.votes ?? []) {
    const text = await reasonText(records, reason);
    if (text !== undefined) reasons.set(memberId, text);
  }
  return reasons;
};
