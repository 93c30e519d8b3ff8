import { describe, expect, it } from 'vitest';
import { bringArrivals } from '#functions/commands/elsewhere-arrivals.ts';
import { signOpenPosts } from '#functions/commands/elsewhere-signing.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { regionName } from '#shared/domain/region.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import {
  aRegionWithPeople,
  aRegionWithPosts,
  listedIn,
  shownIn,
  withElsewhere,
} from '#test/builders/elsewhere.ts';
import { carriedTo, chosenIn, handingUntil, twoRegions } from '#test/builders/handed.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { anOffersRoundIn, aVacancy, theAdministrator } from '#test/builders/offers.ts';
import { aKey } from '#test/builders/results.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { signerOf } from '#test/builders/signer.ts';
import { aSite } from '#test/functions/web/site.ts';

const them = PersonId.parse(sha256Of('applicant').toUpperCase().slice(0, 20));

/** A region whose first applicant can sign in, and the file of another region's list. */
const aRound = async (posts?: Parameters<typeof aRegionWithPosts>[1]) => {
  const site = aSite();
  const { records, clock, deps } = site;
  const world = { ...aWorld(), records, clock, chance: deps.chance, papers: deps.papers };
  const { scene } = await aRegionWithPeople(world, { first: them });
  const listed = await listedIn(await aRegionWithPosts(undefined, posts));
  const administrator = await site.administrator();
  const staff = `manage/rounds/${scene.roundId}/elsewhere`;
  return { site, world, scene, listed, administrator, staff, applicant: site.applicant() };
};

const rowsOf = (text: string): number | undefined =>
  text.match(/<tbody[\s\S]*<\/tbody>/)?.[0].match(/<tr/g)?.length;

describe('the pages of other regions', () => {
  it.for(locales)('lead from a key and a file to posts that somebody chooses, in %s', async (locale) => {
    const { world, scene, listed, administrator, staff, applicant } = await aRound();
    const t = translator(locale);
    const own = `/${locale}/applications/${scene.people[0]?.applicationId}/elsewhere/1`;

    const mistyped = await administrator.post(`/${locale}/${staff}/keys`, { region: 'KZ-61', key: 'abc' });
    const unknown = await administrator.upload(`/${locale}/${staff}/lists`, 'file', listed.file);
    await administrator.post(`/${locale}/${staff}/keys`, { region: 'KZ-61', key: listed.key });
    const brought = await administrator.upload(`/${locale}/${staff}/lists`, 'file', listed.file);
    const preview = await administrator.get(`/${locale}/${staff}/lists/1`);
    const alone = await administrator.post(`/${locale}/${staff}/lists/1/confirmation`, { confirmed: '3' });
    const unshown = await applicant.get(own);
    await shownIn(world, scene.roundId, listed);
    const page = await applicant.get(own);
    const unticked = await applicant.post(own, {});
    const joined = await applicant.post(own, { agree: 'yes' });
    const choosing = await applicant.get(own);
    const pressed = { press: 'add T-MAT', order: '', filter: '' };
    const added = await applicant.post(`${own}/choices`, pressed);
    const stale = await applicant.post(`${own}/choices`, pressed);
    const chosen = await applicant.get(own);
    const application = await applicant.get(own.replace('/elsewhere/1', ''));
    const left = await applicant.post(`${own}/withdrawal`, {});

    expect([mistyped.status, unknown.status, brought.status]).toEqual([422, 422, 303]);
    expect(mistyped.text).toContain(t('elsewhere.fault.key'));
    expect(mistyped.text).toContain('value="abc"');
    expect(unknown.text).toContain(t('elsewhere.fault.noKey'));
    expect(preview.text).toContain(t('elsewhere.secondPerson'));
    expect([alone.status, unshown.status, page.status]).toEqual([409, 404, 200]);
    expect(page.text).toContain(t('codes.incentive.housing'));
    expect(page.text).toContain(regionName('KZ-61')[locale]);
    expect([unticked.status, joined.status, added.status, stale.status, left.status]).toEqual([
      422, 303, 303, 303, 303,
    ]);
    expect(choosing.text).toContain('value="add T-MAT"');
    expect(choosing.text).not.toContain('T-PHY');
    expect(chosen.text).toContain('value="remove T-MAT"');
    expect(application.text).toContain(`href="${own}"`);
  });

  it('show a long list a part at a time before anybody agrees', async () => {
    const many = Array.from({ length: 70 }, (_, index) => aVacancy(`T-${String(index + 100)}`));
    const { world, scene, listed, applicant } = await aRound(many);
    const own = `/ru/applications/${scene.people[0]?.applicationId}/elsewhere/1`;
    await shownIn(world, scene.roundId, listed);

    const parts = await Promise.all(['', '?page=2', '?page=3'].map((page) => applicant.get(own + page)));

    expect(parts.map(({ text }) => rowsOf(text))).toEqual([30, 30, 10]);
    expect(parts[0]?.text).toContain(`${own}?page=2`);
  });

  it('list the own posts, and hand out the file once it is signed', async () => {
    const site = aSite();
    const { records, clock, deps } = site;
    const world = { ...aWorld(), records, clock, chance: deps.chance, papers: deps.papers };
    const { roundId } = await anOffersRoundIn(world, [{ choices: [] }], undefined, withElsewhere());
    const administrator = await site.administrator();
    const staff = `/en/manage/rounds/${roundId}/elsewhere`;

    const before = await administrator.get(staff);
    const listed = await administrator.post(`${staff}/own`, { confirmed: '2' });
    const unsigned = await administrator.get(`${staff}/own/file`);
    await signOpenPosts({ ...world, signer: signerOf(aKey()) }, { roundId });
    const after = await administrator.get(staff);
    const file = await administrator.get(`${staff}/own/file`);

    expect(before.text).toContain('name="confirmed" value="2"');
    expect([listed.status, unsigned.status, file.status]).toEqual([303, 404, 303]);
    expect(after.text).toContain(`href="${staff}/own/file"`);
    expect(file.location).toContain('open-posts-');
  });

  it.for(locales)('lead from a packet to people, their posts and a decision, in %s', async (locale) => {
    const site = aSite();
    Object.assign(site.deps, { region: 'KZ-61' });
    const { records, clock, deps } = site;
    const regions = await twoRegions({ ...aWorld(), records, clock, chance: deps.chance });
    await chosenIn(regions.here, regions.list, 0, [vacancyCode('T-MAT')]);
    const files = await carriedTo(regions);
    const { roundId } = regions.there.scene;
    const at = `/${locale}/manage/rounds/${roundId}/elsewhere/people`;
    const t = translator(locale);
    const administrator = await site.administrator();

    const unchosen = await administrator.upload(at, 'packet', new TextEncoder().encode(files.packet));
    granted(await bringArrivals(regions.there.world, { by: theAdministrator, roundId, ...files }));
    const waiting = await administrator.get(at);
    const confirmed = await administrator.post(`${at}/1/confirmation`, { confirmed: '1' });
    const early = await administrator.post(`${at}/posts`, { confirmed: '1' });
    clock.to(handingUntil);
    const colleague = await site.administrator();
    const preview = await colleague.get(at);
    const given = await colleague.post(`${at}/posts`, { confirmed: '1' });
    const decided = await colleague.get(at);

    expect([unchosen.status, confirmed.status, early.status, given.status]).toEqual([422, 303, 409, 303]);
    expect(unchosen.text).toContain(t('manage.fault.noFile'));
    expect(waiting.text).not.toContain('person-0@example.kz');
    expect(preview.text).toContain('person-0@example.kz');
    expect(preview.text).toContain('T-MAT');
    expect(decided.text).not.toContain('/people/posts"');
  });

  it('are linked from the round and the board where the round file lets posts cross', async () => {
    const { administrator, scene } = await aRound();
    const pages = [
      await administrator.get(`/en/manage/rounds/${scene.roundId}`),
      await administrator.get(`/en/manage/rounds/${scene.roundId}/offers`),
    ];

    for (const { text } of pages) expect(text).toContain('/elsewhere"');
  });
});
