import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDiscussionOf } from '#functions/commands/discussions.ts';
import { aWaitingDiscussion } from '#test/builders/owed-cards.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScreeningIn, chair, erlan, secretary } from '#test/builders/selection.ts';
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

  it.for(waysOf(1).filter(([, way]) => way.javaScript))(
    'leaves a reason alone that is being typed while it goes on and ends, %s',
    { timeout: 60_000 },
    async ([, way]) => {
      const world = aWorld();
      const { roundId, number } = await aWaitingDiscussion(world);
      const { t, served, visitors, leave } = await aSceneOf(browser, world, way);
      const [presides = '', desk = ''] = await signInAll(served, [chair, secretary]);
      const address = `/committee/rounds/${roundId}/discussion`;
      const typing = await visitors.enter(presides, address);
      const leader = await visitors.enter(desk, address);
      const box = typing.page.getByLabel(t('discussion.despite.reason'));
      await box.pressSequentially('Сарапшы ');

      await leader.press('discussion.begin');
      await typing.page.getByRole('heading', { name: t('discussion.now') }).waitFor({ timeout: 15_000 });
      await typing.page.keyboard.type('науқас.');
      expect(await box.inputValue()).toBe('Сарапшы науқас.');
      await typing.look('a reason that is being typed');
      await leader.press('discussion.close');
      await expect
        .poll(() => typing.page.locator('button[value=close]').count(), { timeout: 15_000 })
        .toBe(0);
      expect(await box.inputValue()).toBe('Сарапшы науқас.');
      await typing.page.getByRole('button', { name: number }).click();
      await typing.page.getByText('Сарапшы науқас.').waitFor();
      await typing.look('a reason that came too late');

      expect(await leave()).toEqual([]);
    },
  );
});
