import type { Gate } from '#shared/domain/gate.ts';
import type { ApplicationId, ApplicationNumber } from '#shared/domain/ids.ts';
import type { Poll } from '#shared/domain/poll.ts';
import { pollResult } from '#shared/domain/poll-count.ts';
import type { Gathered } from './gathered.ts';
import type { MinutesGate } from './minutes.ts';
import type { MinutesPoll } from './minutes-polls.ts';

/** What the committee ranked by ballot at a gate: ids of members who led it, and no ballot. */
export const gatheredPolls = (
  { id }: Pick<Gate, 'id'>,
  { polls = [], said }: Pick<Gathered, 'polls' | 'said'>,
): Pick<MinutesGate, 'polls'> => {
  const here = polls.filter(({ gate }) => gate === id);
  return here.length > 0 ? { polls: here.map((poll) => toldOf(poll, said)) } : {};
};

const toldOf = (poll: Poll, said: Gathered['said']): MinutesPoll => {
  const { number, openedAt, openedBy, items } = poll;
  return { number, openedAt, openedBy, applications: items.map((one) => one.number), end: endOf(poll, said) };
};

const endOf = (poll: Poll, said: Gathered['said']): MinutesPoll['end'] => {
  switch (poll.status) {
    case 'open':
      return { kind: 'lapsed' };
    case 'annulled': {
      const reason = said(poll.reason);
      const { annulledAt: at, annulledBy: by } = poll;
      return { kind: 'annulled', at, by, ...(reason !== undefined && { reason }) };
    }
    case 'closed': {
      const { closedAt: at, closedBy: by, voters } = poll;
      const { ballots, order } = pollResult(poll);
      const left = numbersOf(poll, poll.left);
      return {
        kind: 'closed',
        at,
        by,
        ballots,
        voters,
        order: order.map(({ id, place, beats, beatenBy, borda }) => ({
          number: id,
          place,
          beats,
          beatenBy,
          borda: borda.points ?? null,
        })),
        ...(left.length > 0 && { left }),
      };
    }
    default:
      return poll satisfies never;
  }
};

const numbersOf = ({ items }: Poll, ids: readonly ApplicationId[]): ApplicationNumber[] =>
  items.flatMap(({ applicationId, number }) => (ids.includes(applicationId) ? [number] : []));
