import type { Placed } from '#shared/ballots/result.ts';
import type { ApplicationId, ApplicationNumber } from '#shared/domain/ids.ts';
import type { PollIn } from '#shared/domain/poll.ts';
import { pollResult } from '#shared/domain/poll-count.ts';
import type { StandingList } from '#shared/domain/standing.ts';
import type { Wall, Walled } from '#shared/domain/walls.ts';

/** How one stands to another that the reader may see. */
type SeenPair = { number: ApplicationNumber; above: number; below: number };

/** A place of the result whose application is open to the reader. */
export type OpenPlace = Pick<Placed<ApplicationNumber>, 'place' | 'beats' | 'beatenBy' | 'borda'> & {
  applicationId: ApplicationId;
  number: ApplicationNumber;
  level: readonly ApplicationNumber[];
  /** Its rank on the list beside which the poll was opened. */
  rank: number | undefined;
  /** In the order of the result. */
  pairs: readonly SeenPair[];
};

export type SeenPlace = OpenPlace | (Pick<Placed<ApplicationNumber>, 'place'> & Walled);

export const isWalledPlace = (place: SeenPlace): place is Extract<SeenPlace, Walled> => 'walled' in place;

/** What the ballots of a poll came to, as one reader sees it: nobody's ballot, and nothing of an application that is closed to the reader. */
export type SeenResult = {
  ballots: number;
  /** How many could have ranked. */
  voters: number;
  order: readonly SeenPlace[];
  /** Whom nobody outside beats, and how many they are with those that are closed to the reader. */
  smith: { count: number; numbers: readonly ApplicationNumber[] };
  measured: 'alike' | 'otherwise';
  /** Withdrawn before it was closed. */
  left: readonly ApplicationNumber[];
};

export const seenResult = (
  poll: PollIn<'closed'>,
  { standings }: Pick<StandingList, 'standings'>,
  wall: Wall,
): SeenResult => {
  const { ballots, counted, order, smith, measured } = pollResult(poll);
  const ids = new Map(poll.items.map(({ applicationId, number }) => [number, applicationId]));
  const ranks = new Map(standings.map(({ number, rank }) => [number, rank]));
  const wallOn = (number: ApplicationNumber): Walled['walled'] | undefined => {
    const id = ids.get(number);
    return id && wall(id);
  };
  const isOpen = (number: ApplicationNumber): boolean => wallOn(number) === undefined;
  const placeOf = (number: ApplicationNumber): number => counted.ids.indexOf(number);
  const above = (one: ApplicationNumber, other: ApplicationNumber): number =>
    counted.above[placeOf(one)]?.[placeOf(other)] ?? 0;
  const open = order.map(({ id }) => id).filter(isOpen);
  return {
    ballots,
    voters: poll.voters,
    order: order.flatMap(({ id, place, level, beats, beatenBy, borda }): SeenPlace[] => {
      const walled = wallOn(id);
      if (walled) return [{ place, walled }];
      const applicationId = ids.get(id);
      if (!applicationId) return [];
      const pairs = open
        .filter((other) => other !== id)
        .map((number) => ({ number, above: above(id, number), below: above(number, id) }));
      const own = { applicationId, number: id, place, beats, beatenBy, borda };
      return [{ ...own, level: level.filter(isOpen), rank: ranks.get(id), pairs }];
    }),
    smith: { count: smith.length, numbers: smith.filter(isOpen) },
    measured,
    left: poll.items.flatMap(({ applicationId, number }) =>
      poll.left.includes(applicationId) && isOpen(number) ? [number] : [],
    ),
  };
};
