import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { anInterviewRoundIn, nth, secretary, slotsPlanned } from '#test/builders/interview-scenes.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

/** A minute before an interview begins. */
const aboutToBegin = async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world);
  const { applicationId } = nth(candidates, 0);
  const slotId = nth(await slotsPlanned(world, roundId), 0).id;
  granted(await bookInterview(world, { ...nth(candidates, 0), slotId }));
  world.clock.to(at('2022-10-24T03:59'));
  const seat = await aCommitteeSite(world).signIn(secretary);
  const page = (locale: string) => `/${locale}/committee/rounds/${roundId}/interviews/${applicationId}`;
  const api = `/api/rounds/${roundId}/interviews/${applicationId}/attendance`;
  return { world, seat, page, api };
};

const begins = { kk: '2022 ж. 24 қазан', ru: '24 октября 2022', en: '24 October 2022 at 10:00 (UTC+06:00)' };

describe('that somebody did not come', () => {
  it.for(['kk', 'ru', 'en'] as const)('is offered and taken from the beginning on, in %s', async (locale) => {
    const { world, seat, page } = await aboutToBegin();
    const offered = async () => {
      const { text } = await seat.get(page(locale));
      return { form: parse(text).querySelector('form[action$="/attendance"]'), text };
    };
    const before = await offered();
    expect(before.form).toBeNull();
    expect(before.text).toContain(begins[locale]);
    const early = await seat.post(`${page(locale)}/attendance`, { came: 'no' });
    expect(early.status).toBe(409);
    expect(early.text).toContain(begins[locale]);

    world.clock.to(at('2022-10-24T04:00'));
    expect((await offered()).form).not.toBeNull();
    expect((await seat.post(`${page(locale)}/attendance`, { came: 'no' })).status).toBe(303);
  });

  it('is taken from programs from the same moment on', async () => {
    const { world, seat, api } = await aboutToBegin();
    const early = await seat.send('PUT', api, { came: false });
    expect(early.status).toBe(409);
    expect(JSON.parse(early.text)).toMatchObject({ until: '2022-10-24T04:00:00.000Z' });

    world.clock.to(at('2022-10-24T04:00'));
    expect((await seat.send('PUT', api, { came: false })).status).toBe(204);
  });
});
