import * as z from 'zod';
import { RegionCode } from '#shared/domain/region.ts';
import { HandedPerson } from '#shared/elsewhere/packet.ts';

/** Somebody of another region, with what that region published of them. */
export const Newcomer = HandedPerson.extend({
  from: RegionCode,
  /** Place in the results of the own region, from 1, among so many. */
  rank: z.int().min(1),
  of: z.int().min(1),
  /** Percent of that region's scale. */
  total: z.number(),
});
export type Newcomer = z.infer<typeof Newcomer>;

/** By which somebody is told apart among people of all regions. */
export const nameOfNewcomer = ({ from, number }: Pick<Newcomer, 'from' | 'number'>): string =>
  `${from} ${number}`;
