import * as z from 'zod';
import { type CommitteeEvent, type Seat, SeatKind } from '#shared/domain/committee.ts';
import type { GateEvent } from '#shared/domain/gate.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';

/*
 * Who could sit in the room of a committee from when until when. A seat knows when it was given and ended; for whom a substitute sat, and
 * when a chair was away, only the events know.
 */

/** Why somebody took a place in the room or gave it up. `other`: whom they replace, or who replaces them. */
export const Turn = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['appointed', 'left-committee']), seat: SeatKind }),
  z.strictObject({
    kind: z.enum(['called-in', 'sent-back', 'replaced', 'returned', 'chair-away', 'chair-returned']),
    other: PersonId,
  }),
]);
export type Turn = z.infer<typeof Turn>;

type Time = { from: Instant; until?: Instant | undefined };

/** That somebody had a place in the room; still has it where it has no end. */
export type Tenure = Time & { personId: PersonId; votes: boolean; began: Turn; ended?: Turn | undefined };

/** That somebody sat, or chaired, in another's place. */
export type Instead = Time & { personId: PersonId; insteadOf: PersonId };

/** Whom substitutes stood in for, of all events of a committee. Whoever leaves stands in no longer. */
export const callsIn = (events: readonly CommitteeEvent[]): Instead[] => {
  const calls: Instead[] = [];
  for (const event of events) {
    if (event.type === 'substitute-called') {
      calls.push({ personId: event.personId, insteadOf: event.standsInFor, from: event.at });
    } else if (event.type === 'substitute-released' || event.type === 'seat-left') {
      end(calls, event.at, ({ personId }) => personId === event.personId);
    }
  }
  return calls;
};

/** Who chaired a gate while its chair was recorded as away, of all its events. */
export const absencesIn = (events: readonly GateEvent[]): Instead[] => {
  const absences: Instead[] = [];
  for (const event of events) {
    if (event.type !== 'chair-absent' && event.type !== 'chair-returned') continue;
    end(absences, event.at);
    if (event.type === 'chair-returned') continue;
    absences.push({ personId: event.standIn, insteadOf: event.chair, from: event.at });
  }
  return absences;
};

const end = (all: Instead[], until: Instant, isIt: (one: Instead) => boolean = () => true): void => {
  const last = all.findLastIndex((one) => one.until === undefined && isIt(one));
  const found = all[last];
  if (found) all[last] = { ...found, until };
};

export type SeatFacts = { seats: readonly Seat[]; calls: readonly Instead[]; absences: readonly Instead[] };

/** Who had a place in the room when, in the order of time: the secretary, whoever could vote, but no chair who was recorded as away. */
export const tenuresIn = (facts: SeatFacts): Tenure[] =>
  facts.seats
    .flatMap((seat) => (seat.seat === 'substitute' ? calledIn(seat, facts) : satIn(seat, facts)))
    .toSorted((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)));

/** A substitute has a place only while they stand in for somebody. */
const calledIn = (seat: Seat, { calls }: SeatFacts): Tenure[] =>
  calls
    .filter((call) => call.personId === seat.personId)
    .flatMap(({ insteadOf: other, ...call }) => {
      const time = common(call, timeOf(seat));
      if (!time) return [];
      const left = { kind: 'left-committee', seat: seat.seat } as const;
      const ended = time.until === seat.leftAt ? left : ({ kind: 'sent-back', other } as const);
      const began = { kind: 'called-in', other } as const;
      return [{ personId: seat.personId, votes: true, ...time, began, ...(time.until && { ended }) }];
    });

const satIn = (seat: Seat, { calls, absences }: SeatFacts): Tenure[] => {
  const { personId, seat: kind } = seat;
  const isTheirs = ({ insteadOf }: Instead): boolean => insteadOf === personId;
  const whole: Tenure = {
    personId,
    votes: kind !== 'secretary',
    ...timeOf(seat),
    began: { kind: 'appointed', seat: kind },
    ...(seat.leftAt && { ended: { kind: 'left-committee', seat: kind } }),
  };
  const without = (tenures: Tenure[], one: Instead, kinds: readonly ['replaced' | 'chair-away', Returning]) =>
    tenures.flatMap((tenure) => cut(tenure, one, kinds));
  const present = calls
    .filter(isTheirs)
    .reduce((all, call) => without(all, call, ['replaced', 'returned']), [whole]);
  if (kind !== 'chair') return present;
  return absences
    .filter(isTheirs)
    .reduce((all, absence) => without(all, absence, ['chair-away', 'chair-returned']), present);
};

type Returning = 'returned' | 'chair-returned';

const timeOf = ({ appointedAt, leftAt }: Seat): Time => ({
  from: appointedAt,
  ...(leftAt && { until: leftAt }),
});

/** What is left of it while somebody else sits there. */
const cut = (
  tenure: Tenure,
  { personId: other, from, until }: Instead,
  [gone, back]: readonly ['replaced' | 'chair-away', Returning],
): Tenure[] => {
  if (!common(tenure, { from, until })) return [tenure];
  const before: Tenure = { ...tenure, until: from, ended: { kind: gone, other } };
  const after: Tenure | undefined = until && { ...tenure, from: until, began: { kind: back, other } };
  return [before, ...(after ? [after] : [])].filter((one) => one.until === undefined || one.from < one.until);
};

/** The time that two have in common; undefined where it is none. A time ends just before its end. */
export const common = (one: Time, other: Time): Time | undefined => {
  const from = one.from > other.from ? one.from : other.from;
  const [first, second] = [one.until ?? other.until, other.until ?? one.until];
  const until = first !== undefined && second !== undefined && second < first ? second : first;
  return until === undefined || from < until ? { from, ...(until && { until }) } : undefined;
};

/** Whoever held the chair when, in the order of time; nobody while who was elected in a chair's absence had left. */
export const chairsIn = (facts: SeatFacts): (Time & { personId: PersonId })[] => {
  const tenures = tenuresIn(facts);
  const instead = [...facts.calls, ...facts.absences];
  const held = facts.seats
    .filter(({ seat }) => seat === 'chair')
    .flatMap((chair) => {
      const stoodIn = instead.filter(({ insteadOf }) => insteadOf === chair.personId);
      const own = within(chair.personId, timeOf(chair), tenures);
      return own.concat(
        stoodIn.flatMap(({ personId, ...time }) => {
          const both = common(time, timeOf(chair));
          return both ? within(personId, both, tenures) : [];
        }),
      );
    });
  return held.toSorted((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)));
};

const within = (
  personId: PersonId,
  time: Time,
  tenures: readonly Tenure[],
): (Time & { personId: PersonId })[] =>
  tenures.flatMap((tenure) => {
    const both = tenure.personId === personId && tenure.votes ? common(tenure, time) : undefined;
    return both ? [{ personId, ...both }] : [];
  });
