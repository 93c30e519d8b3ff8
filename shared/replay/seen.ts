import * as z from 'zod';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { behindWall, SeenStanding, type Wall } from '#shared/domain/walls.ts';
import { RoundThen } from '#shared/replay/then.ts';

const List = RoundThen.shape.lists.element;

/** A round as it stood, as one reader sees it: applications that are closed to them keep their place in lists and are nowhere else. */
export const SeenThen = RoundThen.extend({
  lists: z.array(List.extend({ standings: z.array(SeenStanding) })),
});
export type SeenThen = z.infer<typeof SeenThen>;

/** Numbers of what is closed to a reader, of all that ever stood on these lists: claims and offers are about nobody else. */
export const closedIn = (moments: readonly Pick<RoundThen, 'lists'>[], wall: Wall): Set<ApplicationNumber> =>
  new Set(
    moments.flatMap(({ lists }) =>
      lists.flatMap(({ standings }) =>
        standings.flatMap(({ applicationId, number }) => (wall(applicationId) ? [number] : [])),
      ),
    ),
  );

export const seenThen = (
  then: RoundThen,
  { wall, closed }: { wall: Wall; closed: ReadonlySet<ApplicationNumber> },
): SeenThen => ({
  ...then,
  lists: then.lists.map(({ standings, ...list }) => ({ ...list, standings: behindWall(standings, wall) })),
  claims: then.claims.filter(({ number }) => !closed.has(number)),
  offers: then.offers.filter(({ number }) => !closed.has(number)),
});
