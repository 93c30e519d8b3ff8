import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { allPoints, chair, members, nth } from '#test/builders/interview-scenes.ts';
import { countedIn, grantedIn, plannedIn, scoredIn, totalIn } from '#test/builders/owed-interviews.ts';
import { granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { formsIn, owedPages as scene } from './owed-pages.ts';

const member = nth(members, 0);

const points = { 'points.subject-teaching': '4', 'points.pupils': '4' };

describe('the page of interviews that are owed', () => {
  it('is reached from the page of the round, takes a request once and shows it in each language', async () => {
    const { one, list, page, desk } = await scene();
    const round = await desk.get(`/en/committee/rounds/${one.roundId}`);
    expect(round.text).toContain(`href="${list()}"`);
    expect((await desk.get(list())).text).toContain(translator('en')('owed-interview.none'));

    const wanted = { application: one.number.toLowerCase(), reason: 'Kept out by a wrong score.' };
    const first = await desk.post(list(), wanted);
    expect([first.status, first.location]).toEqual([303, `${page()}?done=owed-interview.done.asked`]);
    expect((await desk.post(list(), wanted)).location).toBe(first.location);
    for (const locale of locales) {
      const t = translator(locale);
      expect((await desk.get(list(locale))).text).toContain(one.number);
      const { text } = await desk.get(page(locale));
      expect(text).toContain(t('owed-interview.status.waiting'));
      expect(text).toContain(t('owed-interview.found.claim'));
      expect(text).toContain(wanted.reason);
      expect(text).toContain(t('owed-interview.own'));
      expect(formsIn(text), 'whoever asked cannot grant it').toEqual(['refusal']);
    }
  });

  it('gives back what was typed where the number or the reason is wrong', async () => {
    const { one, list, desk } = await scene();
    for (const wanted of [
      { application: 'KZ19-0000-0000', reason: 'Why' },
      { application: '', reason: 'Why' },
      { application: one.number, reason: ' ' },
      { application: nth(one.candidates, 0).application.number, reason: 'Why' },
    ]) {
      const { status, text } = await desk.post(list(), wanted);
      expect(status).toBe(422);
      expect(parse(text).querySelector('.govuk-error-summary')).not.toBeNull();
      expect(parse(text).querySelector('input[name=application]')?.getAttribute('value')).toBe(
        wanted.application,
      );
    }
  });
});

describe('an interview that was asked for', () => {
  it('lets a second person grant it, and the secretary set its time and take it back', async () => {
    const { one, site, list, page, desk } = await scene();
    await desk.post(list(), { application: one.number, reason: 'Why' });
    const second = await site.staff(chair);
    expect(formsIn((await second.get(page())).text)).toEqual(['grant', 'refusal']);
    for (const _ of [1, 2]) {
      const pressed = await second.post(`${page()}/grant`, {});
      expect([pressed.status, pressed.location]).toEqual([303, `${page()}?done=owed-interview.done.granted`]);
    }
    expect((await desk.post(`${page()}/time`, { from: 'soon', place: 'Room 12' })).status).toBe(422);
    expect((await desk.post(`${page()}/time`, { from: '2022-11-04T10:00', place: '' })).status).toBe(422);
    expect((await second.post(`${page()}/time`, { from: '2022-11-04T10:00', place: 'Room 12' })).status).toBe(
      403,
    );
    const set = { from: '2022-11-04T10:00', place: 'Room 12', stepFree: 'yes' };
    for (const _ of [1, 2]) expect((await desk.post(`${page()}/time`, set)).status).toBe(303);
    const { text } = await desk.get(page());
    expect(text).toContain('Asia/Almaty');
    expect(text).toContain('Room 12');

    expect((await desk.post(`${page()}/cancellation`, { reason: '' })).status).toBe(422);
    expect((await desk.post(`${page()}/cancellation`, { reason: 'No light.' })).status).toBe(303);
    const after = (await desk.get(page())).text;
    expect(after).toContain('No light.');
    expect(formsIn(after)).toEqual(['time']);
  });
});

describe('an interview that a stage owes', () => {
  it.for(locales)('is named at the gate that waits for it, in %s and in the API', async (locale) => {
    const { one, desk } = await scene(async (prepared) => {
      await plannedIn(prepared);
      prepared.world.clock.to(at('2022-11-07T14:00'));
    });
    const t = translator(locale);
    const { status, text } = await desk.post(`/${locale}/committee/rounds/${one.roundId}/proposal`, {});
    expect(status).toBe(409);
    expect(text).toContain(t('problems.detail.remaining.owed-interviews', { count: 1 }));
    expect(text).toContain(t('problems.detail.owed', { numbers: one.number }));
    const api = await desk.json('POST', `/api/rounds/${one.roundId}/gate/proposal`, {});
    expect(JSON.parse(api.text)).toMatchObject({
      status: 409,
      type: '/problems/unfinished-work',
      remaining: 1,
      of: 'owed-interviews',
      interviews: { count: 1, numbers: [one.number] },
      detail: expect.stringContaining(one.number),
    });
  });

  it('is closed to whoever has a conflict of interest, by every address', async () => {
    const { one, site, list, page } = await scene(plannedIn);
    granted(await declareOwnConflict(one.world, one.on(member)));
    const seat = await site.staff(member);
    expect((await seat.get(list())).text).not.toContain(one.number);
    for (const way of ['', '/interview']) {
      const { status, text } = await seat.get(page() + way);
      expect([way, status]).toEqual([way, 403]);
      expect(text).not.toContain(one.number);
    }
    expect((await seat.post(`${page()}/interview`, points)).status).toBe(403);
    expect(JSON.parse((await seat.get(`/api/rounds/${one.roundId}/owed-interviews`)).text)).toEqual({
      owed: [],
      unasked: [],
      closed: [{ walled: 'conflict' }],
    });
  });
});

describe('the interview that is owed', () => {
  it('is held on a page of its own with kit, note and card, and what others gave is hidden before', async () => {
    const { one, site, page } = await scene(plannedIn);
    one.world.clock.to(at('2022-11-04T06:00'));
    const seat = await site.staff(member);
    for (const locale of locales) {
      const { status, text } = await seat.get(`${page(locale)}/interview`);
      expect(status).toBe(200);
      expect(text).toContain(translator(locale)('owed-interview.held'));
      expect(formsIn(text)).toEqual(['note', 'interview']);
    }
    const noted = await seat.post(`${page()}/interview/note`, { note: 'A clear lesson.' });
    expect(noted.location).toBe(`${page()}/interview?done=kit.done.noted`);
    expect((await seat.post(`${page()}/interview`, points)).status).toBe(422);
    await scoredIn(one);
    const { text } = await seat.get(`${page()}/interview`);
    expect(text).toContain(translator('en')('interview.totals'));
    expect(text).toContain('A clear lesson.');
  });

  it('counts by the correction that its page leads to, after whom it concerns was shown', async () => {
    const { one, site, page, desk } = await scene(async (prepared) => {
      await plannedIn(prepared);
      await scoredIn(prepared);
    });
    const total = await totalIn(one);
    const way = parse((await desk.get(page())).text).querySelector('main a[href*="counterfactual"]');
    const tried = await desk.get((way?.getAttribute('href') ?? '').replaceAll('&amp;', '&'));
    expect(tried.status).toBe(200);
    expect(tried.text).toContain(one.number);
    const form = parse(tried.text).querySelector('form[action$="/corrections"]');
    const typed = Object.fromEntries(
      (form?.querySelectorAll('input[type=hidden]') ?? []).map((input) => [
        input.getAttribute('name') ?? '',
        input.getAttribute('value') ?? '',
      ]),
    );
    expect(typed).toMatchObject({ kind: 'totals', owed: 'yes', interview: String(total) });
    const asked = await desk.post(form?.getAttribute('action') ?? '', {
      ...typed,
      reason: 'Held on 4 November.',
    });
    expect(asked.location).toContain('corrections/1?done=corrections.done.asked');

    const second = await site.staff(chair);
    const shown = parse((await second.get(`/en/manage/rounds/${one.roundId}/corrections/1`)).text);
    expect(shown.text).toContain(`Application ${one.number}: the interview that was owed`);
    const value = (name: string) =>
      shown.querySelector(`form[action$="/application"] input[name=${name}]`)?.getAttribute('value') ?? '';
    const pressed = { shown: value('shown'), confirmed: value('confirmed') };
    const applied = await second.post(`/en/manage/rounds/${one.roundId}/corrections/1/application`, pressed);
    expect(applied.status).toBe(303);
    expect((await desk.get(page())).text).toContain(translator('en')('owed-interview.status.counted'));
    const held = (await second.get(`${page()}/interview`)).text;
    expect(held).toContain(translator('en')('owed-interview.held.counted'));
    expect(formsIn(held)).toEqual([]);
  });
});

describe('somebody who was owed an interview', () => {
  it.for(locales)('is told to its applicant at each step, with a calendar file, in %s', async (locale) => {
    const { one, site } = await scene();
    const t = translator(locale);
    const own = await site.applicant(one.third.by);
    const application = `/${locale}/applications/${one.applicationId}`;
    const said = async () => (await own.get(`${application}/interview`)).text;
    expect(await said()).toContain(t('interview.notNow'));
    await grantedIn(one);
    expect(await said()).toContain(t('owed-interview.mine.granted'));
    expect((await own.get(application)).text).toContain(t('timeline.interview-owed'));
    const { applicationId } = one;

    const next = await scene(plannedIn);
    const mine = await next.site.applicant(next.one.third.by);
    const page = await mine.get(`${application.replace(applicationId, next.one.applicationId)}/interview`);
    expect(page.text).toContain(t('owed-interview.mine.planned'));
    expect(page.text).not.toContain(t('interview.cancel'));
    const file = await mine.get(`/${locale}/applications/${next.one.applicationId}/interview.ics`);
    expect(file.text).toContain('DTSTART:20221104T050000Z');
    expect(file.text).toContain('X-WR-TIMEZONE:Asia/Almaty');
    const counted = await scene(async (prepared) => {
      await plannedIn(prepared);
      await scoredIn(prepared);
      await countedIn(prepared);
    });
    const last = await (await counted.site.applicant(counted.one.third.by)).get(
      `/${locale}/applications/${counted.one.applicationId}/interview`,
    );
    expect(last.text).toContain(t('owed-interview.mine.counted'));
  });

  it('is granted, planned and scored by the API as well', async () => {
    const { one, site, desk } = await scene();
    const api = `/api/rounds/${one.roundId}/owed-interviews`;
    const own = `${api}/${one.applicationId}`;
    const asked = await desk.json('POST', api, { application: one.number, reason: 'Why' });
    expect([asked.status, asked.text]).toEqual([204, '']);
    const second = await site.staff(chair);
    const grant = await second.json('POST', `${own}/grant`, {});
    expect([grant.status, grant.text]).toEqual([204, '']);
    const time = { from: '2022-11-04T10:00:00+05:00', place: 'Room 12', stepFree: true };
    expect((await desk.json('PUT', `${own}/time`, time)).status).toBe(204);
    await scoredIn(one);
    const seat = await site.staff(member);
    const card = await seat.json('PUT', `${own}/interview/scorecard`, { points: allPoints(3) });
    expect([card.status, card.text]).toEqual([204, '']);
    expect(JSON.parse((await seat.get(api)).text)).toMatchObject({
      owed: [{ number: one.number, step: 'scored', total: await totalIn(one), slot: { where: 'Room 12' } }],
    });
  });
});
