import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClosedRoundIn } from '#test/builders/closed-round.ts';
import { aTickingWorld } from '#test/builders/scenes.ts';
import { auditor, chair, secretary } from '#test/builders/selection.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { aSceneOf, unfold } from './scene.ts';
import { signInAll } from './served-round.ts';
import { waysOf } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

/** While the committee screens, scores and interviews, claims are open, and offers wait. */
const moments = {
  screening: '2022-10-04T13:01:30.000Z',
  interviews: '2022-10-24T10:00:00.012Z',
  claims: '2022-11-05T04:00:00.000Z',
  offers: '2022-11-14T05:00:00.012Z',
} as const;

describe.skipIf(missingBrowser)('pages of the past', () => {
  it.for(waysOf(1))('say when they were so, and lead on, %s', { timeout: 120_000 }, async ([, way]) => {
    const world = aTickingWorld();
    const { roundId, applications } = await aClosedRoundIn(world);
    world.clock.pass(60);
    const { t, served, visitors, leave } = await aSceneOf(browser, world, way);
    const [theChair, theSecretary, theAuditor] = await signInAll(served, [chair, secretary, auditor]);
    const then = (moment: keyof typeof moments, tail: string) =>
      `/committee/rounds/${roundId}/replay/${moments[moment]}${tail}`;
    const one = `/screening/${applications[0]?.id}`;

    const leading = await visitors.enter(theChair, then('screening', ''));
    await leading.look('the gate as it was');
    for (const tail of ['/screening', one, `${one}/timeline`]) {
      await leading.go(then('screening', tail));
      await leading.look(`as it was ${tail.split('/').at(-1)}`);
    }
    await leading.go(then('claims', '/claims'));
    await leading.look('claims as they were');
    const writing = await visitors.enter(theSecretary, then('interviews', '/interviews'));
    await writing.look('interviews as they were');
    await writing.go(then('interviews', '/interviews/panels'));
    await writing.look('panels as they were');
    await writing.go(then('interviews', '/scoring'));
    await writing.look('scoring as it was');

    const looking = await visitors.enter(theAuditor, then('offers', '/offers'));
    await looking.look('offers as they were');
    const other = looking.page.getByText(t('replay.page.other'), { exact: true });
    await unfold(other);
    await looking.look('another moment');
    await looking.page.getByRole('link', { name: t('replay.page.results'), exact: true }).click();
    await looking.look('results as they were');
    expect(looking.page.url()).toContain(then('offers', '/results'));
    await looking.go(then('offers', '/capacities'));
    await looking.look('capacities as they were');
    await looking.go(then('offers', '/vacancies'));
    await looking.look('vacancies as they were');

    expect(await leave()).toEqual([]);
  });
});
