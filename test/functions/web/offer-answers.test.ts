import { describe, expect, it } from 'vitest';
import { lapseOffer } from '#functions/commands/offer-waiting.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { deliverOffersIn, offersIn } from '#test/builders/offers.ts';
import { withConditions, withDeferral } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';
import { released } from '#test/functions/web/offers-site.ts';

describe('accepting on a condition', () => {
  it.for(locales)(
    'is offered where the round file allows it, and confirmed from the board, in %s',
    async (locale) => {
      const { applicant, administrator, offer, board, application } = await released(withConditions());
      const form = `/${locale}/${offer}/conditional-acceptance`;

      const page = await applicant.get(`/${locale}/${offer}`);
      const without = await applicant.post(form, {});
      const accepted = await applicant.post(form, { condition: 'diploma' });
      const after = await applicant.get(`/${locale}/${offer}`);
      const staff = await administrator.get(`/${locale}/${board}`);
      const address = /action="([^"]+\/condition)"/.exec(staff.text)?.[1] ?? '';
      const met = await administrator.post(address, {});
      const placement = await applicant.get(`/${locale}/${application}/placement`);

      expect([page.status, without.status, accepted.status, met.status]).toEqual([200, 422, 303, 303]);
      expect(page.text).toContain('value="diploma"');
      // Decided for now: nothing but declining is left.
      expect(after.text).not.toContain('/acceptance"');
      expect(placement.status).toBe(200);
    },
  );

  it.for(locales)('that is not confirmed in time is told as that, in %s', async (locale) => {
    const { site, applicant, offer, world, scene } = await released(withConditions());
    await applicant.post(`/${locale}/${offer}/conditional-acceptance`, { condition: 'diploma' });
    world.clock.to(at('2022-11-28T18:00'));

    const later = site.applicant();
    const over = await later.get(`/${locale}/${offer}`);
    const { applicationId, offerId } = await offerTo(world, scene, 0);
    await lapseOffer(world, { applicationId, offerId });
    const lapsed = await later.get(`/${locale}/${offer}`);

    const t = translator(locale);
    expect(over.text).toContain(t('offer.condition.over'));
    expect(lapsed.text).toContain(t('offer.condition.lapsed'));
  });

  it('is not offered where the round file has no conditions', async () => {
    const { applicant, offer } = await released();

    expect((await applicant.get(`/en/${offer}`)).text).not.toContain('conditional-acceptance');
  });
});

describe('beginning later', () => {
  const later = { 'until-day': '16', 'until-month': '1', 'until-year': '2023', reason: 'study' };

  it.for(locales)('is asked on the own placement and granted among all of them, in %s', async (locale) => {
    const { applicant, administrator, application, offer, scene } = await released(withDeferral());
    await applicant.post(`/${locale}/${offer}/acceptance`, {});
    const own = `/${locale}/${application}/placement`;
    const all = `/${locale}/manage/rounds/${scene.roundId}/placements`;

    const before = await applicant.get(own);
    const wrong = await applicant.post(`${own}/deferral`, { ...later, 'until-year': '2024' });
    const asked = await applicant.post(`${own}/deferral`, later);
    const waiting = await applicant.get(own);
    const staff = await administrator.get(all);
    expect(staff.text).toContain(translator(locale)('deferral.staff.count', { count: 1 }));
    const address = /action="([^"]+\/deferral\/grant)"/.exec(staff.text)?.[1] ?? '';
    const unsaid = await administrator.post(address.replace('/grant', '/refusal'), { reason: '' });
    const granted = await administrator.post(address, {});
    const after = await applicant.get(own);

    expect([before.status, wrong.status, asked.status, unsaid.status, granted.status]).toEqual([
      200, 422, 303, 422, 303,
    ]);
    expect(wrong.text).toContain('value="2024"');
    expect(before.text).toContain('placement/deferral"');
    expect(waiting.text).not.toContain('placement/deferral"');
    // Granted: it may be asked for anew, and what is to be done is due later.
    expect(after.text).toContain('placement/deferral"');
    expect(after.text).toContain('2023');
  });

  it.for(locales)('is refused for a reason that the person reads, in %s', async (locale) => {
    const { applicant, administrator, application, offer, scene } = await released(withDeferral());
    await applicant.post(`/${locale}/${offer}/acceptance`, {});
    const own = `/${locale}/${application}/placement`;
    await applicant.post(`${own}/deferral`, later);
    const all = `/${locale}/manage/rounds/${scene.roundId}/placements`;
    const address =
      /action="([^"]+\/deferral\/refusal)"/.exec((await administrator.get(all)).text)?.[1] ?? '';
    const back = await administrator.post(address, { reason: 'Much'.repeat(501) });
    const refused = await administrator.post(address, { reason: 'The school year begins before.' });

    expect([back.status, refused.status]).toEqual([422, 303]);
    expect(back.text).toContain('Much'.repeat(501));
    const told = [await applicant.get(own), await administrator.get(all)];
    for (const { text } of told) expect(text).toContain('The school year begins before.');
  });

  it.for(locales)('releases the post of who agreed to that, in %s', async (locale) => {
    const file = withDeferral({ always: true, entryUntil: '2023-12-31' });
    const { applicant, administrator, application, offer, scene, world } = await released(file);
    await applicant.post(`/${locale}/${offer}/acceptance`, {});
    const own = `/${locale}/${application}/placement`;
    const all = `/${locale}/manage/rounds/${scene.roundId}/placements`;
    const t = translator(locale);

    const unticked = await applicant.post(`${own}/deferral`, later);
    const asked = await applicant.post(`${own}/deferral`, { ...later, release: 'yes' });
    const staff = await administrator.get(all);
    const address = /action="([^"]+\/deferral\/release)"/.exec(staff.text)?.[1] ?? '';
    const freed = await administrator.post(address, {});
    await deliverOffersIn(world);
    const after = await applicant.get(`/${locale}/${application}`);

    expect([unticked.status, asked.status, freed.status]).toEqual([422, 303, 303]);
    expect(unticked.text).toContain(t('deferral.error.release'));
    expect(staff.text).not.toContain('/deferral/grant"');
    expect(after.text).toContain(t('timeline.place-released'));
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 closed', '1 MAT-001 open']);
  });

  it('is not offered where the round file does not allow it', async () => {
    const { applicant, application, offer } = await released();
    await applicant.post(`/en/${offer}/acceptance`, {});

    expect((await applicant.get(`/en/${application}/placement`)).text).not.toContain('deferral');
    expect((await applicant.post(`/en/${application}/placement/deferral`, later)).status).toBe(422);
  });
});
