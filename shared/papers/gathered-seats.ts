import {
  type Committee,
  CommitteeEvent,
  committeeAggregate,
  type Seat,
  votersOf,
} from '#shared/domain/committee.ts';
import { fold, type StoredEvent } from '#shared/domain/event.ts';
import type { Certificate } from '#shared/domain/passport.ts';
import { callsIn, type Instead, type SeatFacts } from '#shared/domain/tenure.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Gathered } from './gathered.ts';
import type { MinutesSeat } from './minutes.ts';

type History = readonly StoredEvent[];

type Facts = Pick<Gathered, 'committee' | 'panels' | 'names' | 'passports'> & {
  round: Pick<Gathered['round'], 'endedAt'>;
};

/** Every seat that was ever given, in the order of appointment. */
export const gatheredSeats = (facts: Facts): MinutesSeat[] => {
  const { committee, panels = [], names, passports, round } = facts;
  const { seats, calls } = seatFactsIn(committee);
  const atEnd = committeeAt(committee, round.endedAt);
  const voters = new Set(atEnd ? votersOf(atEnd) : []);
  return seats.map((seat) => {
    const stoodInFor = new Set(calls.filter(during(seat)).map(({ insteadOf }) => insteadOf));
    const { personId, leftAt } = seat;
    const satAtEnd = leftAt === undefined || leftAt > round.endedAt;
    return seatOf(seat, {
      name: names.get(personId),
      certified: passports.find((one) => one.personId === personId)?.certificates ?? [],
      stoodInFor: [...stoodInFor],
      panels: panels.filter(({ members }) => members.includes(personId)).map(({ number }) => number),
      votesAtEnd: satAtEnd && voters.has(personId),
    });
  });
};

const seatOf = (
  { personId, seat, leftAt }: Seat,
  {
    name,
    certified,
    stoodInFor,
    panels,
    votesAtEnd,
  }: Pick<MinutesSeat, 'stoodInFor' | 'votesAtEnd'> & {
    name: string | undefined;
    panels: number[];
    certified: readonly Certificate[];
  },
): MinutesSeat => ({
  personId,
  ...(name !== undefined && { name }),
  seat,
  stoodInFor,
  ...(panels.length > 0 && { panels }),
  votesAtEnd,
  ...(leftAt && { leftAt }),
  ...(certified.length > 0 && { certified: certified.map(({ at }) => ({ at })) }),
});

/** The committee as it was at a moment: who could vote then, and how many had to. */
export const committeeAt = (history: History, at: Instant): Committee | undefined =>
  fold(
    committeeAggregate,
    history.filter(({ fact }) => fact.at <= at),
  );

/** From when until when everybody had a seat, and whom substitutes stood in for; one who was released again has stood in all the same. */
export const seatFactsIn = (history: History): Omit<SeatFacts, 'absences'> => ({
  seats: fold(committeeAggregate, history)?.seats ?? [],
  calls: callsIn(history.map(({ fact }) => CommitteeEvent.parse(fact))),
});

const during =
  ({ personId, appointedAt, leftAt }: Seat) =>
  (call: Instead): boolean =>
    call.personId === personId && call.from >= appointedAt && (leftAt === undefined || call.from <= leftAt);
