import { ApplicationId, ApplicationNumber, ClaimId, RoundId, SlotId } from '#shared/domain/ids.ts';
import { noteAttendance } from '#shared/domain/interview.ts';
import {
  type OwedInterview,
  type OwedInterviewEvent,
  owedInterviewAggregate,
} from '#shared/domain/owed-interview.ts';
import {
  askOwedInterview,
  cancelOwedInterview,
  countOwedInterview,
  grantOwedInterview,
  planOwedInterview,
  refuseOwedInterview,
  uncountOwedInterview,
} from '#shared/domain/owed-interview-decisions.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { after, asker, now, other, reason, zone } from './decided.ts';
import { walk } from './walk.ts';

const found = { claim: ClaimId.parse('C1A1M000000000000000') };
const about = {
  applicationId: ApplicationId.parse('APP11CAT100000000000'),
  roundId: RoundId.parse('R0VND000000000000000'),
  number: ApplicationNumber.parse('KZ19-7Q4M-0C2X'),
};
const slotId = SlotId.parse('S10T0000000000000000');
const startsAt = addSeconds(now, 86_400);
const begun = addSeconds(startsAt, 60);
const slot = after(slotAggregate, undefined, {
  type: 'slot-planned',
  at: now,
  id: slotId,
  roundId: about.roundId,
  startsAt,
  endsAt: addSeconds(startsAt, 1800),
  place: reason,
});

const waiting = after(owedInterviewAggregate, undefined, {
  type: 'owed-interview-asked',
  at: now,
  ...about,
  found,
  by: asker,
  reason,
});
const then = (...events: OwedInterviewEvent[]) => after(owedInterviewAggregate, waiting, ...events);
const granted = { type: 'owed-interview-granted', at: now, by: other } as const;
const planned = { type: 'owed-interview-planned', at: now, slot: slotId } as const;
const missed = { type: 'interview-missed', at: now } as const;
const counted = { type: 'owed-interview-counted', at: now, correction: 1, total: 80 } as const;
const asking = { candidacy: aCandidacy(), found };

/** As the command notes it (`interviewedIn`): of an interview that has its time. */
const came = (one: OwedInterview, isThere: boolean, when = begun) =>
  one.status === 'planned' ? noteAttendance({ candidacy: one, slot, now: when, zone }, isThere) : [];

export const owedInterviews = walk({
  kind: 'owed-interview',
  aggregate: owedInterviewAggregate,
  stateOf: ({ status, missedInterview }) => (status === 'planned' && missedInterview ? 'missed' : status),
  stories: {
    waiting,
    refused: then({ type: 'owed-interview-refused', at: now, by: other, reason }),
    granted: then(granted),
    planned: then(granted, planned),
    missed: then(granted, planned, missed),
    counted: then(granted, planned, counted),
  },
  commands: {
    'ask again': (one) => askOwedInterview(one, asking, { by: asker, reason }, now),
    'ask without a ground': (one) =>
      askOwedInterview(one, { ...asking, found: undefined }, { by: asker, reason }, now),
    grant: (one) => grantOwedInterview(one, other, now),
    'grant the own one': (one) => grantOwedInterview(one, asker, now),
    refuse: (one) => refuseOwedInterview(one, { by: other, reason }, now),
    plan: (one) => planOwedInterview(one, slot, now),
    'take the time back': (one) => cancelOwedInterview(one, { slot, reason }, { now, zone }),
    'not come': (one) => came(one, false),
    'come after all': (one) => came(one, true),
    'not come before it has begun': (one) => came(one, false, now),
    count: (one) => countOwedInterview(one, { correction: 1, total: 80 }, now),
    'count without all cards': (one) => countOwedInterview(one, { correction: 1, total: undefined }, now),
    'take the correction back': (one) => uncountOwedInterview(one, 1, now),
    'take another correction back': (one) => uncountOwedInterview(one, 2, now),
  },
});
