import { describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { anInterviewRoundIn, chair, nth, secretary } from '#test/builders/interview-scenes.ts';
import { stationsPlanned } from '#test/builders/panels.ts';
import { withStations } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aSelectionSite } from './selection-site.ts';

/** Aigul has booked a time of two stations, at ten and at twenty past. */
const booked = async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { file: withStations() });
  const aigul = nth(candidates, 0);
  granted(
    await bookInterview(world, { ...aigul, slotId: nth(await stationsPlanned(world, roundId, 1), 0).id }),
  );
  const site = aSelectionSite(world);
  const plan = `committee/rounds/${roundId}/interviews`;
  const one = `${plan}/${aigul.applicationId}/stations/conversation`;
  return { roundId, aigul, site, plan, one, browser: await site.staff(secretary) };
};

/** What the form carries of the station as it was. */
const hiddenIn = (text: string) => {
  const value = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';
  return { wasAt: value('wasAt'), wasWith: value('wasWith') };
};

/** What a calendar file says under a name. */
const line = (text: string, name: string): string => new RegExp(`${name}:(.*)`).exec(text)?.[1]?.trim() ?? '';

describe('the page that moves one station', () => {
  it.for(locales)('shows where it is, moves it, and every page has the new time, in %s', async (locale) => {
    const t = translator(locale);
    const { aigul, site, plan, one, browser } = await booked();

    expect((await browser.get(`/${locale}/${plan}`)).text).toContain(`/${locale}/${one}`);
    const form = await browser.get(`/${locale}/${one}`);
    const seen = hiddenIn(form.text);
    const sent = { ...seen, panel: seen.wasWith, from: '2022-10-24T12:00' };
    const moved = await browser.post(`/${locale}/${one}`, sent);
    const again = await browser.post(`/${locale}/${one}`, { ...sent, from: '2022-10-24T13:00' });

    expect(form.text).toContain(t('station.move.title'));
    expect(form.text).toContain('value="2022-10-24T10:20"');
    expect(moved.location).toBe(`/${locale}/${plan}?done=station.done.moved`);
    expect((await browser.get(moved.location ?? '')).text).toContain(t('station.done.moved'));
    expect((await browser.get(`/${locale}/${plan}`)).text).toContain('12:00–12:25');
    expect((await browser.get(`/${locale}/${plan}/timetable`)).text).toContain('12:00–12:25');
    expect(again.status).toBe(409);
    const applicant = await site.applicant(aigul.by);
    const page = `/${locale}/applications/${aigul.applicationId}/interview`;
    expect((await applicant.get(page)).text).toContain('12:00–12:25');
  });

  it('says the day of a station that is on another one than the interview begins on', async () => {
    const { aigul, site, one, browser } = await booked();
    const seen = hiddenIn((await browser.get(`/en/${one}`)).text);
    await browser.post(`/en/${one}`, { ...seen, panel: seen.wasWith, from: '2022-10-25T12:00' });
    const applicant = await site.applicant(aigul.by);

    const { text } = await applicant.get(`/en/applications/${aigul.applicationId}/interview`);

    expect(text).toContain('<li>10:00–10:20 Demo lesson');
    expect(text).toContain('<li>25 October 2022, 12:00–12:25 Conversation');
  });

  it('moves in the calendar under the same name, as a newer one', async () => {
    const { aigul, site, one, browser } = await booked();
    const applicant = await site.applicant(aigul.by);
    const file = async () =>
      (await applicant.get(`/en/applications/${aigul.applicationId}/interview.ics`)).text;
    const before = await file();
    const seen = hiddenIn((await browser.get(`/en/${one}`)).text);
    await browser.post(`/en/${one}`, { ...seen, panel: seen.wasWith, from: '2022-10-24T12:00' });
    const after = await file();

    expect(line(after, 'UID')).toBe(line(before, 'UID'));
    expect(Number(line(after, 'SEQUENCE'))).toBeGreaterThan(Number(line(before, 'SEQUENCE')));
    expect(line(after, 'DTEND')).toBe('20221024T062500Z');
  });

  it('gives back what was typed beside what is wrong', async () => {
    const { one, browser } = await booked();
    const seen = hiddenIn((await browser.get(`/en/${one}`)).text);
    const sent = { ...seen, panel: seen.wasWith };

    const nothing = await browser.post(`/en/${one}`, { ...seen, from: 'noon', panel: 'x' });
    const meets = await browser.post(`/en/${one}`, { ...sent, from: '2022-10-24T10:10' });
    const unseen = await browser.post(`/en/${one}`, { from: '2022-10-24T12:00', panel: seen.wasWith });

    expect(nothing.status).toBe(422);
    expect(nothing.text).toContain('Enter a day and a time.');
    expect(nothing.text).toContain('Choose the panel that holds this station.');
    expect(meets.status).toBe(422);
    expect(meets.text).toContain('The applicant is at another station then.');
    expect(meets.text).toContain('value="2022-10-24T10:10"');
    expect(unseen.status).toBe(409);
    expect((await browser.get(`/en/${one.replace('conversation', 'essay')}`)).status).toBe(404);
  });

  it('is the secretary’s; the API moves it as well, and only from where it was', async () => {
    const { roundId, aigul, site, one, browser } = await booked();
    const seen = hiddenIn((await browser.get(`/en/${one}`)).text);
    const path = `/api/rounds/${roundId}/interviews/${aigul.applicationId}/stations/conversation/time`;
    const panel = seen.wasWith;
    const body = { startsAt: '2022-10-24T12:00:00+06:00', panel, was: { startsAt: seen.wasAt, panel } };

    expect((await (await site.staff(chair)).get(`/en/${one}`)).status).toBe(403);
    const moved = await browser.json('PUT', path, body);
    const later = await browser.json('PUT', path, { ...body, startsAt: '2022-10-24T13:00:00+06:00' });

    expect(moved.status).toBe(204);
    expect(later.status).toBe(409);
    const { slots } = JSON.parse((await browser.get(`/api/rounds/${roundId}/interviews`)).text);
    expect(slots[0].stations).toMatchObject([
      { station: 'lesson' },
      { station: 'conversation', startsAt: '2022-10-24T06:00:00.000Z' },
    ]);
  });
});
