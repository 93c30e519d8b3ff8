import { type ClaimEvent, claimAggregate, type ResultClaim, waitingReopening } from '#shared/domain/claim.ts';
import { decideClaim, withdrawClaim } from '#shared/domain/claim-decisions.ts';
import { askReopening, confirmReopening, refuseReopening } from '#shared/domain/claim-reopening.ts';
import { ApplicationId, ApplicationNumber, ClaimId, RoundId, SlotId } from '#shared/domain/ids.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import { bookSlot, callOffSlot, freeSlot, removeSlot, restoreSlot } from '#shared/domain/slot-decisions.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { after, asker, now, other, reason, zone } from './decided.ts';
import { walk } from './walk.ts';

const applicationId = ApplicationId.parse('APP11CAT100000000000');
const another = ApplicationId.parse('APP11CAT200000000000');
const roundId = RoundId.parse('R0VND000000000000000');
const startsAt = addSeconds(now, 86_400);
const begun = addSeconds(startsAt, 60);

const free = after(slotAggregate, undefined, {
  type: 'slot-planned',
  at: now,
  id: SlotId.parse('S10T0000000000000000'),
  roundId,
  startsAt,
  endsAt: addSeconds(startsAt, 1800),
  place: reason,
});
const booked = after(slotAggregate, free, { type: 'slot-booked', at: now, applicationId });

export const slots = walk({
  kind: 'slot',
  aggregate: slotAggregate,
  stateOf: ({ removedAt, calledOff, applicationId: whose }) => {
    if (removedAt) return calledOff ? 'called off' : 'removed';
    return whose ? 'booked' : 'free';
  },
  stories: {
    free,
    booked,
    removed: after(slotAggregate, free, { type: 'slot-removed', at: now }),
    'called off': after(slotAggregate, booked, ...callOffSlot(booked, now)),
  },
  commands: {
    book: (one) => bookSlot(one, applicationId, { now, zone }),
    'book for somebody else': (one) => bookSlot(one, another, { now, zone }),
    'book once it has begun': (one) => bookSlot(one, another, { now: begun, zone }),
    free: (one) => freeSlot(one, applicationId, { now, zone }),
    'free what is another’s': (one) => freeSlot(one, another, { now, zone }),
    'free once it has begun': (one) => freeSlot(one, applicationId, { now: begun, zone }),
    remove: (one) => removeSlot(one, now),
    // Whoever calls one off has seen that it is in the plan (`interview-calling-off.ts`).
    'call off': (one) => (one.removedAt ? [] : callOffSlot(one, now)),
    restore: (one) => restoreSlot(one, { now, zone }),
    'restore once it has begun': (one) => restoreSlot(one, { now: begun, zone }),
  },
});

const filing: ClaimEvent = {
  type: 'claim-filed',
  at: now,
  id: ClaimId.parse('C1A1M000000000000000'),
  roundId,
  applicationId,
  number: ApplicationNumber.parse('KZ19-7Q4M-0C2X'),
  grounds: 'scoring-error',
  text: reason,
};
const claim: ResultClaim = after(claimAggregate, undefined, filing);
const by = asker;
const upheld = after(claimAggregate, claim, {
  type: 'claim-upheld',
  at: now,
  by,
  reason,
  corrected: { scoring: 70 },
});
const rejected = after(claimAggregate, claim, { type: 'claim-rejected', at: now, by, reason });
const shown = reason.digest;

export const claims = walk({
  kind: 'claim',
  aggregate: claimAggregate,
  stateOf: (one) => (waitingReopening(one) ? `reopening ${one.status}` : one.status),
  stories: {
    open: claim,
    upheld,
    rejected,
    'reopening upheld': after(claimAggregate, upheld, { type: 'claim-reopening-asked', at: now, by, reason }),
    'reopening rejected': after(claimAggregate, rejected, {
      type: 'claim-reopening-asked',
      at: now,
      by,
      reason,
    }),
    withdrawn: after(claimAggregate, claim, { type: 'claim-withdrawn', at: now }),
  },
  commands: {
    uphold: (one) => decideClaim(one, { verdict: 'upheld', corrected: { scoring: 70 }, by, reason }, now),
    'uphold without a total': (one) =>
      decideClaim(one, { verdict: 'upheld', corrected: {}, by, reason }, now),
    reject: (one) => decideClaim(one, { verdict: 'rejected', by, reason }, now),
    withdraw: (one) => withdrawClaim(one, { filedAt: now }, now),
    'withdraw what was claimed before': (one) => withdrawClaim(one, { filedAt: addSeconds(now, -1) }, now),
    'ask to reopen': (one) => askReopening(one, { by, reason }, now),
    'ask to reopen as somebody else': (one) => askReopening(one, { by: other, reason }, now),
    reopen: (one) => confirmReopening(one, { by: other, shown }, now),
    'reopen what they asked for': (one) => confirmReopening(one, { by, shown }, now),
    'refuse to reopen': (one) => refuseReopening(one, { by: other, reason }, now),
    'claim again': (one) => (one.status === 'withdrawn' ? [filing] : []),
    'reject without a reason': (one) => decideClaim(one, { verdict: 'rejected', by, reason: undefined }, now),
  },
});
