import { committeeView, type SeatView } from '#functions/commands/committee-view.ts';
import { meetingRoom } from '#functions/commands/meeting-room.ts';
import { standingListOf } from '#functions/commands/pinned.ts';
import { type SeenResult, seenResult } from '#functions/commands/poll-result-view.ts';
import { groupAtLine, hasPolls, leftOf, pollsOf } from '#functions/commands/polls.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { wallIn } from '#functions/commands/walls.ts';
import {
  atGate,
  type CommitteeCommand,
  type OpenWorkplace,
  type Workplace,
  workplace,
} from '#functions/commands/workplace.ts';
import { votersOf } from '#shared/domain/committee.ts';
import { mayDepart } from '#shared/domain/departure-decisions.ts';
import type { DiscussedItem } from '#shared/domain/discussion.ts';
import type { MeetingRoom } from '#shared/domain/discussion-room.ts';
import type { ApplicationId, ApplicationNumber } from '#shared/domain/ids.ts';
import { permit } from '#shared/domain/permission.ts';
import { ballotOf, type Poll } from '#shared/domain/poll.ts';
import { askedOf, isOutdated, rankersIn } from '#shared/domain/poll-count.ts';
import { leadsPolls } from '#shared/domain/poll-decisions.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<SignInDeps, 'records' | 'people' | 'clock'>;

type SeenRank = { applicationId: ApplicationId; number: ApplicationNumber; rank: number | undefined };

/** The reader's own ballot, also one that was never cast; only of what is open to them. */
export type OwnBallot = {
  /** 0 before the first. */
  version: number;
  at: Instant | undefined;
  ranks: readonly SeenRank[];
};

/** Who is asked and, once they have ranked, since when; nothing of how. */
export type Asked = { name: string; at: Instant | undefined };

/** A poll as one member of the committee sees it. */
export type SeenPoll = {
  number: number;
  stage: GatedStage;
  openedAt: Instant;
  openedBy: string | undefined;
  /** Those that are open to the reader, in the order of numbers, so that no place in the list suggests itself. */
  open: readonly DiscussedItem[];
  /** Whether the stage that it belongs to is still to be decided. */
  current: boolean;
  /** `lapsed`: the stage was decided before it was closed. */
  state:
    | { kind: 'open'; asked: readonly Asked[]; ranks: OwnBallot | undefined }
    | { kind: 'lapsed' }
    | { kind: 'closed'; at: Instant; by: string | undefined; result: SeenResult; outdated: boolean }
    | { kind: 'annulled'; at: Instant; by: string | undefined; reason: string | undefined };
  /** What the reader ranked, once nothing of it can be changed. */
  own: OwnBallot | undefined;
};

export type PollsView = {
  place: Workplace;
  /** Newest first. */
  polls: readonly SeenPoll[];
  /** Whether the reader opens, closes and annuls now. */
  leads: boolean;
  /** Where the reader may open one: the group at the line, as far as it is open to them. */
  opening: { group: readonly ApplicationNumber[] } | undefined;
  /** Whether the reader may move a departure now, and name what a poll came to as its reason. */
  departs: boolean;
};

/** The polls of a round, as whoever may read them sees them. */
export const pollsView = async (
  deps: Deps,
  command: CommitteeCommand,
): Promise<Result<PollsView, Refusal>> => {
  const found = await workplace(deps, command, 'poll.read');
  if (!found.ok) return found;
  if (!hasPolls(found.value.file)) return refuse({ kind: 'not-found', what: 'page' });
  const place = found.value;
  const gated = atGate(place);
  const room = gated.ok ? await meetingRoom(deps, gated.value) : undefined;
  const isOn = gated.ok && gated.value.gate.state.status === 'open';
  const leads = isOn && room !== undefined && leadsPolls(room, place.by.id);
  const polls = (await seenPolls(deps, place, room)).toReversed();
  const isFree = polls.every(({ state }) => state.kind !== 'open');
  const opening = gated.ok && leads && isFree ? await openingAt(deps, gated.value) : undefined;
  return ok({ place, polls, leads, opening, departs: departsAt(place) });
};

/** As the gate offers it: before anybody has voted, to whoever has a vote. */
const departsAt = ({ by, round, gate, committee, file }: Workplace): boolean =>
  gate?.state.status === 'open' &&
  gate.state.proposal !== undefined &&
  gate.state.votes.length === 0 &&
  mayDepart(gate.state.stage, file) &&
  permit('gate.depart', by.role, round.state.stage).ok &&
  committee !== undefined &&
  votersOf(committee.state).includes(by.id);

const openingAt = async (
  { records }: Pick<Deps, 'records'>,
  place: OpenWorkplace,
): Promise<PollsView['opening']> => {
  const { proposal } = place.gate.state;
  if (!proposal) return undefined;
  const wall = wallIn(place);
  const group = groupAtLine(await standingListOf(records, proposal));
  return { group: group.flatMap(({ applicationId, number }) => (wall(applicationId) ? [] : [number])) };
};

/** Oldest first. */
const seenPolls = async (
  deps: Deps,
  place: Workplace,
  room: MeetingRoom | undefined,
): Promise<SeenPoll[]> => {
  const found = await pollsOf(deps, place.round.state.id);
  if (!found) return [];
  const { seats } = await committeeView(deps, place.round.state.id);
  const seen: SeenPoll[] = [];
  for (const poll of found.state.polls) seen.push(await seenPoll(deps, { place, room, seats }, poll));
  return seen;
};

type Around = { place: Workplace; room: MeetingRoom | undefined; seats: readonly SeatView[] };

const seenPoll = async (deps: Deps, around: Around, poll: Poll): Promise<SeenPoll> => {
  const { place, seats } = around;
  const wall = wallIn(place);
  const open = poll.items
    .filter(({ applicationId }) => !wall(applicationId))
    .toSorted((a, b) => (a.number < b.number ? -1 : 1));
  const state = await stateOf(deps, around, poll);
  const own = ownBallot(poll, place.by.id, open);
  return {
    number: poll.number,
    stage: poll.stage,
    openedAt: poll.openedAt,
    openedBy: seats.find(({ personId }) => personId === poll.openedBy)?.name,
    open,
    current: isCurrent(place, poll),
    state,
    own: state.kind !== 'open' && own.version > 0 ? own : undefined,
  };
};

const isCurrent = ({ gate }: Workplace, poll: Poll): boolean =>
  gate?.state.status === 'open' && gate.state.id === poll.gate;

const ownBallot = (
  poll: Poll,
  reader: Workplace['by']['id'],
  open: readonly Poll['items'][number][],
): OwnBallot => {
  const ballot = ballotOf(poll, reader);
  return {
    version: ballot?.version ?? 0,
    at: ballot?.at,
    ranks: open.map(({ applicationId, number }) => ({
      applicationId,
      number,
      rank: ballot?.ranks.find((one) => one.applicationId === applicationId)?.rank,
    })),
  };
};

const stateOf = async (deps: Deps, around: Around, poll: Poll): Promise<SeenPoll['state']> => {
  const { place, seats } = around;
  const nameOf = (id: string): string | undefined => seats.find(({ personId }) => personId === id)?.name;
  switch (poll.status) {
    case 'open':
      return await openState(deps, around, poll);
    case 'closed': {
      const { closedAt: at, closedBy } = poll;
      const list = await standingListOf(deps.records, poll.proposal);
      const result = seenResult(poll, list, wallIn(place));
      const committee = place.committee?.state;
      const outdated = committee !== undefined && isOutdated(poll, { committee });
      return { kind: 'closed', at, by: nameOf(closedBy), result, outdated };
    }
    case 'annulled': {
      const { annulledAt: at, annulledBy } = poll;
      const reason = await reasonText(deps.records, poll.reason);
      return { kind: 'annulled', at, by: nameOf(annulledBy), reason };
    }
    default:
      return poll satisfies never;
  }
};

const openState = async (
  deps: Deps,
  { place, room, seats }: Around,
  poll: Poll,
): Promise<SeenPoll['state']> => {
  if (!room || !isCurrent(place, poll)) return { kind: 'lapsed' };
  const left = await leftOf(deps, poll);
  const asked = rankersIn(poll, room, left).map((id) => ({
    name: seats.find(({ personId }) => personId === id)?.name ?? '',
    at: ballotOf(poll, id)?.at,
  }));
  const member = place.by.id;
  const mine = rankersIn(poll, room, left).includes(member) ? askedOf(poll, room, { member, left }) : [];
  const open = poll.items
    .filter(({ applicationId }) => mine.includes(applicationId))
    .toSorted((a, b) => (a.number < b.number ? -1 : 1));
  return { kind: 'open', asked, ranks: mine.length > 0 ? ownBallot(poll, member, open) : undefined };
};

/** The polls at the gate where a round waits, for whoever may read them; nothing where nobody ranks. */
export const pollsAtGate = async (deps: Deps, place: Workplace): Promise<SeenPoll[]> => {
  const { by, round, gate, file } = place;
  if (!gate || !hasPolls(file) || !permit('poll.read', by.role, round.state.stage).ok) return [];
  // Most gates have none: nothing else is read for it then.
  if (!(await pollsOf(deps, round.state.id))) return [];
  const gated = atGate(place);
  const room = gated.ok ? await meetingRoom(deps, gated.value) : undefined;
  return (await seenPolls(deps, place, room)).filter(({ stage }) => stage === gate.state.stage);
};
