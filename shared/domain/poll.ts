import * as z from 'zod';
import { DiscussedItem } from '#shared/domain/discussion.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { ApplicationId, GateId, PersonId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import { GatedStage } from '#shared/domain/stage.ts';
import { Instant } from '#shared/domain/time.ts';

/** What a member ranks at which place: 1 is the best, two may share one; an application that is not in it stands below all that are. */
export const GivenRank = z.object({ applicationId: ApplicationId, rank: z.int().min(1) });
export type GivenRank = z.infer<typeof GivenRank>;

/** One member's newest ballot. */
const Ballot = z.object({
  memberId: PersonId,
  at: Instant,
  /** How often the member has cast one in this poll. */
  version: z.int().min(1),
  ranks: z.array(GivenRank).min(1),
});
export type Ballot = z.infer<typeof Ballot>;

/** A ballot that counts, and with which applications it compares nothing because of a conflict of interest. */
export const CountedBallot = z.object({ memberId: PersonId, without: z.array(ApplicationId) });
export type CountedBallot = z.infer<typeof CountedBallot>;

const opening = {
  gate: GateId,
  stage: GatedStage,
  /** The list on the table beside which it was opened. */
  proposal: Sha256,
  /** In the order of that list. */
  items: z.array(DiscussedItem).min(2),
};

/** What was counted in the end, as it stood when the poll was closed. */
const count = {
  counted: z.array(CountedBallot).min(1),
  /** Applications that had been withdrawn by then. */
  left: z.array(ApplicationId),
  /** How many could have ranked. */
  voters: z.int().min(1),
};

const common = {
  /** 1 for the first of the round. */
  number: z.int().min(1),
  ...opening,
  openedAt: Instant,
  openedBy: PersonId,
  ballots: z.array(Ballot),
};

/** Some applications that the committee ranks, each member for themselves. */
export const Poll = z.discriminatedUnion('status', [
  z.object({ ...common, status: z.literal('open') }),
  z.object({ ...common, status: z.literal('closed'), closedAt: Instant, closedBy: PersonId, ...count }),
  /** Counts for nothing; before or after it was closed. */
  z.object({
    ...common,
    status: z.literal('annulled'),
    annulledAt: Instant,
    annulledBy: PersonId,
    reason: DocumentRef,
  }),
]);
export type Poll = z.infer<typeof Poll>;
export type PollIn<Status extends Poll['status']> = Extract<Poll, { status: Status }>;

/** The polls of one round, oldest first; its id is the round's. */
export const Polls = z.object({ roundId: RoundId, polls: z.array(Poll).min(1) });
export type Polls = z.infer<typeof Polls>;

const step = { at: Instant, poll: z.int().min(1), by: PersonId };

export const PollsEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('poll-opened'), at: Instant, by: PersonId, roundId: RoundId, ...opening }),
  z.object({
    type: z.literal('ballot-cast'),
    at: Instant,
    poll: z.int().min(1),
    memberId: PersonId,
    ranks: z.array(GivenRank).min(1),
  }),
  z.object({ type: z.literal('poll-closed'), ...step, ...count }),
  z.object({ type: z.literal('poll-annulled'), ...step, reason: DocumentRef }),
]);
export type PollsEvent = z.infer<typeof PollsEvent>;

export const pollIn = (polls: Polls | undefined, number: number): Poll | undefined =>
  polls?.polls[number - 1];

/** A member's own ballot. */
export const ballotOf = ({ ballots }: Pick<Poll, 'ballots'>, member: PersonId): Ballot | undefined =>
  ballots.find(({ memberId }) => memberId === member);

export const pollsAggregate: Aggregate<Polls, PollsEvent> = {
  name: 'polls',
  event: PollsEvent,
  snapshot: Polls,
  evolve: (before, event) => {
    if (event.type === 'poll-opened') {
      const { roundId, gate, stage, proposal, items, at: openedAt, by: openedBy } = event;
      const polls = before?.polls ?? [];
      const number = polls.length + 1;
      const opened = { number, gate, stage, proposal, items, openedAt, openedBy, ballots: [] };
      return { roundId, polls: [...polls, { ...opened, status: 'open' }] };
    }
    if (!before) throw new Error(`Polls cannot begin with ${event.type}.`);
    const polls = before.polls.map((poll) => (poll.number === event.poll ? evolvePoll(poll, event) : poll));
    return { ...before, polls };
  },
  lists: () => ({}),
};

const evolvePoll = (poll: Poll, event: Exclude<PollsEvent, { type: 'poll-opened' }>): Poll => {
  const { number, gate, stage, proposal, items, openedAt, openedBy, ballots } = poll;
  const kept = { number, gate, stage, proposal, items, openedAt, openedBy, ballots };
  switch (event.type) {
    case 'ballot-cast': {
      const { memberId, at, ranks } = event;
      const version = (ballotOf(poll, memberId)?.version ?? 0) + 1;
      const others = ballots.filter((one) => one.memberId !== memberId);
      return { ...poll, ballots: [...others, { memberId, at, version, ranks }] };
    }
    case 'poll-closed': {
      const { counted, left, voters, at: closedAt, by: closedBy } = event;
      return { ...kept, status: 'closed', closedAt, closedBy, counted, left, voters };
    }
    case 'poll-annulled': {
      const { reason, at: annulledAt, by: annulledBy } = event;
      return { ...kept, status: 'annulled', annulledAt, annulledBy, reason };
    }
    default:
      return event satisfies never;
  }
};
