import {
  type Committee,
  CommitteeEvent,
  committeeAggregate,
  type Seat,
  votersOf,
} from '#shared/domain/committee.ts';
import { fold, type StoredEvent } from '#shared/domain/event.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Certificate } from '#shared/domain/passport.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Gathered } from './gathered.ts';
import type { MinutesSeat } from './minutes.ts';

type History = readonly StoredEvent[];

type SeatFacts = Pick<Gathered, 'committee' | 'panels' | 'names' | 'passports'> & {
  round: Pick<Gathered['round'], 'endedAt'>;
};

/** Every seat that was ever given, in the order of appointment. */
export const gatheredSeats = (facts: SeatFacts): MinutesSeat[] => {
  const { committee, panels = [], names, passports, round } = facts;
  const calls = callsIn(committee);
  const atEnd = committeeAt(committee, round.endedAt);
  const voters = new Set(atEnd ? votersOf(atEnd) : []);
  return (fold(committeeAggregate, committee)?.seats ?? []).map((seat) => {
    const stoodInFor = new Set(calls.filter(during(seat)).map(({ standsInFor }) => standsInFor));
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

type Call = { at: Instant; personId: PersonId; standsInFor: PersonId };

/** A substitute who was released again has stood in all the same. */
const callsIn = (history: History): Call[] =>
  history
    .map(({ fact }) => CommitteeEvent.parse(fact))
    .flatMap((event) => (event.type === 'substitute-called' ? [event] : []));

const during =
  ({ personId, appointedAt, leftAt }: Seat) =>
  (call: Call): boolean =>
    call.personId === personId && call.at >= appointedAt && (leftAt === undefined || call.at <= leftAt);
