import { changed } from '#functions/commands/storing.ts';
import { type Seats, type SeatsEvent, seatsAggregate, seatsId } from '#shared/domain/seats.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import type { OffersScene } from '#test/builders/offers.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { theSystem } from '#test/contracts/tally.ts';

/** Writes what no command of the product would: a fault of the store, or of a program that was there before. */
export const written = async (
  world: World,
  { roundId }: OffersScene,
  code: string,
  eventOf: (seats: Seats) => SeatsEvent,
): Promise<void> => {
  const id = seatsId(roundId, vacancyCode(code));
  const seats = await world.records.find(seatsAggregate, id);
  if (!seats) throw new Error('Nobody was ever asked for this vacancy.');
  const { change } = changed(seatsAggregate, id, seats, [eventOf(seats.state)]);
  granted(await world.records.commit({ by: theSystem, changes: [change] }));
};

/** The seat of whoever holds one is gone. */
export const lost =
  (world: World) =>
  ({ taken: [held] }: Seats): SeatsEvent => {
    if (!held) throw new Error('No seat is held.');
    return { type: 'seat-freed', at: world.clock.now(), offer: held.offer };
  };

/** The vacancy has another number of posts than anybody decided. */
export const counted = (world: World, capacity: number) => (): SeatsEvent => ({
  type: 'seats-recounted',
  at: world.clock.now(),
  capacity,
});
