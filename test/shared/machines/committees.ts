import { type Committee, committeeAggregate } from '#shared/domain/committee.ts';
import { type GateEvent, gateAggregate, letGateGo } from '#shared/domain/gate.ts';
import {
  castVote,
  decideGate,
  drawUp,
  resumeWork,
  stopWork,
  withdrawProposal,
} from '#shared/domain/gate-decisions.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { GateId, RoundId } from '#shared/domain/ids.ts';
import { after, asker, now, other } from './decided.ts';
import { walk } from './walk.ts';

const roundId = RoundId.parse('R0VND000000000000000');
const proposal = sha256Of('proposal');
const rule = { quorum: { numerator: 1, denominator: 2 } };

const seat = (personId: typeof asker, kind: 'chair' | 'member') =>
  ({ type: 'seat-given', at: now, roundId, personId, seat: kind }) as const;
const committee: Committee = after(
  committeeAggregate,
  undefined,
  seat(asker, 'chair'),
  seat(other, 'member'),
);

const atWork = after(gateAggregate, undefined, {
  type: 'gate-opened',
  at: now,
  id: GateId.parse('GATE0000000000000000'),
  roundId,
  stage: 'screening',
  attempt: 1,
  tokenDigest: sha256Of('token'),
});
const then = (...events: GateEvent[]) => after(gateAggregate, atWork, ...events);
const onTable = { type: 'proposal-drawn-up', at: now, proposal, reads: sha256Of('reads') } as const;
const votedFor = {
  type: 'vote-cast',
  at: now,
  proposal,
  vote: { memberId: asker, choice: 'for', at: now },
} as const;

export const gates = walk({
  kind: 'gate',
  aggregate: gateAggregate,
  stateOf: ({ status, proposal: lies, stoppedAt, votes }) => {
    if (status === 'decided') return 'decided';
    if (lies) return votes.length > 0 ? 'voted for' : 'on the table';
    return stoppedAt ? 'stopped' : 'at work';
  },
  stories: {
    'at work': atWork,
    stopped: then({ type: 'work-stopped', at: now }),
    'on the table': then(onTable),
    'voted for': then(onTable, votedFor),
    decided: then(onTable, votedFor, { type: 'gate-decided', at: now, outcome: 'advanced', proposal }),
  },
  commands: {
    stop: (gate) => stopWork(gate, now),
    resume: (gate) => resumeWork(gate, now),
    'draw up': (gate) => drawUp(gate, { proposal, reads: sha256Of('reads') }, now),
    'draw up another': (gate) => drawUp(gate, { proposal: sha256Of('other'), reads: sha256Of('reads') }, now),
    'take back': (gate) => withdrawProposal(gate, { shown: undefined }, now),
    vote: (gate) => castVote(gate, committee, { memberId: asker, choice: 'for', proposal }, now),
    'vote on another': (gate) =>
      castVote(gate, committee, { memberId: asker, choice: 'for', proposal: sha256Of('other') }, now),
    decide: (gate) => decideGate(gate, committee, { proposal, rule }, now),
    'decide on another': (gate) => decideGate(gate, committee, { proposal: sha256Of('other'), rule }, now),
    'let go': (gate) => letGateGo(gate, 'cancelled', now),
  },
});
