import { appointedChair, chairAway, chairBack } from '#shared/domain/chair-absence.ts';
import { type CommitteeEvent, committeeAggregate, type SeatKind } from '#shared/domain/committee.ts';
import { callSubstitute, giveSeat, leaveSeat, releaseSubstitute } from '#shared/domain/committee-changes.ts';
import { type DiscussionsEvent, discussionsAggregate, lastDiscussion } from '#shared/domain/discussion.ts';
import { type Move, moveDiscussion, openDiscussion } from '#shared/domain/discussion-decisions.ts';
import { mayLead, mayTakeUp } from '#shared/domain/discussion-room.ts';
import { noteIn, sittingOf } from '#shared/domain/discussion-stays.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { type GateEvent, gateAggregate } from '#shared/domain/gate.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber, GateId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { absencesIn, callsIn, type SeatFacts, tenuresIn } from '#shared/domain/tenure.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import { numberOf } from '#test/builders/minutes.ts';

const roundId = RoundId.parse('R'.repeat(20));
export const gateId = GateId.parse('G'.repeat(20));
export const person = (index: number): PersonId => PersonId.parse(`P${index}`.padEnd(20, '0'));
/** Two of them have no seat at first. */
export const everybody = Array.from({ length: 10 }, (_, index) => person(index));
const seats: readonly SeatKind[] = [
  'chair',
  'member',
  'member',
  'member',
  'member',
  'substitute',
  'substitute',
  'secretary',
];
const itemOf = (index: number) => ({
  applicationId: ApplicationId.parse(`A${index}`.padEnd(20, '0')),
  number: ApplicationNumber.parse(numberOf(index)),
});
export const items = [0, 1, 2].map(itemOf);
export const minute = (n: number): Instant =>
  Instant.parse(new Date(Date.UTC(2022, 9, 12, 4, n)).toISOString());
const reason = { owner: 'round#R#1', kind: 'reason', version: 1, digest: sha256Of('why') } as const;
const provenance = { source: 'https://example.kz', confidence: 'low', verifiedOn: '2022-10-01' } as const;
const rule = { replacedBy: 'elected', ...provenance } as const;

const ofSeats = ['seat', 'leave-seat', 'hand-over', 'call', 'release', 'chair-away', 'chair-back'] as const;
const ofDiscussion = ['arrive', 'leave', 'undo', 'take-up', 'pause'] as const;
export const presses = [...ofSeats, ...ofDiscussion] as const;
/** `a` is about whom or what, `b` for whom or as what. */
export type Press<Kind = (typeof presses)[number]> = { kind: Kind; a: number; b: number };
type Seating = Press<(typeof ofSeats)[number]>;
type Noting = Press<(typeof ofDiscussion)[number]>;

const isSeating = (press: Press): press is Seating => ofSeats.some((kind) => kind === press.kind);

const isNoting = (press: Press): press is Noting => ofDiscussion.some((kind) => kind === press.kind);

/** What records keep of a committee, its gate and a discussion. */
type Kept = { committee: CommitteeEvent[]; gate: GateEvent[]; discussions: DiscussionsEvent[] };

const begun = (conflicts: readonly (readonly [number, number])[]): Kept => ({
  committee: [
    ...seats.map((seat, index): CommitteeEvent => {
      return { type: 'seat-given', at: minute(-60), roundId, personId: person(index), seat };
    }),
    ...conflicts.map(([who, about]): CommitteeEvent => {
      const { applicationId } = itemOf(about);
      return { type: 'conflict-declared', at: minute(-50), memberId: person(who), applicationId };
    }),
  ],
  gate: [
    {
      type: 'gate-opened',
      at: minute(-40),
      id: gateId,
      roundId,
      stage: 'screening',
      attempt: 1,
      tokenDigest: sha256Of('token'),
    },
  ],
  discussions: [],
});

const statesOf = ({ committee: events, gate: atGate, discussions }: Kept) => {
  const committee = evolveAll(committeeAggregate, undefined, events);
  const gate = evolveAll(gateAggregate, undefined, atGate);
  if (!committee || !gate) throw new Error('There is a committee, and a gate.');
  const facts: SeatFacts = { seats: committee.seats, calls: callsIn(events), absences: absencesIn(atGate) };
  const room = { committee, gate, gone: [], facts, tenures: tenuresIn(facts) };
  const state = evolveAll(discussionsAggregate, undefined, discussions);
  return { committee, gate, room, facts, state, discussion: lastDiscussion(state) };
};

const keep = <Event>(all: Event[], decided: Result<Event[], Refusal>): boolean => {
  if (decided.ok) all.push(...decided.value);
  return decided.ok && decided.value.length > 0;
};

const nobody = new Set<PersonId>();

/** A member takes the chair at the very moment at which they give up their own seat. */
const handOver = (kept: Kept, personId: PersonId, now: Instant): boolean => {
  const { committee, gate } = statesOf(kept);
  const chair = appointedChair(committee);
  for (const id of [chair, personId]) {
    const leaving = id && leaveSeat(statesOf(kept).committee, { personId: id, gate }, now);
    if (leaving) keep(kept.committee, leaving);
  }
  const given = { roundId, personId, seat: 'chair' as const, unblinded: nobody };
  return keep(kept.committee, giveSeat(statesOf(kept).committee, given, now));
};

const seat = (kept: Kept, { kind, a, b }: Seating, now: Instant): boolean => {
  const { committee, gate } = statesOf(kept);
  const [personId, other] = [person(a), person(b)];
  const atGate = { gate, unblinded: nobody };
  const onCommittee = (decided: Result<CommitteeEvent[], Refusal>) => keep(kept.committee, decided);
  switch (kind) {
    case 'seat': {
      const given = { roundId, personId, seat: seats[b % seats.length] ?? 'member', unblinded: nobody };
      return onCommittee(giveSeat(committee, given, now));
    }
    case 'leave-seat':
      return onCommittee(leaveSeat(committee, { personId, gate }, now));
    case 'hand-over':
      return handOver(kept, other, now);
    case 'call':
      return onCommittee(callSubstitute(committee, { personId, standsInFor: other, ...atGate }, now));
    case 'release':
      return onCommittee(releaseSubstitute(committee, { personId, gate }, now));
    case 'chair-away':
      return keep(kept.gate, chairAway(gate, committee, { rule, standIn: personId, reason }, now));
    case 'chair-back':
      return keep(kept.gate, chairBack(gate, now));
    default:
      return kind satisfies never;
  }
};

const step = (kept: Kept, move: Move, now: Instant): boolean => {
  const { state, room, discussion } = statesOf(kept);
  const item = move.kind === 'take-up' ? discussion?.items[move.place - 1] : undefined;
  const by = everybody.find((id) =>
    discussion && item ? mayTakeUp(room, discussion, id, item.applicationId) : mayLead(room, discussion, id),
  );
  const version = kept.discussions.length;
  if (!state || !by) return false;
  return keep(kept.discussions, moveDiscussion({ state, version }, room, { by, seen: version, move }, now));
};

const note = (kept: Kept, { kind, a }: Noting, now: Instant): boolean => {
  const personId = person(a);
  if (kind === 'take-up') return step(kept, { kind, place: 1 + (a % items.length) }, now);
  if (kind === 'pause') return step(kept, { kind }, now);
  if (kind !== 'undo') return step(kept, { kind, personId }, now);
  const { room, discussion } = statesOf(kept);
  const last = discussion && noteIn(sittingOf(discussion, room.tenures), personId);
  return last ? step(kept, { kind, personId, noted: last.at }, now) : false;
};

/** A discussion that the secretary opened in minute 0. */
export const aMeeting = (absent: readonly number[], conflicts: readonly (readonly [number, number])[]) => {
  const kept = begun(conflicts);
  const opening = { gate: gateId, roundId, by: person(7), absent: absent.map(person), items };
  keep(kept.discussions, openDiscussion(undefined, statesOf(kept).room, opening, minute(0)));
  return {
    now: () => {
      const { discussion, ...states } = statesOf(kept);
      if (!discussion) throw new Error('It was opened.');
      return { ...states, discussion };
    },
    /** Whether it changed anything. */
    press: (press: Press, now: Instant): boolean => {
      if (isSeating(press)) return seat(kept, press, now);
      return isNoting(press) && note(kept, press, now);
    },
    close: (now: Instant): boolean => step(kept, { kind: 'close' }, now),
  };
};
