import { describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { anInterviewRoundIn, applicants, chair, nth, secretary } from '#test/builders/interview-scenes.ts';
import { panelKept, panelSlots } from '#test/builders/panels.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { aSelectionSite } from './selection-site.ts';

/** A panel sits for two half hours on 24 October 2022; the first of them is booked. */
const aDay = async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { people: applicants(1) });
  const panel = await panelKept(world, roundId);
  const slots = await panelSlots(world, roundId, { panel, count: 2 });
  const aigul = nth(candidates, 0);
  granted(await bookInterview(world, { ...aigul, slotId: nth(slots, 0).id }));
  const site = aSelectionSite(world);
  const days = `committee/rounds/${roundId}/interviews/days`;
  const one = `${days}/2022-10-24/panel-${panel.id}`;
  const browser = await site.staff(secretary);
  return { roundId, panel, aigul, site, days, one, browser, number: aigul.application.number };
};

const digestIn = (text: string): string => /name="digest" value="(\w+)"/.exec(text)?.[1] ?? '';

describe('the page of a day that cannot be held', () => {
  it.for(locales)(
    'names whom it takes a time from, and takes the calling off back, in %s',
    async (locale) => {
      const t = translator(locale);
      const { browser, days, one, number } = await aDay();

      const list = await browser.get(`/${locale}/${days}`);
      const before = await browser.get(`/${locale}/${one}`);
      const digest = digestIn(before.text);
      const off = await browser.post(`/${locale}/${one}`, { digest, reason: 'Су басты' });
      const after = await browser.get(`/${locale}/${one}`);
      const back = await browser.post(`/${locale}/${one}/restoration`, {});

      expect(list.text).toContain(t('panel.number', { number: 1 }));
      expect(before.text).toContain(number);
      expect(before.text).toContain(t('day-off.warning', { count: 1 }));
      expect(off.location).toBe(`/${locale}/${days}?done=day-off.done.off`);
      expect((await browser.get(off.location ?? '')).text).toContain(t('day-off.done.off'));
      expect(after.text).toContain(t('day-off.restorable'));
      const facts = {
        holder: t('panel.number', { number: 1 }),
        day: t.day(at('2022-10-24T06:00'), 'Asia/Almaty'),
      };
      expect(before.text).toContain(t('day-off.one', facts));
      expect(after.text).toContain(t('day-off.gone', facts));
      expect(after.text).not.toContain(t('day-off.confirm'));
      expect(back.location).toBe(`/${locale}/${days}?done=day-off.done.restored`);
      expect((await browser.get(`/${locale}/${one}`)).text).toContain(t('day-off.confirm'));
    },
  );

  it('keeps what was typed where no reason was given, and where others are affected by now', async () => {
    const { browser, one } = await aDay();
    const digest = digestIn((await browser.get(`/en/${one}`)).text);

    const empty = await browser.post(`/en/${one}`, { digest, reason: '' });
    const changed = await browser.post(`/en/${one}`, { digest: '0'.repeat(64), reason: 'No heating.' });

    expect(empty.status).toBe(422);
    expect(empty.text).toContain(translator('en')('problems.reason-needed.help'));
    expect(changed.status).toBe(409);
    expect(changed.text).toContain(translator('en')('day-off.changed'));
    expect(changed.text).toContain('No heating.');
  });

  it('is the secretary’s, and of no day or holder that is none', async () => {
    const { browser, site, days, one } = await aDay();

    expect((await (await site.staff(chair)).get(`/en/${one}`)).status).toBe(403);
    for (const wrong of ['2022-10-24/nobody', '2022-13-24/committee', 'monday/committee']) {
      expect((await browser.get(`/en/${days}/${wrong}`)).status).toBe(404);
    }
  });

  it('stands in the API as well', async () => {
    const { browser, roundId, panel, number } = await aDay();
    const path = `/api/rounds/${roundId}/interview-days`;
    const one = `${path}/2022-10-24/panel-${panel.id}`;

    const list = JSON.parse((await browser.get(path)).text);
    const { digest, times } = JSON.parse((await browser.get(one)).text);
    const off = await browser.json('POST', `${one}/cancellation`, { digest, reason: 'No heating.' });
    const back = await browser.json('POST', `${one}/restoration`, {});

    expect(list.days).toEqual([
      { day: '2022-10-24', holder: `panel-${panel.id}`, times: 2, booked: 1, calledOff: 0 },
    ]);
    expect(times).toMatchObject([{ number }, {}]);
    expect(JSON.parse(off.text)).toEqual({ times: 2, told: 1 });
    expect(JSON.parse(back.text)).toEqual({ times: 2, booked: 1, left: 0 });
  });
});
