import { changed } from '#functions/commands/storing.ts';
import type { CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { OfferId, PlacementId } from '#shared/domain/ids.ts';
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

/** Posts of the round that nobody wishes, which a wrong record has as accepted. */
const [one, other] = ['MAT-008', 'MAT-009'].map((code, index) => ({
  vacancy: vacancyCode(code),
  offer: OfferId.parse(`WR0NG${index}`.padEnd(20, '0')),
  placement: PlacementId.parse(`WR0NG${index}`.padEnd(20, '0')),
}));
const wrong = [one, other].flatMap((accepted) => accepted ?? []);

const recorded = async (
  world: World,
  { people }: OffersScene,
  who: number,
  events: readonly CandidacyEvent[],
): Promise<void> => {
  const id = people[who]?.applicationId;
  const found = id && (await world.records.find(candidacyAggregate, id));
  if (!found) throw new Error(`Nobody is at ${who}.`);
  const { change } = changed(candidacyAggregate, found.id, found, events);
  granted(await world.records.commit({ by: theSystem, changes: [change] }));
};

/** The record of somebody has two acceptances beside what is open: no command gives anybody that. */
export const acceptedTwice = (world: World, scene: OffersScene, who: number): Promise<void> => {
  const at = world.clock.now();
  return recorded(
    world,
    scene,
    who,
    wrong.flatMap(({ placement, ...made }): CandidacyEvent[] => [
      { type: 'offer-made', at, ...made, expiresAt: at },
      { type: 'offer-accepted', at, offer: made.offer, placement },
    ]),
  );
};

/** The same record, put right. */
export const unaccepted = (world: World, scene: OffersScene, who: number): Promise<void> =>
  recorded(
    world,
    scene,
    who,
    wrong.map(({ offer }) => ({ type: 'offer-declined', at: world.clock.now(), offer, reason: 'terms' })),
  );
