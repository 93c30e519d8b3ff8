import type { CommandDeps } from '#functions/commands/deps.ts';
import { engagedElsewhere, regionBook, turnTaken } from '#functions/commands/engagements.ts';
import { roomsOf, type SeatingBook, seatingChange } from '#functions/commands/seating-book.ts';
import type { OpenWorkplace } from '#functions/commands/workplace.ts';
import { stretchOf } from '#shared/domain/engagement.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { type PanelsEvent, panelsAggregate } from '#shared/domain/panel.ts';
import { type Seating, seat } from '#shared/domain/seating.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change } from '#shared/ports/records.ts';
import { ok, type Result } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;

type Wanted = {
  book: SeatingBook;
  seatings: readonly Seating[];
  /** Who leaves the times that they had, in the same press. */
  rises?: readonly PanelsEvent[];
  /** Places that are being typed, by the digest of their texts. */
  typed?: ReadonlyMap<string, string> | undefined;
};

/**
 * What is stored so that nobody else has these people and rooms then, in any round of the region. Refused where somebody has: the seating book
 * of the round and the region's record are changed by whoever plans, so that of two at one moment the second is decided again on what the
 * first one took.
 */
export const takeSeats = async (
  deps: Reads,
  { round, file, committee }: Pick<OpenWorkplace, 'round' | 'file' | 'committee'>,
  { book, seatings, rises = [], typed = new Map() }: Wanted,
): Promise<Result<Change[], Refusal>> => {
  const now = deps.clock.now();
  const region = await regionBook(deps, round.state.region);
  const stretch = stretchOf(seatings.flatMap(({ sittings }) => sittings));
  const elsewhere = await engagedElsewhere(deps, { roundId: round.state.id, stretch }, region.rounds);
  const left = evolveAll(panelsAggregate, book.state, rises) ?? book.state;
  const rooms = new Map([...(await roomsOf(deps.records, left)), ...typed]);
  const at = { committee: committee.state, rooms, now, zone: file.timeZone, elsewhere };
  const seated = seat(left, seatings, { ...at, travel: file.interviews.travel });
  if (!seated.ok) return seated;
  const after = evolveAll(panelsAggregate, left, seated.value) ?? left;
  return ok([...seatingChange(book, [...rises, ...seated.value]), ...turnTaken(region, after, now)]);
};
