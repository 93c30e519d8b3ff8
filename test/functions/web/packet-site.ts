import { type Locale, translator } from '#shared/i18n/index.ts';
import { carriedTo, chosenIn, twoRegions } from '#test/builders/handed.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { aSite } from './site.ts';

/** An administrator on the page of people of other regions, with the packet and the results that another region has sent. */
export const aSiteWithPacket = async (locale: Locale) => {
  const site = aSite();
  Object.assign(site.deps, { region: 'KZ-61' });
  const { records, clock, deps } = site;
  const regions = await twoRegions({ ...aWorld(), records, clock, chance: deps.chance });
  await chosenIn(regions.here, regions.list, 0, [vacancyCode('T-MAT')]);
  const files = await carriedTo(regions);
  return {
    site,
    regions,
    files,
    packet: new TextEncoder().encode(files.packet),
    t: translator(locale),
    at: `/${locale}/manage/rounds/${regions.there.scene.roundId}/elsewhere/people`,
    administrator: await site.administrator(),
  };
};

/** What a hidden field of a form says. */
export const sentWith = (text: string, name: string): string | undefined =>
  text.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1]?.replaceAll('&amp;', '&');
