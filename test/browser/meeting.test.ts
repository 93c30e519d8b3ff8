import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDiscussionOf } from '#functions/commands/discussions.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScreeningIn, erlan, secretary } from '#test/builders/selection.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { aSceneOf } from './scene.ts';
import { signInAll } from './served-round.ts';
import { waysOf } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

describe.skipIf(missingBrowser)('a discussion', () => {
  it.for(waysOf(2))(
    'is led by the secretary and followed by a member on a phone, %s',
    { timeout: 60_000 },
    async ([, way]) => {
      const world = aWorld();
      const { roundId, applications } = await aScreeningIn(world, [{}, {}]);
      const numbers = applications.map(({ number }) => number);
      const [first = '', second = ''] = numbers;
      granted(
        await openDiscussionOf(world, { by: secretary, roundId, suggested: false, numbers, absent: [] }),
      );
      const { t, served, visitors, leave } = await aSceneOf(browser, world, way);
      const [desk = '', member = ''] = await signInAll(served, [secretary, erlan]);
      const address = `/committee/rounds/${roundId}/discussion`;
      const leader = await visitors.enter(desk, address);
      const follower = await visitors.enterByPhone(member, address);
      await leader.look('a discussion that was opened');

      await leader.page.getByRole('button', { name: t('discussion.begin') }).dblclick();
      await leader.page.getByRole('heading', { name: first }).waitFor();
      await leader.press('discussion.take-next');
      await leader.page.getByRole('heading', { name: second }).waitFor();
      // Where scripts run the page follows by itself; elsewhere by its link.
      if (!way.javaScript) await follower.follow('discussion.refresh');
      await follower.page.getByRole('heading', { name: second }).waitFor({ timeout: 15_000 });
      await follower.look('a discussion that is followed');
      await leader.press('discussion.close');
      await leader.told('discussion.done.closed');

      expect(await leave()).toEqual([]);
    },
  );
});
