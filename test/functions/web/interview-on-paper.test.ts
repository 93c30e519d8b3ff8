import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { anInterviewRoundIn, nth, slotsPlanned } from '#test/builders/interview-scenes.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aSelectionSite } from './selection-site.ts';

describe('an interview on paper', () => {
  it('says whose it is, when and where, without what is chosen on the screen', async () => {
    const world = aWorld();
    const { roundId, candidates } = await anInterviewRoundIn(world);
    const aigul = nth(candidates, 0);
    const slot = nth(await slotsPlanned(world, roundId), 0);
    granted(await bookInterview(world, { ...aigul, slotId: slot.id }));
    const site = aSelectionSite(world);
    const { text } = await (await site.applicant(aigul.by)).get(
      `/en/applications/${aigul.applicationId}/interview`,
    );
    const page = parse(text);
    expect(page.querySelectorAll('main select, main [name=slot]').length).toBeGreaterThan(1);
    for (const part of page.querySelectorAll('.screen-only')) part.remove();

    const main = page.querySelector('main');
    expect(main?.querySelectorAll('select, [name=slot]')).toEqual([]);
    expect(main?.text).toContain(aigul.application.number);
    expect(main?.text).toContain('24 October 2022 at 10:00');
  });
});
