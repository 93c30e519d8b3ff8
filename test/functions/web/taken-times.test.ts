import { describe, expect, it } from 'vitest';
import {
  anInterviewRoundIn,
  applicants,
  members,
  secretary,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { panelKept, panelSlots } from '#test/builders/panels.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { aSelectionSite } from '#test/functions/web/selection-site.ts';

/** The whole committee sits from ten to eleven, and the first of two panels, which share a member, from noon to half past. */
const aPlan = async () => {
  const world = aWorld();
  const { roundId } = await anInterviewRoundIn(world, { people: applicants(1) });
  await slotsPlanned(world, roundId, 2);
  const panel = await panelKept(world, roundId);
  const [, ...others] = members.map(({ id }) => id);
  const other = await panelKept(world, roundId, { members: others, place: 'Кабинет 13' });
  await panelSlots(world, roundId, { panel, count: 1, from: at('2022-10-24T06:00') });
  const browser = await aSelectionSite(world).staff(secretary);
  return { roundId, browser, other };
};

const half = { count: '1', place: 'Кабинет 14' };

describe('a time that is taken', () => {
  it.for([
    [
      'kk',
      'Бүкіл комиссия бұл уақытта әңгімелесу өткізеді: ',
      'Топтың бір мүшесі бұл уақытта 1-топта отырады: ',
    ],
    [
      'ru',
      'Вся комиссия в это время уже проводит собеседования: ',
      'Один из членов в это время заседает в группе 1: ',
    ],
    [
      'en',
      'The whole committee already holds interviews at this time: ',
      'A member sits on panel 1 at this time: ',
    ],
  ] as const)(
    'says who has it and when, in %s, and keeps what was typed',
    async ([locale, committee, member]) => {
      const { roundId, browser, other } = await aPlan();
      const page = `/${locale}/committee/rounds/${roundId}/interviews`;

      const refused = await browser.post(page, { ...half, from: '2022-10-24T10:45' });
      expect(refused.status).toBe(422);
      expect(refused.text).toContain(committee);
      expect(refused.text).toMatch(/10:00 \(UTC\+0?6(:00)?\) (–|to) 11:00/);
      expect(refused.text).toContain('value="2022-10-24T10:45"');
      const panel = await browser.post(page, { ...half, from: '2022-10-24T12:15', panel: other.id });
      expect(panel.text).toContain(member);
      expect(panel.text).toMatch(/12:00 \(UTC\+0?6(:00)?\) (–|to) 12:30/);
    },
  );

  it('is the same in the API, in the language of the client', async () => {
    const { roundId, browser, other } = await aPlan();
    const slots = `/api/rounds/${roundId}/slots`;
    const body = { from: '2022-10-24T06:15:00Z', count: 1 };

    const whole = await browser.json('POST', slots, { ...body, place: 'Кабинет 14' });
    expect(JSON.parse(whole.text)).toMatchObject({
      status: 422,
      faults: [
        {
          place: 'from',
          message: 'interview.fault.panel',
          facts: { number: 1, from: '2022-10-24T06:00:00.000Z', until: '2022-10-24T06:30:00.000Z' },
          text: expect.stringContaining('1'),
        },
      ],
    });
    const panel = await browser.json('POST', slots, { ...body, panel: other.id });
    expect(JSON.parse(panel.text)).toMatchObject({ faults: [{ message: 'panel.fault.elsewhere' }] });
  });
});
