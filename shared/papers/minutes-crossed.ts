import { regionName } from '#shared/domain/region.ts';
import type { Minutes } from './minutes.ts';
import type { PaperTranslator } from './words.ts';

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
