import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { locales, translator } from '#shared/i18n/index.ts';
import { expiresAt } from '#test/builders/offered.ts';
import { offersIn } from '#test/builders/offers.ts';
import { aRound, released } from '#test/functions/web/offers-site.ts';

/** What the page counts, by its names. */
const countsOn = (text: string): Record<string, number> => {
  const terms = parse(text).querySelectorAll('main dt');
  return Object.fromEntries(terms.map((dt) => [dt.text, Number(dt.nextElementSibling?.text)]));
};

describe('the page of a round’s offers', () => {
  it.for(locales)(
    'shows who would be asked, the letter, and how many posts are empty, in %s',
    async (locale) => {
      const { administrator, board } = await aRound();

      const { status, text } = await administrator.get(`/${locale}/${board}`);

      expect(status).toBe(200);
      expect(text).toContain('KZ19-AAAA-0000');
      expect(text).toContain('Сізге жұмыс ұсынылды');
      expect(text).toContain('Вам предложена должность');
      expect(text).toContain('name="confirmed" value="1"');
    },
  );

  it('counts a post that waits for its answer apart from those that are empty', async () => {
    const { administrator, board } = await released();

    const { text } = await administrator.get(`/en/${board}`);

    expect(countsOn(text)).toEqual({
      'People with a final result': 2,
      Posts: 1,
      Filled: 0,
      'Held by an offer': 1,
      Empty: 0,
    });
  });

  it('tells posts beyond the limit of the round file from those that are empty', async () => {
    const { administrator, board } = await aRound(500);

    const { text } = await administrator.get(`/en/${board}`);

    expect(countsOn(text)).toMatchObject({
      Posts: 500,
      Filled: 0,
      Empty: 438,
      'Beyond the limit of posts in the round file: cannot be offered': 62,
    });
  });

  it('asks nobody when the number is no longer what was looked at', async () => {
    const { administrator, board, world, scene } = await aRound();

    const answer = await administrator.post(`/en/${board}`, { confirmed: '2' });

    expect(answer.status).toBe(409);
    expect(await offersIn(world, scene)).toEqual([]);
  });
});

describe('the page of changed numbers of posts', () => {
  it.for(locales)('says what waits and to whom, and keeps what was typed, in %s', async (locale) => {
    const { administrator, scene } = await released();
    const address = `/${locale}/manage/rounds/${scene.roundId}/capacities`;

    const empty = await administrator.get(address);
    const wrong = await administrator.post(address, { vacancy: 'MAT-001', posts: 'two', reason: 'A class' });
    const right = await administrator.post(address, { vacancy: 'MAT-001', posts: '30', reason: 'A class' });
    const page = await administrator.get(address);
    const own = await administrator.post(`${address}/1/confirmation`, { confirmed: '1' });
    const back = await administrator.post(`${address}/1/refusal`, { 'because-1': '' });

    expect([empty.status, wrong.status, right.status, own.status, back.status]).toEqual([
      200, 422, 303, 409, 422,
    ]);
    expect(wrong.text).toContain('value="two"');
    expect(page.text).toContain('1 → 30');
    // Thirty for one is a large step, and who proposed it gets no button.
    expect(page.text).toContain('govuk-warning-text');
    expect(page.text).not.toContain('capacities/1/confirmation');
  });
});

describe('the page of remedies', () => {
  it.for(locales)('says what waits and to whom, and keeps what was typed, in %s', async (locale) => {
    const { administrator, scene } = await released();
    const address = `/${locale}/manage/rounds/${scene.roundId}/remedies`;
    const typed = {
      application: 'KZ19-AAAA-0001',
      kind: 'offer-next',
      vacancies: 'MAT-001',
      reason: 'A score was lost.',
    };

    const empty = await administrator.get(address);
    const without = await administrator.post(address, { ...typed, kind: '' });
    const wrong = await administrator.post(address, { ...typed, vacancies: 'MAT-777' });
    const right = await administrator.post(address, typed);
    const page = await administrator.get(address);
    const own = await administrator.post(`${address}/1/confirmation`, { confirmed: '0' });
    const back = await administrator.post(`${address}/1/refusal`, { 'because-1': '' });
    const none = await administrator.post(`${address}/none/confirmation`, { confirmed: '0' });

    const statuses = [empty, without, wrong, right, own, back, none].map(({ status }) => status);
    expect(statuses).toEqual([200, 422, 422, 303, 409, 422, 404]);
    expect(wrong.text).toContain('value="MAT-777"');
    expect(page.text).toContain('A score was lost.');
    // What is owed to whom stands where an administrator may read it.
    expect(page.text).toContain(`/manage/rounds/${scene.roundId}/corrections"`);
    expect(page.text).not.toContain('/counterfactual"');
    expect(page.text).not.toContain('remedies/1/confirmation');
  });
});

describe('the page of remedies, about the next intake', () => {
  it.for(locales)('takes the day until which it is promised, and shows it, in %s', async (locale) => {
    const { administrator, scene } = await released();
    const address = `/${locale}/manage/rounds/${scene.roundId}/remedies`;
    const typed = {
      application: 'KZ19-AAAA-0001',
      kind: 'next-intake',
      vacancies: 'MAT-001',
      reason: 'A score was lost.',
    };
    const day = { 'until-day': '31', 'until-month': '12', 'until-year': '2023' };

    const without = await administrator.post(address, typed);
    const odd = await administrator.post(address, { ...typed, ...day, 'until-month': '13' });
    const right = await administrator.post(address, { ...typed, ...day });
    const { text } = await administrator.get(address);

    expect([without, odd, right].map(({ status }) => status)).toEqual([422, 422, 303]);
    expect(odd.text).toContain('value="13"');
    expect(text).toContain(translator(locale)('remedy.kind.next-intake'));
    expect(text).toContain(translator(locale)('remedy.untilSaid'));
  });
});

describe('the page of an offer', () => {
  it('answers nothing by being opened', async () => {
    const { applicant, offer, world, scene } = await released();

    const page = await applicant.get(`/kk/${offer}`);

    expect(page.status).toBe(200);
    expect(page.text).toContain('MAT-001');
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 open']);
  });

  it('leads from an acceptance to the checklist, where own items are ticked and taken back', async () => {
    const { applicant, application, offer } = await released();
    const overview = await applicant.get(`/ru/${application}`);

    const accepted = await applicant.post(`/ru/${offer}/acceptance`, {});
    const placement = await applicant.get(accepted.location);
    await applicant.post(`/ru/${application}/placement/items`, { code: 'health' });
    const ticked = await applicant.get(`/ru/${application}/placement`);
    const undone = await applicant.post(`/ru/${application}/placement/undo`, {
      code: 'health',
      reason: 'Ошибка',
    });
    const foreign = await applicant.post(`/ru/${application}/placement/items`, { code: 'contract' });

    expect(overview.text).toContain(offer);
    expect(accepted.status).toBe(303);
    expect(placement.text).toContain('Справка о состоянии здоровья');
    expect(ticked.text).toContain(`undo-`);
    expect([undone.status, foreign.status]).toEqual([303, 403]);
  });

  it('wants a reason for declining, and tells a late answer', async () => {
    const { applicant, offer, site, world, scene } = await released();

    const without = await applicant.post(`/en/${offer}/refusal`, {});
    site.clock.to(expiresAt);
    const late = await site.applicant().post(`/en/${offer}/refusal`, { reason: 'distance' });

    expect([without.status, late.status]).toEqual([422, 409]);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 open']);
  });
});

describe('the page of the own waiting lists', () => {
  it.for(locales)('says before the first offers that nobody waits yet, in %s', async (locale) => {
    const { applicant, scene } = await aRound();

    const page = await applicant.get(`/${locale}/applications/${scene.people[0]?.applicationId}/waiting`);

    expect(page.status).toBe(200);
    expect(page.text).toContain('govuk-inset-text');
  });

  it('shows whoever declined their other places and no other number, as the board does', async () => {
    const { applicant, application, offer, administrator, board, world } = await released();
    const staff = await administrator.get(`/en/${board}`);
    await applicant.post(`/en/${offer}/refusal`, { reason: 'distance' });

    const page = await applicant.get(`/en/${application}/waiting`);

    expect(page.text).toContain('You are on no waiting list');
    expect(page.text).not.toContain('KZ19-AAAA-0001');
    expect(staff.text).toContain('MAT-001: 1');
    const letters = [...world.records.outbox.values()].map(({ body }) => ('facts' in body ? body.facts : {}));
    expect(letters.at(-1)).toMatchObject({ vacancy: 'MAT-001', waiting: '–' });
  });
});

describe('the page of a round’s placements', () => {
  it('shows each by its vacancy, and the administrator ticks own items only', async () => {
    const { applicant, administrator, offer, scene, site } = await released();
    await applicant.post(`/en/${offer}/acceptance`, {});
    const address = `/en/manage/rounds/${scene.roundId}/placements`;

    const page = await administrator.get(address);
    const id = /placements\/([0-9A-Z]{20})\/items/.exec(page.text)?.[1] ?? '';
    const own = await administrator.post(`${address}/${id}/items`, { code: 'housing' });
    const foreign = await administrator.post(`${address}/${id}/items`, { code: 'health' });

    expect(page.text).toContain('MAT-001');
    expect([own.status, foreign.status]).toEqual([303, 403]);
    expect((await site.records.history('placement', id)).map(({ fact }) => fact.type)).toEqual([
      'placement-opened',
      'item-done',
    ]);
    const elsewhere = address.replace(scene.roundId, 'A'.repeat(20));
    expect((await administrator.post(`${elsewhere}/${id}/items`, { code: 'housing' })).status).toBe(404);
    const undoing = { code: 'housing', reason: 'Not yet' };
    expect((await administrator.post(`${elsewhere}/${id}/undo`, undoing)).status).toBe(404);
  });
});
