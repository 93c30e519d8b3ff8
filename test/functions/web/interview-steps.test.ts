import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { anInterviewRoundIn, chair, secretary, slotsPlanned } from '#test/builders/interview-scenes.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { aSelectionSite } from './selection-site.ts';

const Listed = z.object({ slots: z.array(z.object({ provided: z.unknown().optional() })) });

/** What the API says of what is there at each time. */
const provided = async (browser: { get: (path: string) => Promise<{ text: string }> }, roundId: string) =>
  Listed.parse(JSON.parse((await browser.get(`/api/rounds/${roundId}/interviews`)).text)).slots.map(
    (slot) => slot.provided,
  );

describe('a place of which nobody said whether steps are in the way', () => {
  it('is asked about in one line for all its times, until it is said', async () => {
    const world = aWorld();
    const { roundId } = await anInterviewRoundIn(world);
    await slotsPlanned(world, roundId, 2);
    const site = aSelectionSite(world);
    const browser = await site.staff(secretary);
    const page = `/en/committee/rounds/${roundId}/interviews`;
    const typed = { from: '2022-10-24T15:00', count: '2', place: 'Room 12', stepFree: 'no', longer: '50' };
    expect((await browser.post(page, typed)).status).toBe(303);

    const asked = parse((await browser.get(page)).text).querySelector('#steps');
    const slots = (asked?.querySelectorAll('input[name=slot]') ?? []).map((one): [string, string] => [
      'slot',
      one.getAttribute('value') ?? '',
    ]);
    expect(asked?.text).toContain('Талдықорған, кабинет 12 · 2 times');
    expect(asked?.text).not.toContain('Room 12');
    const untold = { provides: [], longer: 0 };
    const steps = { provides: [], stepFree: false, longer: 50 };
    expect(await provided(browser, roundId)).toEqual([untold, untold, steps, steps]);
    expect(await provided(await site.staff(chair), roundId)).toEqual(Array(4).fill(undefined));
    const said = await browser.post(`${page}/steps`, [...slots, ['stepFree', 'yes']]);

    expect(said.location).toBe(`${page}?done=interview.done.steps`);
    const { text } = await browser.get(page);
    expect(parse(text).querySelector('#steps')).toBe(null);
    expect(text.match(/no steps in the way/g)).toHaveLength(2);
    expect(text.match(/steps are in the way/g)).toHaveLength(2);
    const wrong: [string, string][][] = [
      slots,
      [
        ['slot', 'none'],
        ['stepFree', 'yes'],
      ],
      [...slots, ['stepFree', 'perhaps']],
    ];
    for (const sent of wrong) expect((await browser.post(`${page}/steps`, sent)).status).toBe(409);
  });
});
