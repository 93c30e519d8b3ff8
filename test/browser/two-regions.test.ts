import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOutcome } from '#functions/commands/elsewhere-outcome.ts';
import { makePacket } from '#functions/commands/elsewhere-packet.ts';
import { signOpenPosts } from '#functions/commands/elsewhere-signing.ts';
import { elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { RoundId } from '#shared/domain/ids.ts';
import { regionName } from '#shared/domain/region.ts';
import { readPacket } from '#shared/elsewhere/packet.ts';
import { openPostsKey, outcomeKey, packetKey } from '#shared/ports/papers.ts';
import { aRegionWithPeople, aRegionWithPosts } from '#test/builders/elsewhere.ts';
import { accountsFor, choosingUntil, handingUntil, publishedIn, tellIn } from '#test/builders/handed.ts';
import { aKey } from '#test/builders/results.ts';
import type { World } from '#test/builders/scenes.ts';
import { signerOf } from '#test/builders/signer.ts';
import { launchBrowser, missingBrowser } from './browser.ts';
import { anAdministrator, aSceneOf } from './scene.ts';
import { phoneOf, type Visitor } from './visitors.ts';

let browser: Browser;
beforeAll(async () => {
  if (!missingBrowser) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

const asFile = (name: string, bytes: Uint8Array | string) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(bytes),
});

const elsewhereAt = (roundId: string): string => `/manage/rounds/${roundId}/elsewhere`;

const storedIn = (world: World, key: string): Uint8Array => {
  const file = world.papers.stored.get(key);
  if (!file) throw new Error(`Nothing lies under ${key}.`);
  return file;
};

describe.skipIf(missingBrowser)('posts of another region', () => {
  it.for(phoneOf(4))(
    'go out as a list, are chosen from, given, and come back as an outcome, %s',
    async ([, way]) => {
      const posts = await aRegionWithPosts();
      const home = await aRegionWithPeople();
      const key = aKey();
      const bundle = await publishedIn(home.world, home.scene.roundId, key);
      const people = await accountsFor(home.scene, home.world);
      const [there, here] = [
        await aSceneOf(browser, posts.world, way),
        await aSceneOf(browser, home.world, way),
      ];
      const { t } = here;
      const [theirs, ours] = [elsewhereAt(posts.scene.roundId), elsewhereAt(home.scene.roundId)];
      const staff = async (side: typeof there, who: number, path: string): Promise<Visitor> =>
        await side.visitors.enter(await side.served.tokens.staff(anAdministrator(who)), path);

      const listing = await staff(there, 1, theirs);
      await listing.look('empty posts before they are listed');
      await listing.press('elsewhere.list', { count: 3 });
      await listing.told('elsewhere.done.listed');
      await signOpenPosts({ ...posts.world, signer: posts.signer }, posts.scene);
      await listing.go(theirs);
      await listing.look('the own list');
      const list = storedIn(posts.world, openPostsKey(posts.scene.roundId));
      const signed = (await posts.world.records.find(elsewhereAggregate, posts.scene.roundId))?.state.own;

      const bringing = await staff(here, 1, ours);
      await bringing.page.getByLabel(t('elsewhere.region'), { exact: true }).selectOption('KZ-61');
      await bringing.page.getByLabel(t('elsewhere.key'), { exact: true }).fill(signed?.signed?.key ?? '');
      await bringing.press('elsewhere.pin');
      await bringing.page
        .getByLabel(t('elsewhere.bring'), { exact: true })
        .setInputFiles(asFile('list.json', list));
      await bringing.press('elsewhere.check');
      await bringing.told('elsewhere.done.brought');
      const confirming = await staff(here, 2, `${ours}/lists/1`);
      await confirming.look('a list of another region');
      await confirming.press('elsewhere.confirm', { count: 3 });
      await confirming.told('elsewhere.done.confirmed');

      const [first] = home.scene.people;
      if (!first) throw new Error('Nobody has no post.');
      const own = `/applications/${first.applicationId}/elsewhere/1`;
      const applicant = await here.visitors.enter(await here.served.tokens.applicant(first), own);
      await applicant.press('elsewhere.own.join');
      const unticked = await applicant.faults();
      await applicant.look('the consent, not given');
      await applicant.page.locator('input[name=agree]').check();
      await applicant.press('elsewhere.own.join');
      await applicant.told('elsewhere.done.joined');
      await applicant.page.locator('button[value="add T-MAT"]').first().click();
      await applicant.page.locator('button[value="remove T-MAT"]').first().waitFor();
      await applicant.look('own choices in another region');

      home.world.clock.to(choosingUntil);
      const handing = await staff(here, 3, `${ours}/lists/1`);
      const region = regionName('KZ-61')[way.locale];
      await handing.press('elsewhere.hand', { count: 1, region });
      await handing.told('elsewhere.done.handing');
      await makePacket(
        { ...home.world, people, signer: signerOf(key) },
        { roundId: home.scene.roundId, list: 1 },
      );
      await handing.go(`${ours}/lists/1`);
      await handing.look('people who are handed over');

      posts.world.clock.to(choosingUntil);
      const receiving = await staff(there, 2, theirs);
      await receiving.page.getByLabel(t('elsewhere.region'), { exact: true }).selectOption('KZ-19');
      await receiving.page
        .getByLabel(t('elsewhere.key'), { exact: true })
        .fill(await fingerprintIn(home.world, home.scene.roundId));
      await receiving.press('elsewhere.pin');
      await receiving.told('elsewhere.done.pinned');
      await receiving.go(`${theirs}/people`);
      await receiving.look('results of another region that go to storage');
      await receiving.page
        .getByLabel(t('elsewhere.people.bundle'), { exact: true })
        .setInputFiles(asFile('results.json', bundle));
      await receiving.press('apply.document.upload');
      await receiving.told('elsewhere.done.resultsSent');
      await receiving.look('the packet that names them');
      await receiving.page
        .getByLabel(t('elsewhere.people.packet'), { exact: true })
        .setInputFiles(asFile('packet.json', storedIn(home.world, packetKey(home.scene.roundId, 1))));
      await receiving.press('elsewhere.people.check');
      await receiving.told('elsewhere.done.peopleBrought');
      const counting = await staff(there, 3, `${theirs}/people`);
      await counting.press('elsewhere.people.confirm', { count: 1 });
      await counting.told('elsewhere.done.peopleConfirmed');
      posts.world.clock.to(handingUntil);
      const giving = await staff(there, 4, `${theirs}/people`);
      await giving.look('people of another region in their order');
      await giving.press('elsewhere.give', { count: 1 });
      await giving.told('elsewhere.done.given');
      await makeOutcome(
        { ...posts.world, signer: posts.signer },
        { roundId: posts.scene.roundId, arrival: 1 },
      );
      await giving.go(`${theirs}/people`);
      await giving.look('an outcome that goes back');

      home.world.clock.to(handingUntil);
      const returning = await staff(here, 4, `${ours}/lists/1`);
      await returning.page
        .getByLabel(t('elsewhere.outcome.file', { region }), { exact: true })
        .setInputFiles(asFile('outcome.json', storedIn(posts.world, outcomeKey(posts.scene.roundId, 1))));
      await returning.press('elsewhere.outcome.check');
      await returning.told('elsewhere.done.outcomeBrought');
      const telling = await staff(here, 5, `${ours}/lists/1`);
      await telling.look('an outcome before people are told');
      await telling.press('elsewhere.outcome.confirm', { count: 1 });
      await telling.told('elsewhere.done.outcomeConfirmed');
      await tellIn(home.world);
      const returned = await here.visitors.enter(await here.served.tokens.applicant(first), own);
      await returned.look('what became of the own choices');
      const told = await returned.page.locator('main').innerText();

      expect(unticked).toEqual([t('exchange.agreeNeeded')]);
      expect(told).toContain(region);
      expect(await returned.page.locator('.govuk-inset-text').count()).toBe(2);
      expect([...(await there.leave()), ...(await here.leave())]).toEqual([]);
    },
  );
});

/** The key by which the packet of a round is signed, as its region tells it to others. */
const fingerprintIn = async (world: World, roundId: string): Promise<string> => {
  const read = await readPacket(
    new TextDecoder().decode(storedIn(world, packetKey(RoundId.parse(roundId), 1))),
  );
  if (!read.ok) throw new Error('The packet does not hold.');
  return read.value.key;
};
