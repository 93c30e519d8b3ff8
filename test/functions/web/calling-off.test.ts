import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import {
  anInterviewRoundIn,
  applicants,
  nth,
  secretary,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aSelectionSite } from './selection-site.ts';

/** Aigul has booked the first of two times. */
const aSite = async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { people: applicants(2) });
  const planned = await slotsPlanned(world, roundId, 2);
  const aigul = nth(candidates, 0);
  granted(await bookInterview(world, { ...aigul, slotId: nth(planned, 0).id }));
  return { roundId, site: aSelectionSite(world), aigul, planned };
};

describe('the secretary’s page of a booked time', () => {
  it('asks for a reason, gives what was typed back, and tells the applicant', async () => {
    const { site, aigul, planned, roundId } = await aSite();
    const browser = await site.staff(secretary);
    const plan = `/en/committee/rounds/${roundId}/interviews`;
    const page = `${plan}/slots/${nth(planned, 0).id}`;

    expect((await browser.get(plan)).text).toContain(`href="${page}"`);
    expect((await browser.get(page)).text).toContain(aigul.application.number);
    const empty = await browser.post(page, { reason: '' });
    const long = await browser.post(page, { reason: 'b'.repeat(2001) });
    expect([empty.status, long.status]).toEqual([422, 422]);
    expect(long.text).toContain('b'.repeat(2001));
    const off = await browser.post(page, { reason: 'The school is flooded' });
    expect(off.location).toBe(`${plan}?done=interview.done.calledOff`);

    const own = await (await site.applicant(aigul.by)).get(
      `/ru/applications/${aigul.applicationId}/interview`,
    );
    expect(own.text).toContain('Причина: The school is flooded');
    const time = translator('ru').moment(nth(planned, 0).startsAt, 'Asia/Almaty');
    expect(parse(own.text).text).toContain(`в выбранное вами время: ${time}.`);
    expect(own.text).toContain(nth(planned, 1).id);
    // The way to another time stands where it is said that one is needed.
    const path = parse(
      (await (await site.applicant(aigul.by)).get(`/ru/applications/${aigul.applicationId}`)).text,
    );
    const next = path
      .querySelectorAll('main li')
      .find(({ text }) => text.includes(translator('ru')('timeline.interview-open')));
    expect(next?.querySelector('a')?.getAttribute('href')).toBe(
      `/ru/applications/${aigul.applicationId}/interview`,
    );
  });

  it('says to the committee which time was called off, and that nothing else is planned', async () => {
    const { site, aigul, planned, roundId } = await aSite();
    const browser = await site.staff(secretary);
    const plan = (locale: string) => `/${locale}/committee/rounds/${roundId}/interviews`;
    await browser.post(`${plan('en')}/slots/${nth(planned, 0).id}`, { reason: 'The school is flooded' });
    for (const { id } of planned.slice(1)) await browser.post(`${plan('en')}/removal`, { slot: id });

    for (const locale of locales) {
      const t = translator(locale);
      const time = t.moment(nth(planned, 0).startsAt, 'Asia/Almaty');
      const list = parse((await browser.get(plan(locale))).text);
      const off = list
        .querySelectorAll('table')
        .find((one) => one.text.includes(t('interview.calledOff.times')));
      expect(off?.querySelector('tbody')?.text).toContain(time);
      expect(off?.querySelector('tbody')?.text).toContain(aigul.application.number);
      expect(list.text).toContain(t('interview.none.calledOff'));
      expect(list.text).not.toContain(t('interview.none'));
      const one = parse((await browser.get(`${plan(locale)}/${aigul.applicationId}`)).text);
      expect(one.text).toContain(t('interview.notBooked.calledOff', { at: time }));
      expect(list.text).not.toMatch(/\d{4}-\d{2}-\d{2}T/);
    }
  });

  it('does the same in the API', async () => {
    const { site, aigul, planned, roundId } = await aSite();
    const path = `/api/rounds/${roundId}/slots/${nth(planned, 0).id}/cancellation`;
    const [own, staff] = [await site.applicant(aigul.by), await site.staff(secretary)];

    expect((await own.json('POST', path, { reason: 'Mine' })).status).toBe(403);
    expect((await staff.json('POST', path, { reason: '' })).status).toBe(422);
    expect((await staff.json('POST', path, { reason: 'Flooded' })).status).toBe(204);
    const { text } = await own.get(`/api/applications/${aigul.applicationId}/interview`);
    expect(JSON.parse(text)).toMatchObject({
      invited: true,
      calledOff: { reason: 'Flooded', startsAt: nth(planned, 0).startsAt },
    });
  });
});
