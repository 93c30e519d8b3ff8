import * as z from 'zod';
import { RegionCode, regionName } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Minutes } from './minutes.ts';
import type { PaperTranslator } from './words.ts';

const count = z.int().min(0);

/** What crossed between regions: people whom this round handed over, and those who were handed over for its own posts. */
export const MinutesCrossed = z.strictObject({
  /** By region; `posts`: to how many of them a post was proposed there, absent where nothing had been heard by then. */
  handed: z.array(
    z.strictObject({ region: RegionCode, at: Instant, people: z.int().min(1), posts: count.optional() }),
  ),
  /** Posts that were listed for other regions, people who counted for them, and posts that were proposed to these, once that was decided. */
  own: z.strictObject({ at: Instant, posts: count, people: count, proposed: count.optional() }).optional(),
});
export type MinutesCrossed = z.infer<typeof MinutesCrossed>;

/** A sentence for each region that people were handed over to, and one about the own posts that were listed for other regions. */
export const crossedSaid = (
  { elsewhere, zone }: Pick<Minutes, 'elsewhere' | 'zone'>,
  t: PaperTranslator,
): string[] => {
  if (!elsewhere) return [];
  const { handed, own } = elsewhere;
  return [
    ...handed.map(({ region, at, people, posts }) => {
      const facts = { region: regionName(region)[t.locale], day: t.day(at, zone), people };
      return posts === undefined
        ? t('papers.crossed.unheard', facts)
        : t('papers.crossed.handed', { ...facts, posts });
    }),
    ...(own ? [ownSaid(own, zone, t)] : []),
  ];
};

const ownSaid = (
  { at, posts, people, proposed }: NonNullable<NonNullable<Minutes['elsewhere']>['own']>,
  zone: string,
  t: PaperTranslator,
): string => {
  const facts = { day: t.day(at, zone), posts, people };
  return proposed === undefined
    ? t('papers.crossed.undecided', facts)
    : t('papers.crossed.own', { ...facts, proposed });
};
