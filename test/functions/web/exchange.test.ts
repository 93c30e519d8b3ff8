import { describe, expect, it } from 'vitest';
import { acceptOffer } from '#functions/commands/offers.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { restingIn } from '#test/builders/exchange.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { deliverOffersIn, offersIn } from '#test/builders/offers.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { aSite } from '#test/functions/web/site.ts';

/** Offers at rest, the first of three people without a post and able to sign in. */
const aRound = async () => {
  const site = aSite();
  const { records, clock, deps } = site;
  const world = { ...aWorld(), records, clock, chance: deps.chance };
  const first = PersonId.parse(sha256Of('applicant').toUpperCase().slice(0, 20));
  const scene = await restingIn(world, { first });
  await askNext(world, scene);
  granted(await acceptOffer(world, await offerTo(world, scene, 1)));
  const administrator = await site.administrator();
  const staff = `manage/rounds/${scene.roundId}/exchange`;
  const own = `applications/${scene.people[0]?.applicationId}/exchange`;
  return { site, world, scene, administrator, staff, own, applicant: site.applicant() };
};

describe('the second chance', () => {
  it.for(locales)('goes from the question to an offer, in %s', async (locale) => {
    const { site, world, scene, administrator, staff, own, applicant } = await aRound();
    const t = translator(locale);

    const none = await applicant.get(`/${locale}/${own}`);
    const before = await administrator.get(`/${locale}/${staff}`);
    const opened = await administrator.post(`/${locale}/${staff}`, { confirmed: '2' });
    const asked = await applicant.get(`/${locale}/${own}`);
    const unticked = await applicant.post(`/${locale}/${own}`, {});
    const joined = await applicant.post(`/${locale}/${own}`, { agree: 'yes' });
    const choosing = await applicant.get(`/${locale}/${own}`);
    const pressed = { press: 'add MAT-002', order: '', filter: '' };
    const added = await applicant.post(`/${locale}/${own}/choices`, pressed);
    const stale = await applicant.post(`/${locale}/${own}/choices`, {
      ...pressed,
      press: 'remove MAT-001',
      order: 'MAT-001',
    });
    const chosen = await applicant.get(`/${locale}/${own}`);
    const waiting = await administrator.get(`/${locale}/${staff}`);
    world.clock.to(at('2022-11-17T18:00'));
    const colleague = await site.administrator();
    const preview = await colleague.get(`/${locale}/${staff}`);
    const ran = await colleague.post(`/${locale}/${staff}/run`, { confirmed: '1' });
    await deliverOffersIn(world);
    const over = await site.applicant().get(`/${locale}/${own}`);

    expect([none.status, before.status, opened.status, asked.status]).toEqual([404, 200, 303, 200]);
    expect(before.text).toContain('name="confirmed" value="2"');
    // Empty posts are shown to whoever agreed.
    expect(asked.text).not.toContain('MAT-002');
    expect([unticked.status, joined.status, added.status, stale.status, ran.status]).toEqual([
      422, 303, 303, 409, 303,
    ]);
    expect(unticked.text).toContain(t('exchange.agreeNeeded'));
    expect(choosing.text).toContain('value="add MAT-002"');
    expect(choosing.text).not.toContain('PHY-001');
    expect(chosen.text).toContain('value="remove MAT-002"');
    expect(waiting.text).not.toContain('/exchange/run"');
    expect(preview.text).toContain('name="confirmed" value="1"');
    expect(over.text).toContain(t('exchange.ran'));
    expect(await offersIn(world, scene)).toContain('0 MAT-002 open');
  });

  it('is taken back on its page, and begun anew', async () => {
    const { administrator, staff, own, applicant } = await aRound();
    await administrator.post(`/en/${staff}`, { confirmed: '2' });
    await applicant.post(`/en/${own}`, { agree: 'yes' });

    const left = await applicant.post(`/en/${own}/withdrawal`, {});
    const page = await applicant.get(`/en/${own}`);

    expect([left.status, left.location]).toEqual([303, expect.stringContaining('exchange.done.left')]);
    expect(page.text).toContain('name="agree"');
  });

  it('is linked from the application, the round and the board once there is one', async () => {
    const { administrator, staff, own, applicant, scene } = await aRound();
    const application = own.replace('/exchange', '');
    const before = await applicant.get(`/en/${application}`);
    await administrator.post(`/en/${staff}`, { confirmed: '2' });
    const pages = [
      await applicant.get(`/en/${application}`),
      await administrator.get(`/en/manage/rounds/${scene.roundId}`),
      await administrator.get(`/en/manage/rounds/${scene.roundId}/offers`),
    ];

    expect(before.text).not.toContain('/exchange"');
    for (const { text } of pages) expect(text).toContain('/exchange"');
  });
});
