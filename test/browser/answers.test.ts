import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeStatement } from '#functions/commands/elsewhere-statement.ts';
import { regionName } from '#shared/domain/region.ts';
import { answersKey } from '#shared/ports/papers.ts';
import { proposedIn } from '#test/builders/answered.ts';
import { tellIn } from '#test/builders/handed.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aVacancy, letOutIn } from '#test/builders/offers.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { anAdministrator, aSceneOf } from './scene.ts';
import { phoneOf, type Visitor } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

describe.skipIf(missingBrowser)('what people answered in another region', () => {
  it.for(phoneOf(5))('is noted, sealed, brought, and ends what they had here, %s', async ([, way]) => {
    const regions = await proposedIn(undefined, { posts: [aVacancy('MAT-001')] });
    const { here: home, there: posts } = regions;
    await letOutIn(home.world, home.scene.roundId);
    const [there, here] = [
      await aSceneOf(browser, posts.world, way),
      await aSceneOf(browser, home.world, way),
    ];
    const { t } = here;
    const region = regionName('KZ-61')[way.locale];
    const staff = async (side: typeof there, who: number, path: string): Promise<Visitor> =>
      await side.visitors.enter(await side.served.tokens.staff(anAdministrator(who)), path);
    const people = `/manage/rounds/${posts.scene.roundId}/elsewhere/people`;
    const list = `/manage/rounds/${home.scene.roundId}/elsewhere/lists/1`;

    const noting = await staff(there, 4, people);
    const { page } = noting;
    await page.getByLabel(t('elsewhere.said.number'), { exact: true }).fill('KZ19-AAAA-0000');
    await page.getByLabel(t('elsewhere.said.accepted'), { exact: true }).check();
    for (const [part, value] of [
      ['day', '22'],
      ['month', '11'],
      ['year', '2022'],
    ] as const)
      await page.locator(`input[name="on-${part}"]`).fill(value);
    await noting.press('elsewhere.said.note');
    await noting.told('elsewhere.done.said');
    await noting.look('an answer that is noted');
    await noting.press('elsewhere.statement.sign', { count: 1 });
    await noting.told('elsewhere.done.statementAsked');
    const place = { roundId: posts.scene.roundId, arrival: 1, statement: 1 };
    await makeStatement({ ...posts.world, signer: posts.signer }, place);
    await noting.go(people);
    await noting.look('a statement that goes back');

    const file = posts.world.papers.stored.get(answersKey(posts.scene.roundId, 1, 1)) ?? '';
    const bringing = await staff(here, 4, list);
    await bringing.page
      .getByLabel(t('elsewhere.heard.file', { region }), { exact: true })
      .setInputFiles({ name: 'answers.json', mimeType: 'application/json', buffer: Buffer.from(file) });
    await bringing.press('elsewhere.heard.check');
    await bringing.told('elsewhere.done.statementBrought');
    const confirming = await staff(here, 5, list);
    await confirming.look('what follows from a statement');
    const shown = await confirming.page.locator('main').innerText();
    await confirming.press('elsewhere.heard.confirm');
    await confirming.told('elsewhere.done.statementConfirmed');
    await tellIn(home.world);
    await confirming.go(list);
    await confirming.look('what a statement came to');

    const first = nth(home.scene.people, 0);
    const at = `/applications/${first.applicationId}`;
    const applicant = await here.visitors.enter(
      await here.served.tokens.applicant(first),
      `${at}/elsewhere/1`,
    );
    await applicant.look('that a post there was accepted');
    const told = await applicant.page.locator('.govuk-inset-text').last().innerText();
    await applicant.go(at);
    await applicant.look('the application of somebody who left for another region');

    expect(shown).toContain('MAT-001');
    expect(told).toContain(region);
    expect([...(await there.leave()), ...(await here.leave())]).toEqual([]);
  });
});
