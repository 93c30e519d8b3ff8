import { parse } from 'node-html-parser';
import { expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { recordAttendance } from '#functions/commands/interview-scorecards.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { translator } from '#shared/i18n/index.ts';
import { anInterviewRoundIn, chair, nth, secretary, slotsPlanned } from '#test/builders/interview-scenes.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aSelectionSite } from './selection-site.ts';

const t = translator('en');

it('offers to change or cancel a booking until the interview begins, and another time to who missed it', async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world);
  const slots = await slotsPlanned(world, roundId, 3);
  const [aigul, first] = [nth(candidates, 0), nth(slots, 0)];
  granted(await bookInterview(world, { ...aigul, slotId: first.id }));
  const site = aSelectionSite(world);
  // A session is over sooner than the interview begins.
  const browser = () => site.applicant(aigul.by);
  const page = `/en/applications/${aigul.applicationId}/interview`;
  const ways = async () => {
    const main = parse((await (await browser()).get(page)).text).querySelector('main');
    const pressed = main?.querySelectorAll('form').map((one) => one.getAttribute('action')) ?? [];
    const calendar = main?.querySelector('a[href$=".ics"]') !== null;
    const begun = main?.text.includes(t('interview.begun'));
    return {
      book: pressed.includes(page),
      cancel: pressed.includes(`${page}/cancellation`),
      calendar,
      begun,
    };
  };

  expect(await ways()).toEqual({ book: true, cancel: true, calendar: true, begun: false });
  world.clock.to(addSeconds(first.startsAt, 60));
  expect(await ways()).toEqual({ book: false, cancel: false, calendar: false, begun: true });
  expect((await (await browser()).post(`${page}/cancellation`, {})).status).toBe(409);
  const { applicationId } = aigul;
  granted(await recordAttendance(world, { by: secretary, roundId, applicationId, came: false }));
  expect(await ways()).toEqual({ book: true, cancel: false, calendar: false, begun: false });
});

it('shows whoever holds an interview its forms from the beginning on, and before it when that is', async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world);
  const [slot] = await slotsPlanned(world, roundId, 1);
  const aigul = nth(candidates, 0);
  if (!slot) throw new Error('No time.');
  granted(await bookInterview(world, { ...aigul, slotId: slot.id }));
  world.clock.to(addSeconds(slot.startsAt, -1));
  const browser = await aSelectionSite(world).staff(chair);
  const forms = async () => {
    const { text } = await browser.get(`/en/committee/rounds/${roundId}/interviews/${aigul.applicationId}`);
    const main = parse(text).querySelector('main');
    const fields = main?.querySelectorAll('[name="note"], [name="points.pupils"]').length;
    return {
      isWritten: (fields ?? 0) > 0,
      said: main?.text.includes(said),
      kit: main?.text.includes(t('kit.title')),
    };
  };
  const said = t('interview.writing.from', { at: t.moment(slot.startsAt, 'Asia/Almaty') });

  expect(await forms()).toEqual({ isWritten: false, said: true, kit: true });
  world.clock.to(slot.startsAt);
  expect(await forms()).toEqual({ isWritten: true, said: false, kit: true });
});
