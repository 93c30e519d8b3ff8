import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lapseOffer } from '#functions/commands/offer-waiting.ts';
import { log } from '#functions/log.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { expiresAt } from '#test/builders/offered.ts';
import { granted } from '#test/builders/scenes.ts';
import { acceptedTwice, counted, written } from '#test/builders/unsound-seats.ts';
import { released } from '#test/functions/web/offers-site.ts';

const zone = 'Asia/Almaty';

describe('an answer in time that a check holds', () => {
  beforeEach(() => void vi.spyOn(log, 'error').mockImplementation(() => undefined));
  afterEach(() => void vi.restoreAllMocks());

  it.for(locales)('is told as received, to its owner and to staff, in %s', async (locale) => {
    const { site, world, scene, applicant, administrator, offer, application, board } = await released();
    await written(world, scene, 'MAT-001', counted(world, 0));
    const t = translator(locale);
    const at = t.moment(world.clock.now(), zone);

    const answer = await applicant.post(`/${locale}/${offer}/acceptance`, {});
    const open = await applicant.get(`/${locale}/${offer}`);
    const timeline = await applicant.get(`/${locale}/${application}`);
    const staff = await administrator.get(`/${locale}/${board}`);
    world.clock.to(expiresAt);
    const over = await site.applicant().get(`/${locale}/${offer}`);

    expect(answer.status).toBe(409);
    expect(answer.text).toContain(t('problems.answer-held.title'));
    expect(answer.text).toContain(t('problems.detail.answeredAt', { at }));
    for (const { text } of [open, over]) expect(text).toContain(t('offer.held', { at }));
    expect(open.text).toContain('/refusal"');
    expect(over.text).not.toContain(t('offer.over'));
    expect(over.text).not.toContain('/refusal"');
    expect(timeline.text).toContain(t('timeline.answer-held', { vacancy: 'MAT-001' }));
    expect(staff.text).toContain(t('offer.heldBack.answered', { at }));
  });
});

describe('a lapse that a check holds', () => {
  beforeEach(() => void vi.spyOn(log, 'error').mockImplementation(() => undefined));
  afterEach(() => void vi.restoreAllMocks());

  it.for(locales)('is told to its owner as the end of the time, with what follows, in %s', async (locale) => {
    const { site, world, scene, offer, application, board } = await released();
    const key = await offerTo(world, scene, 0);
    await acceptedTwice(world, scene, 0);
    world.clock.to(expiresAt);
    granted(await lapseOffer(world, key));
    const t = translator(locale);
    const at = t.moment(expiresAt, zone);
    const applicant = site.applicant();

    const over = await applicant.get(`/${locale}/${offer}`);
    const timeline = await applicant.get(`/${locale}/${application}`);
    const staff = await (await site.administrator()).get(`/${locale}/${board}?show=overdue`);

    expect(over.text).toContain(t('offer.lapseHeld', { at }));
    expect(over.text).toContain(t('offer.status.overdue'));
    for (const word of ['offer.over', 'offer.status.open'] as const) expect(over.text).not.toContain(t(word));
    expect(timeline.text).toContain(t('timeline.offer-lapse-held', { vacancy: 'MAT-001' }));
    expect(timeline.text).not.toContain(t('timeline.offer-open', { vacancy: 'MAT-001' }));
    expect(staff.text).toContain(t('offer.heldBack.lapsed', { at }));
    expect(staff.text).toContain('MAT-001');
  });
});
