import { describe, expect, it } from 'vitest';
import { recordAttendance, scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { ownCommittees } from '#functions/commands/my-committees.ts';
import { remindersView } from '#functions/commands/reminders.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { allPoints, chair, members, nth, secretary } from '#test/builders/interview-scenes.ts';
import { anOwedScene, owedAt, plannedIn } from '#test/builders/owed-interviews.ts';
import { committeeHas, inConflictWith, threeOf } from '#test/builders/panels.ts';
import { granted } from '#test/builders/scenes.ts';
import { threeInterviewed } from '#test/builders/three-interviewed.ts';
import { countsOf, lettersOf, tellDue } from '#test/builders/told-members.ts';
import { at } from '#test/builders/worlds.ts';
import { press } from './reminder-page.ts';

const [first, second, third] = [chair, nth(members, 0), nth(members, 1)];

type Scene = Awaited<ReturnType<typeof threeInterviewed>>;

const owedIn = async ({ world, roundId }: Pick<Scene, 'world' | 'roundId'>) => {
  const { outstanding } = granted(await remindersView(world, { by: secretary, roundId }));
  const owing = outstanding.find(({ about }) => about === 'scorecards')?.owing;
  return owing && new Map<PersonId, number>(owing.map(({ personId, count }) => [personId, count]));
};

const overIn = ({ world }: Pick<Scene, 'world'>) => world.clock.to(at('2022-10-24T05:00'));

describe('a scorecard that is owed', () => {
  it('is one of an interview that is over, of whoever sits on its panel', async () => {
    const scene = await threeInterviewed();
    scene.world.clock.to(at('2022-10-24T04:29'));
    expect([...((await owedIn(scene)) ?? [['none']])]).toEqual([]);
    scene.world.clock.to(nth(scene.slots, 0).endsAt);

    expect(await owedIn(scene)).toEqual(new Map(threeOf.map((id) => [id, 1])));
  });

  it('is nobody’s who gave it, is kept away, left or is not asked, nor of who did not come', async () => {
    const scene = await threeInterviewed();
    const { world, roundId, aigul, bolat } = scene;
    overIn(scene);
    granted(await scoreInterview(world, { by: first, roundId, applicationId: aigul, points: allPoints(3) }));
    expect(await owedIn(scene)).toEqual(new Map(threeOf.map((id) => [id, id === first.id ? 1 : 2])));
    await inConflictWith(world, roundId, aigul, [second.id]);
    expect((await owedIn(scene))?.get(second.id)).toBe(1);
    granted(await recordAttendance(world, { by: secretary, roundId, applicationId: bolat, came: false }));
    expect(await owedIn(scene)).toEqual(new Map([[third.id, 1]]));
    await committeeHas(world, roundId, [{ type: 'seat-left', at: world.clock.now(), personId: third.id }]);
    expect(await owedIn(scene)).toEqual(new Map());
  });

  it('waits for its member among their rounds', async () => {
    const scene = await threeInterviewed();
    overIn(scene);
    const work = async (id: PersonId) => (await ownCommittees(scene.world, id))[0]?.work?.owed;

    expect([await work(second.id), await work(nth(members, 3).id)]).toEqual([2, 0]);
    const seat = await aCommitteeSite(scene.world).signIn(second);
    const { text } = await seat.get('/en/committee');
    expect(text).toContain(
      `<a href="/en/committee/rounds/${scene.roundId}/interviews">2 scorecards of interviews</a>`,
    );
  });
});

describe('reminding who owes a scorecard', () => {
  it('reaches each once, and tells the secretary who was reminded and of how many', async () => {
    const scene = await threeInterviewed();
    const { world, roundId, aigul } = scene;
    overIn(scene);
    granted(await scoreInterview(world, { by: first, roundId, applicationId: aigul, points: allPoints(3) }));
    const desk = await aCommitteeSite(world).signIn(secretary);
    const page = `/en/committee/rounds/${roundId}/reminders`;
    expect((await desk.get(`/en/committee/rounds/${roundId}/interviews`)).text).toContain(page);
    const { typed, answer, again } = await press(desk, page);
    await again();
    await tellDue(world);

    expect([typed, answer.status]).toMatchObject([{ about: 'scorecards', confirmed: '3' }, 303]);
    const told = countsOf(world, 'committee-scorecards-reminder');
    expect(new Map(told)).toEqual(new Map(threeOf.map((id) => [id, id === first.id ? 1 : 2])));
    expect(told).toHaveLength(3);
    const { sent } = JSON.parse((await desk.get(`/api/rounds/${roundId}/reminders`)).text);
    expect(sent).toMatchObject([{ about: 'scorecards', by: secretary.id, at: world.clock.now() }]);
    expect(
      new Map(sent[0].to.map((one: { personId: string; count: number }) => [one.personId, one.count])),
    ).toEqual(new Map(told));
    granted(await scoreInterview(world, { by: second, roundId, applicationId: aigul, points: allPoints(3) }));
    const { text } = await desk.get(page);
    expect(text).toContain('Reminders that went out');
    expect(text).toContain(`${second.id} (2)`);
  });

  it('is offered where the plan of interviews leaves something to remind of, and nowhere else', async () => {
    const scene = await threeInterviewed();
    const { world, roundId, aigul, bolat } = scene;
    const isOffered = async () => {
      const desk = await aCommitteeSite(world).signIn(secretary);
      return (await desk.get(`/en/committee/rounds/${roundId}/interviews`)).text.includes('/reminders"');
    };
    expect(await isOffered(), 'before any is over').toBe(false);
    overIn(scene);
    expect(await isOffered()).toBe(true);
    granted(await recordAttendance(world, { by: secretary, roundId, applicationId: bolat, came: false }));
    for (const by of [first, second, third])
      granted(await scoreInterview(world, { by, roundId, applicationId: aigul, points: allPoints(3) }));

    expect(await isOffered(), 'once all are in').toBe(false);
  });

  it('reaches whoever held an interview that was owed, until it is counted', async () => {
    const scene = await anOwedScene();
    const { world, roundId, applicationId } = scene;
    await plannedIn(scene);
    world.clock.to(owedAt);
    expect(await owedIn(scene)).toBeUndefined();
    world.clock.to(at('2022-11-04T06:00'));
    const on = { roundId, applicationId, owed: true, points: allPoints(4) } as const;
    granted(await scoreInterview(world, { by: first, ...on }));
    const owing = await owedIn(scene);
    expect(owing).toEqual(new Map(members.map(({ id }) => [id, 1])));
    const desk = await aCommitteeSite(world).signIn(secretary);
    const isOffered = async () =>
      (await desk.get(`/en/committee/rounds/${roundId}/owed-interviews`)).text.includes('/reminders"');
    expect(await isOffered()).toBe(true);
    await press(desk, `/ru/committee/rounds/${roundId}/reminders`);
    await tellDue(world);
    expect(lettersOf(world, 'committee-scorecards-reminder')).toHaveLength(members.length);
    for (const by of members.slice(0, 2)) granted(await scoreInterview(world, { by, ...on }));
    expect([await owedIn(scene), await isOffered()]).toEqual([undefined, false]);
  });
});
