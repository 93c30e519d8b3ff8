import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { scoringView } from '#functions/commands/scoring-views.ts';
import { locales } from '#shared/i18n/index.ts';
import { aHostingScene, guest } from '#test/builders/guest-scene.ts';
import { scoreAs } from '#test/builders/near-line.ts';
import { granted } from '#test/builders/scenes.ts';
import { candidacyOf, chair, members, secretary } from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

type Scene = Awaited<ReturnType<typeof aHostingScene>>;

const people = [chair, ...members, guest];

/** Everybody who was asked scores by the quality of the application; whoever comes later in the committee is milder. */
const scoreAll = async (scene: Scene, among: readonly { id: string }[] = people): Promise<void> => {
  for (const [index, { id }] of scene.applications.entries()) {
    const { raters } = await candidacyOf(scene.world, id);
    for (const rater of raters) {
      const place = people.findIndex((one) => one.id === rater);
      const by = people[place];
      if (!by || !among.some((one) => one.id === rater)) continue;
      const quality = ((index * 5) % 12) / 14 + place / 40 + ((index + place) % 3) / 30;
      granted(await scoreAs(scene, by, { id, quality }));
    }
  }
};

const gaugeIn = async ({ world, roundId }: Scene) =>
  granted(await scoringView(world, { by: secretary, roundId })).assignment?.gauge;

/** The page of scoring as one person opens it. */
const pageOf = async ({ world, roundId }: Scene, by = secretary) => {
  const { get } = await aSelectionSite(world).staff(by);
  return async (locale = 'en'): Promise<string> =>
    (await get(`/${locale}/committee/rounds/${roundId}/scoring`)).text;
};

const textOf = (page: string): string => parse(page).text.replaceAll(/\s+/g, ' ');

/** The same as they read it, as text. */
const readerOf = async (scene: Scene, by = secretary) => {
  const open = await pageOf(scene, by);
  return async (locale = 'en'): Promise<string> => textOf(await open(locale));
};

/** What is drawn of each two regions: its words, and how many hundredths of the bar are filled. */
const barsOf = (page: string) =>
  parse(page)
    .querySelectorAll('td svg')
    .map((bar) => [
      bar.getAttribute('aria-label'),
      Math.round(Number(bar.querySelectorAll('rect')[1]?.getAttribute('width'))),
    ]);

describe('whether regions can be compared', () => {
  it('is said of nothing while nobody has scored', async () => {
    const scene = await aHostingScene(4);

    expect(await gaugeIn(scene)).toBeUndefined();
    expect(await (await readerOf(scene))()).not.toContain('Can the committee be compared with guests?');
  });

  it('is said as the scores come in: not of one region alone, then by what is left between two', async () => {
    const scene = await aHostingScene(24);
    await scene.hosted({ atMost: '8' });
    await scoreAll(scene, [chair, ...members]);
    const open = await pageOf(scene);
    const read = async () => textOf(await open());
    const alone = await gaugeIn(scene);
    expect(alone).toMatchObject({ standing: 'cannot', between: [], links: { given: 0, planned: 8 } });
    expect(await read()).toContain('It cannot. Nobody of another region has scored here yet.');

    await scoreAll(scene, [guest]);
    const gauge = await gaugeIn(scene);
    expect(gauge).toMatchObject({ groups: 1, links: { given: 8, planned: 8 } });
    expect(gauge).toMatchObject({ standing: 'not-yet', wants: 'raters', adjusts: false });
    expect(gauge?.panels).toEqual([
      { panel: 'KZ-19', raters: 5, ratings: 48 },
      { panel: 'KZ-35', raters: 1, ratings: 8 },
    ]);
    expect(gauge?.between[0]?.left).toBeLessThan(1);
    expect(gauge?.between[0]?.left).toBeGreaterThan(0);
    const page = await read();
    expect(page).toContain('Of one side too few people have given 8 scores or more');
    expect(page).toContain('The round file does not ask for adjusted scores');
    expect(page).toMatch(/Scores by other regions\s*8 of 8 given/);
    const left = Math.round(100 * (gauge?.between[0]?.left ?? 0));
    expect(page).toContain(`${left}%`);
    expect(barsOf(await open())).toEqual([[`${left}%`, left]]);
  });

  it('is told to whoever runs the committee, in each language, and to no member', async () => {
    const scene = await aHostingScene(4);
    await scene.hosted();
    await scoreAll(scene);
    const [member] = members;
    if (!member) throw new Error('There are members.');

    const read = await readerOf(scene);
    for (const locale of locales) expect(await read(locale)).not.toMatch(/gauge\.|undefined|NaN/);
    expect(await read('ru')).toContain('Сопоставимы ли оценки комиссии и приглашённых?');
    expect(await (await readerOf(scene, chair))()).toContain('Can the committee be compared with guests?');
    expect(await (await readerOf(scene, member))()).not.toContain(
      'Can the committee be compared with guests?',
    );
  });
});
