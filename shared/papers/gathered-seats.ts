import { type Committee, CommitteeEvent, committeeAggregate, type Seat } from '#shared/domain/committee.ts';
import { fold, type StoredEvent } from '#shared/domain/event.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Gathered } from './gathered.ts';
import type { MinutesSeat } from './minutes.ts';

type History = readonly StoredEvent[];

/** Every seat that was ever given, in the order of appointment. */
export const gatheredSeats = ({ committee, names }: Pick<Gathered, 'committee' | 'names'>): MinutesSeat[] => {
  const calls = callsIn(committee);
  return (fold(committeeAggregate, committee)?.seats ?? []).map((seat) => {
    const stoodInFor = new Set(calls.filter(during(seat)).map(({ standsInFor }) => standsInFor));
    return seatOf(seat, names.get(seat.personId) ?? seat.personId, [...stoodInFor]);
  });
};

const seatOf = ({ personId, seat, leftAt }: Seat, name: string, stoodInFor: PersonId[]): MinutesSeat => ({
  personId,
  name,
  seat,
  stoodInFor,
  ...(leftAt && { leftAt }),
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
