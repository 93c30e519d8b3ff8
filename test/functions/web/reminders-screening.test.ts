import { describe, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { anInterviewRoundIn } from '#test/builders/interview-scenes.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScreeningIn, chair, dana, secretary } from '#test/builders/selection.ts';
import { countsOf, tellDue } from '#test/builders/told-members.ts';
import { press } from './reminder-page.ts';

describe('reminding whoever screens', () => {
  it('tells how many applications wait that are open to each, until they are judged', async () => {
    const world = aWorld();
    const historian = { subjects: ['history'] };
    const { roundId, applications } = await aScreeningIn(world, [{}, historian, historian]);
    const [, second, third] = applications.map(({ id }) => id);
    if (!second || !third) throw new Error('Three applied.');
    granted(await declareOwnConflict(world, { by: dana, roundId, applicationId: third }));
    const desk = await aCommitteeSite(world).signIn(secretary);
    const page = `/en/committee/rounds/${roundId}/reminders`;
    const linked = await desk.get(`/en/committee/rounds/${roundId}/screening`);
    const { typed, answer } = await press(desk, page);

    expect(linked.text).toContain(page);
    expect([typed, answer.status]).toMatchObject([{ about: 'screening', confirmed: '5' }, 303]);
    await tellDue(world);
    const told = new Map(countsOf(world, 'committee-screening-reminder'));
    expect([told.get(chair.id), told.get(dana.id), told.has(secretary.id)]).toEqual([2, 1, false]);
    for (const applicationId of [second, third]) {
      const judged = {
        by: chair,
        roundId,
        applicationId,
        verdict: 'refused',
        reason: 'Of no use here.',
      } as const;
      granted(await judgeApplication(world, judged));
    }
    expect((await desk.get(page)).text).toContain('Nobody owes anything here.');
  });

  it('is over with the stage', async () => {
    const world = aWorld();
    const { roundId } = await anInterviewRoundIn(world);
    const desk = await aCommitteeSite(world).signIn(secretary);
    const { text } = await desk.get(`/en/committee/rounds/${roundId}/reminders`);

    expect(text).not.toContain('Judgements of screening');
  });
});
