import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { advanceTo, chair } from '#test/builders/interview-scenes.ts';
import { aPublishedRoundIn } from '#test/builders/published.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { aSceneOf } from './scene.ts';
import { signInAll } from './served-round.ts';
import { waysOf } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

describe.skipIf(missingBrowser)('results', () => {
  it.for(waysOf(2))(
    'are public by number; a claim is made once and decided with a reason, %s',
    async ([, way]) => {
      const world = aWorld();
      const { roundId, aigul, bolat, standings } = await aPublishedRoundIn(world);
      const { t, served, visitors, leave } = await aSceneOf(browser, world, way);
      const [theChair] = await signInAll(served, [chair]);

      const anyone = await visitors.enterByPhone(undefined, `/calls/${roundId}/results`);
      await anyone.look('preliminary results');
      await anyone.follow('results.order.number');
      const preliminary = await anyone.page.locator('main').innerText();

      const application = `/applications/${bolat.applicationId}`;
      const applicant = await visitors.enterByPhone(await served.tokens.applicant(bolat.by), application);
      await applicant.look('own application in selection');
      await applicant.follow('results.own');
      await applicant.look('own result');
      await applicant.follow('results.claim.make');
      await applicant.page.getByLabel(t('results.claim.text')).fill('My test was left out.');
      await applicant.press('results.claim.file');
      const making = await applicant.faults();
      await applicant.look('a claim without grounds');
      await applicant.page.getByLabel(t('results.claim.grounds.scoring-error')).check();
      await applicant.page.getByRole('button', { name: t('results.claim.file') }).dblclick();
      await applicant.told('results.done.filed');

      const deciding = await visitors.enter(theChair, `/committee/rounds/${roundId}/claims`);
      await deciding.look('claims');
      const claims = await deciding.page.getByRole('link', { name: bolat.application.number }).count();
      await deciding.page.getByRole('link', { name: bolat.application.number }).click();
      await deciding.page.getByLabel(t('results.claim.totals.verdict'), { exact: true }).check();
      await deciding.page.getByLabel(t('results.claim.correctedScoring')).fill('4o');
      await deciding.page.getByLabel(t('committee.reason'), { exact: true }).fill('Counted now.');
      await deciding.press('results.claim.decide');
      const decision = await deciding.faults();
      await deciding.look('a decision with a slip');
      const kept = await deciding.page.getByLabel(t('committee.reason'), { exact: true }).inputValue();
      await deciding.page.getByLabel(t('results.claim.correctedScoring')).fill('41,5');
      await deciding.press('results.claim.decide');
      await deciding.look('what a claim would change');
      await deciding.page.getByRole('button', { name: t('replay.claim.uphold') }).dblclick();
      await deciding.told('results.done.decided');
      await deciding.go(`/committee/rounds/${roundId}/replay`);
      await deciding.look('the round as it was');
      await deciding.go(`/committee/rounds/${roundId}/counterfactual?kind=as-recorded`);
      await deciding.look('a correction that is tried');
      await applicant.go(`${application}/claim`);
      await applicant.look('a decided claim');
      const told = await applicant.page.locator('main').innerText();

      await advanceTo(world, roundId, { from: 'claims', to: 'offers', standings });
      await anyone.go(`/calls/${roundId}/results`);
      await anyone.look('final results');

      expect(preliminary).toContain(aigul.application.number);
      expect(preliminary).not.toContain('Сапарова');
      expect(making).toEqual([t('results.claim.groundsNeeded')]);
      expect(decision).toHaveLength(1);
      expect(kept).toBe('Counted now.');
      expect(told).toContain('Counted now.');
      expect(await anyone.page.locator('h1').innerText()).toContain(t('results.final'));
      expect(claims).toBe(1);
      expect(await leave()).toEqual([]);
    },
  );
});
