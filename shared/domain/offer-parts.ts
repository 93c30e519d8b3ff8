import type { ApplicationId } from '#shared/domain/ids.ts';
import type { WaveOffer } from '#shared/domain/offer-wave.ts';
import type { Instant } from '#shared/domain/time.ts';

/*
 * Offers that go out in parts (ANCHORS F5). A part is always the next people of the ranking: an offer follows from what people with a better rank
 * get, so what was told stays right whatever is mended among those who were not told yet, and nobody is told before somebody who comes first. What was
 * not let go is no offer: it is computed anew each time.
 */

/** How far the offers of a round were let go. */
export type Letting = {
  offersReleasedAt?: Instant | undefined;
  /** Offers go to the first so many people of the ranking; absent where they go to everybody. */
  offersThrough?: number | undefined;
  offersStopped?: { at: Instant } | undefined;
};

/** How many people of the ranking, best first, offers go to by themselves now: none before the first part, and none while they are stopped. */
export const letThrough = ({ offersReleasedAt, offersThrough, offersStopped }: Letting): number =>
  offersReleasedAt === undefined || offersStopped ? 0 : (offersThrough ?? Infinity);

/** Whether a person has to let something go before everybody can be asked. */
export const isHeldBack = (round: Letting): boolean =>
  round.offersReleasedAt !== undefined && letThrough(round) < Infinity;

/** Whether offers came as far as a place of the ranking; they may be stopped since. */
export const cameTo = (round: Letting, place: number): boolean =>
  round.offersReleasedAt !== undefined && place <= (round.offersThrough ?? Infinity);

/** An offer with its receiver's place in the ranking, 1 for the first. */
export type PlacedOffer = WaveOffer & { place: number };

type Ranked = readonly { state: { applicationId: ApplicationId } }[];

const placed = (wave: readonly WaveOffer[], contenders: Ranked): PlacedOffer[] => {
  const places = new Map(contenders.map(({ state }, index) => [state.applicationId, index + 1]));
  return wave.map((offer) => ({ ...offer, place: places.get(offer.applicationId) ?? Infinity }));
};

type Board = { contenders: Ranked; wave: readonly WaveOffer[] };

/** The offers of a wave that go out by themselves now. */
export const goingOut = ({ contenders, wave }: Board, round: Letting): readonly WaveOffer[] => {
  const through = letThrough(round);
  if (through === Infinity) return wave;
  const going = new Set(
    placed(wave, contenders).flatMap((one) => (one.place <= through ? one.applicationId : [])),
  );
  return wave.filter(({ applicationId }) => going.has(applicationId));
};

/**
 * The offers that wait for a release, best rank first. Where everything was let go these are all that are possible: whoever releases them again
 * only asks for them once more.
 */
export const waitingOffers = ({ contenders, wave }: Board, round: Letting): PlacedOffer[] => {
  const through = letThrough(round);
  return placed(wave, contenders).filter(({ place }) => through === Infinity || place > through);
};

/** The next offers up to a place of the ranking; all of them without one. */
export const partThrough = (
  waiting: readonly PlacedOffer[],
  through: number | undefined,
): readonly PlacedOffer[] => waiting.filter(({ place }) => place <= (through ?? Infinity));

/** The place up to which the next so many offers go; undefined where these are all. */
export const throughNext = (waiting: readonly PlacedOffer[], offers: number): number | undefined =>
  offers < waiting.length ? waiting[offers - 1]?.place : undefined;

/** How a release changes how far offers go. A part that is smaller than what was let go takes nothing back, unless offers were stopped. */
export const throughAfter = (round: Letting, through: number | undefined): number | undefined => {
  const before = letThrough(round);
  const after = Math.max(before, through ?? Infinity);
  return after === Infinity ? undefined : after;
};
