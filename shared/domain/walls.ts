import * as z from 'zod';
import { type Committee, inConflict } from '#shared/domain/committee.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { Standing, StandingList } from '#shared/domain/standing.ts';

/** What stands in the place of an application that is closed to the reader of a list: why, and nothing of the application. */
export const Walled = z.object({
  /** `disclosure`: nobody knows yet which ones are closed, because the reader's disclosure was not compared. */
  walled: z.enum(['conflict', 'disclosure']),
});
export type Walled = z.infer<typeof Walled>;

export const SeenStanding = z.union([Standing, Walled]);
export type SeenStanding = z.infer<typeof SeenStanding>;

/** A standing list as one reader sees it. Every row keeps its place, so that all who talk about it count alike. Departures are told beside it. */
export const SeenList = StandingList.omit({ departures: true }).extend({ standings: z.array(SeenStanding) });
export type SeenList = z.infer<typeof SeenList>;

/** Why an application is closed to somebody; undefined where it is not. */
export type Wall = (applicationId: ApplicationId) => Walled['walled'] | undefined;

/** What is closed to somebody, whatever role they read in. */
export const wallOf =
  (committee: Committee | undefined, reader: PersonId): Wall =>
  (applicationId) =>
    inConflict(committee, reader, applicationId) ? 'conflict' : undefined;

export const isWalled = (row: object): row is Walled => 'walled' in row;

export const behindWall = (standings: readonly Standing[], wall: Wall): SeenStanding[] =>
  standings.map((one) => {
    const walled = wall(one.applicationId);
    return walled ? { walled } : one;
  });

export const seenList = ({ departures: _told, line, ...list }: StandingList, wall: Wall): SeenList => ({
  ...list,
  // How many of the group are closed is not said either: it would tell of one application how it stands.
  ...(line && { line: { ...line, near: line.near.filter((id) => !wall(id)) } }),
  standings: behindWall(list.standings, wall),
});

/** What the reader may see of it. */
export const openIn = ({ standings }: Pick<SeenList, 'standings'>): Standing[] =>
  standings.flatMap((row) => (isWalled(row) ? [] : [row]));
