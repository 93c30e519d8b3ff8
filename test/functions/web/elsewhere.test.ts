import { describe, expect, it } from 'vitest';
import { confirmArrivals } from '#functions/commands/elsewhere-arrivals.ts';
import { makeOutcome } from '#functions/commands/elsewhere-outcome.ts';
import { confirmOutcome } from '#functions/commands/elsewhere-outcome-import.ts';
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
  theColleague,
  withElsewhere,
} from '#test/builders/elsewhere.ts';
import { chosenIn, decidedIn, handingUntil, outcomeOf, tellIn, twoRegions } from '#test/builders/handed.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { anOffersRoundIn, aVacancy } from '#test/builders/offers.ts';
import { aKey } from '#test/builders/results.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { signerOf } from '#test/builders/signer.ts';
import { aSite } from '#test/functions/web/site.ts';
import { aSiteWithPacket, sentWith } from './packet-site.ts';

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
    const { site, regions, files, packet, t, at, administrator } = await aSiteWithPacket(locale);
    const { deps, clock } = site;
    const { roundId } = regions.there.scene;

    const first = await administrator.get(at);
    const [key, back] = ['key', 'success_action_redirect'].map((name) => sentWith(first.text, name));
    const sent = back?.replace(deps.publicOrigin, '') ?? '';
    const results = new URL(back ?? '').searchParams.get('results') ?? '';
    const unchosen = await administrator.upload(at, 'packet', new Uint8Array(), { results });
    const unsent = await administrator.upload(at, 'packet', packet, { results });
    site.stored.set(key ?? '', new TextEncoder().encode(files.bundle));
    const second = await administrator.get(sent);
    const alone = await administrator.upload(at, 'packet', packet);
    const brought = await administrator.upload(at, 'packet', packet, {
      results: sentWith(second.text, 'results') ?? '',
    });
    const waiting = await administrator.get(at);
    const own = await administrator.post(`${at}/1/confirmation`, { confirmed: '1' });
    const { scene: there, world: theirs } = regions.there;
    granted(
      await confirmArrivals(theirs, { by: theColleague, roundId: there.roundId, arrival: 1, confirmed: 1 }),
    );
    const early = await administrator.post(`${at}/posts`, { confirmed: '1' });
    const nobody = await administrator.post(`${at}/twins`, { one: 'KZ-19', other: 'KZ-61', same: 'yes' });
    clock.to(handingUntil);
    const colleague = await site.administrator();
    const preview = await colleague.get(at);
    const given = await colleague.post(`${at}/posts`, { confirmed: '1' });
    const unsigned = await colleague.get(at);
    const { world, signer } = regions.there;
    await makeOutcome({ ...world, papers: deps.papers, signer }, { roundId, arrival: 1 });
    const decided = await colleague.get(at);
    const outcome = await colleague.get(`${at}/1/outcome`);

    expect([unchosen.status, unsent.status, alone.status, brought.status]).toEqual([422, 422, 422, 303]);
    expect(unchosen.text).toContain(t('manage.fault.noFile'));
    expect(unsent.text).toContain(t('elsewhere.fault.noResults'));
    expect(alone.text).toContain(t('elsewhere.fault.bundle'));
    expect(first.headers.get('content-security-policy')).toContain('https://storage.example');
    expect(second.text).toContain(t('elsewhere.done.resultsSent'));
    expect(second.headers.get('content-security-policy')).not.toContain('https://storage.example');
    expect(nobody.status).toBe(422);
    expect(nobody.text).toContain(t('elsewhere.fault.nobody'));
    expect([own.status, early.status, given.status]).toEqual([409, 409, 303]);
    expect(waiting.text).not.toContain('person-0@example.kz');
    expect(preview.text).toContain('person-0@example.kz');
    expect(preview.text).toContain('T-MAT');
    expect(unsigned.text).toContain(t('elsewhere.outcome.signing'));
    expect(decided.text).not.toContain('/people/posts"');
    expect(decided.text).toContain(`href="${at}/1/outcome"`);
    expect(outcome.location).toContain('outcome-');
  });

  it('lead from the outcome of a packet to people who know what became of them', async () => {
    const site = aSite();
    const { records, clock, deps } = site;
    const near = { ...aWorld(), records, clock, chance: deps.chance, papers: deps.papers };
    const regions = await twoRegions(undefined, { near, first: them });
    const { here, list } = regions;
    await chosenIn(here, list, 0, [vacancyCode('T-MAT')]);
    const file = await decidedIn(regions);
    const outcome = await outcomeOf(file);
    clock.to(handingUntil);
    const page = `/kk/manage/rounds/${here.scene.roundId}/elsewhere/lists/${list}`;
    const t = translator('kk');
    const administrator = await site.administrator();

    const torn = await administrator.upload(`${page}/outcome`, 'outcome', file.slice(1));
    const brought = await administrator.upload(`${page}/outcome`, 'outcome', file);
    const waiting = await administrator.get(page);
    const alone = await administrator.post(`${page}/outcome/confirmation`, { outcome, confirmed: '1' });
    const command = { by: theColleague, roundId: here.scene.roundId, list };
    granted(await confirmOutcome(near, { ...command, outcome, confirmed: 1 }));
    await tellIn(near);
    const told = await administrator.get(page);
    const own = await site
      .applicant()
      .get(`/kk/applications/${here.scene.people[0]?.applicationId}/elsewhere/1`);

    expect([torn.status, brought.status, alone.status]).toEqual([422, 303, 409]);
    expect(torn.text).toContain(t('elsewhere.fault.outcome'));
    expect(waiting.text).toContain(t('elsewhere.outcome.secondPerson'));
    expect(told.text).toContain(t('elsewhere.outcome.people', { count: 1 }));
    expect(told.text).not.toContain('name="outcome"');
    expect(own.text).toContain(regionName('KZ-61').kk);
    expect(own.text).toMatch(/лауазым ұсынуды шешті/);
  });

  it('let a list that was shown be stopped', async () => {
    const { world, scene, listed, administrator, staff, applicant } = await aRound();
    await shownIn(world, scene.roundId, listed);
    const page = `/ru/${staff}/lists/1`;

    const before = await administrator.get(page);
    const stopped = await administrator.post(`${page}/stop`, {});
    const after = await administrator.get(page);
    const own = await applicant.get(`/ru/applications/${scene.people[0]?.applicationId}/elsewhere/1`);

    expect(before.text).toContain(`action="${page}/stop"`);
    expect([stopped.status, own.status]).toEqual([303, 404]);
    expect(after.text).toContain(translator('ru')('elsewhere.status.stopped'));
    expect(after.text).not.toContain(`action="${page}/stop"`);
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
