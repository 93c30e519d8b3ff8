import { changed } from '#functions/commands/storing.ts';
import { evolveAll, type Versioned } from '#shared/domain/event.ts';
import type { RoundId, VacancyCode } from '#shared/domain/ids.ts';
import { type Seats, type SeatsEvent, seatsAggregate, seatsId } from '#shared/domain/seats.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change, Records } from '#shared/ports/records.ts';
import { ok, type Result } from '#shared/result.ts';

type Entry = { id: string; before: Versioned<Seats> | undefined; events: SeatsEvent[] };

/** What one transaction does to the seats of a round's vacancies, gathered so that each vacancy is changed once. */
export const seatLedger = (records: Pick<Records, 'find'>, roundId: RoundId) => {
  const entries = new Map<VacancyCode, Entry>();
  const entryOf = async (vacancy: VacancyCode): Promise<Entry> => {
    const known = entries.get(vacancy);
    if (known) return known;
    const id = seatsId(roundId, vacancy);
    const entry = { id, before: await records.find(seatsAggregate, id), events: [] };
    entries.set(vacancy, entry);
    return entry;
  };
  return {
    /** Decides on the seats as they stand after what was decided here before. */
    decide: async (
      vacancy: VacancyCode,
      decision: (seats: Seats | undefined) => Result<SeatsEvent[], Refusal>,
    ): Promise<Result<void, Refusal>> => {
      const entry = await entryOf(vacancy);
      const decided = decision(evolveAll(seatsAggregate, entry.before?.state, entry.events));
      if (!decided.ok) return decided;
      entry.events.push(...decided.value);
      return ok(undefined);
    },
    /** The seats of every vacancy that something was decided on, as they stand then. */
    standing: (): ReadonlyMap<VacancyCode, Seats> =>
      new Map(
        [...entries].flatMap(([vacancy, { before, events }]) => {
          const seats = evolveAll(seatsAggregate, before?.state, events);
          return seats ? [[vacancy, seats] as const] : [];
        }),
      ),
    changes: (): Change[] =>
      [...entries.values()]
        .filter(({ events }) => events.length > 0)
        .map(({ id, before, events }) => changed(seatsAggregate, id, before, events).change),
  };
};

export type SeatLedger = ReturnType<typeof seatLedger>;
