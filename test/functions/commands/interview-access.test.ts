import { describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { openNeeds } from '#functions/commands/interview-needs.ts';
import { viewInterview } from '#functions/commands/interview-own.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { wishForInterview } from '#functions/commands/interview-wishes.ts';
import { keepPanel } from '#functions/commands/panels.ts';
import { tellSteps } from '#functions/commands/slot-steps.ts';
import { draftTimetable } from '#functions/commands/timetable.ts';
import { setTimetable } from '#functions/commands/timetable-setting.ts';
import type { Longer, Provision } from '#shared/domain/access-need.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { InterviewWishes } from '#shared/domain/interview-wishes.ts';
import type { Slot } from '#shared/domain/slot.ts';
import { anInterviewRoundIn, applicants, chair, nth, secretary } from '#test/builders/interview-scenes.ts';
import { panelKept, stationsOf, threeOf, twoAndThreeKept } from '#test/builders/panels.ts';
import { twoAndThree } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const aRound = async (people = 1, file?: ReturnType<typeof twoAndThree>) => {
  const world = aWorld();
  const scene = await anInterviewRoundIn(world, { people: applicants(people), ...(file && { file }) });
  const { roundId } = scene;
  const plan = async (
    from: string,
    of: { panel?: Slot['panel']; provides?: Provision[]; stepFree?: boolean; longer?: Longer },
  ) => {
    const held = of.panel ? of : { ...of, place: 'Кабинет 1' };
    return granted(await planSlots(world, { by: secretary, roundId, from: at(from), count: 1, ...held }))[0];
  };
  const needs = async (index: number, wishes: Partial<InterviewWishes>) =>
    granted(
      await wishForInterview(world, {
        ...nth(scene.candidates, index),
        wishes: { stepFree: false, days: [], ...wishes },
      }),
    );
  const draft = async () => granted(await draftTimetable(world, { by: secretary, roundId }));
  return { world, ...scene, aigul: nth(scene.candidates, 0), plan, needs, draft };
};

describe('a time that provides what somebody needs', () => {
  it('is the only one that they see and can book; of the others they learn what is not there', async () => {
    const { world, roundId, aigul, plan, needs } = await aRound();
    const panel = await panelKept(world, roundId, { provides: ['hearing-loop'] });
    const plain = await plan('2022-10-24T04:00', { panel: panel.id });
    const signed = await plan('2022-10-24T06:00', { panel: panel.id, provides: ['sign-kk'] });
    if (!plain || !signed) throw new Error('No times.');

    await needs(0, { needs: ['sign-kk', 'hearing-loop'] });

    const view = granted(await viewInterview(world, aigul));
    expect(view.free.map(({ slot, provides }) => [slot.id, provides])).toEqual([
      [signed.id, ['step-free', 'hearing-loop', 'sign-kk']],
    ]);
    expect(view.left).toEqual({ times: 1, lacks: new Map([['sign-kk', 1]]) });
    expect(await bookInterview(world, { ...aigul, slotId: plain.id })).toMatchObject({
      error: { kind: 'slot-unfit' },
    });
    granted(await bookInterview(world, { ...aigul, slotId: signed.id }));

    await needs(0, { needs: ['sign-ru'] });
    expect(granted(await viewInterview(world, aigul)).lacking).toEqual(['sign-ru']);
  });

  it('that is asked for while it is booked is not booked without it', async () => {
    const { world, roundId, aigul, plan, needs } = await aRound();
    await needs(0, {});
    const panel = await panelKept(world, roundId);
    const slot = await plan('2022-10-24T04:00', { panel: panel.id });
    if (!slot) throw new Error('No time.');
    world.records.interfere(() => needs(0, { needs: ['quiet-room'] }));

    expect(await bookInterview(world, { ...aigul, slotId: slot.id })).toMatchObject({
      error: { kind: 'slot-unfit' },
    });
  });

  it('before the whole committee says what is there for itself', async () => {
    const { world, aigul, plan, needs } = await aRound();
    const [plain, remote] = [
      await plan('2022-10-24T04:00', {}),
      await plan('2022-10-24T06:00', { provides: ['remote', 'step-free'] }),
    ];
    if (!plain || !remote) throw new Error('No times.');

    await needs(0, { stepFree: true });
    expect(granted(await viewInterview(world, aigul)).free).toHaveLength(2);
    await needs(0, { stepFree: true, needs: ['remote'] });
    expect(granted(await viewInterview(world, aigul)).free.map(({ slot }) => slot.id)).toEqual([remote.id]);
    expect(await bookInterview(world, { ...aigul, slotId: plain.id })).toMatchObject({
      error: { kind: 'slot-unfit' },
    });
  });

  it('is as far as anybody said reached without steps, and who needs that is named until somebody says it', async () => {
    const { world, roundId, aigul, plan, needs, draft } = await aRound();
    const [signed, steps, flat] = [
      await plan('2022-10-24T04:00', { provides: ['sign-kk'] }),
      await plan('2022-10-24T06:00', { provides: ['sign-kk'], stepFree: false }),
      await plan('2022-10-24T08:00', { stepFree: true }),
    ];
    if (!signed || !steps || !flat) throw new Error('No times.');
    await needs(0, { stepFree: true, needs: ['sign-kk'] });
    const view = async () => granted(await viewInterview(world, aigul));
    const open = async () => await openNeeds(world, await draft());
    const say = (slots: Slot['id'][], stepFree: boolean) =>
      tellSteps(world, { by: secretary, roundId, slots, stepFree });

    expect((await view()).free.map(({ slot, stepFree }) => [slot.id, stepFree])).toEqual([
      [signed.id, undefined],
    ]);
    expect((await view()).left.lacks).toEqual(
      new Map([
        ['step-free', 1],
        ['sign-kk', 1],
      ]),
    );
    expect((await draft()).untold).toBe(1);
    granted(await bookInterview(world, { ...aigul, slotId: signed.id }));
    expect((await open()).stepsUntold).toEqual([aigul.applicationId]);

    granted(await say([signed.id], true));
    granted(await say([signed.id, flat.id], true));
    expect([(await draft()).untold, (await open()).stepsUntold]).toEqual([0, []]);
    expect((await view()).booked?.stepFree).toBe(true);

    granted(await say([signed.id], false));
    expect([(await open()).lacking, (await view()).lacking]).toEqual([[aigul.applicationId], ['step-free']]);
    const told = (await world.records.history('slot', signed.id)).map(({ fact }) => fact.type);
    expect(told.filter((type) => type === 'slot-steps-told')).toHaveLength(2);
  });

  it('is said by the secretary alone, of times to come that no panel holds', async () => {
    const { world, roundId, plan } = await aRound();
    const panel = await panelKept(world, roundId);
    const [own, paneled] = [
      await plan('2022-10-24T04:00', {}),
      await plan('2022-10-25T04:00', { panel: panel.id }),
    ];
    if (!own || !paneled) throw new Error('No times.');
    const say = (slots: Slot['id'][], by = secretary) =>
      tellSteps(world, { by, roundId, slots, stepFree: true });

    expect(await say([own.id], chair)).toMatchObject({ error: { kind: 'not-allowed' } });
    expect(await say([own.id, paneled.id])).toMatchObject({ error: { kind: 'not-found' } });
    world.clock.to(own.startsAt);
    expect(await say([own.id])).toMatchObject({ error: { kind: 'too-late' } });
    expect(await world.records.history('slot', own.id)).toHaveLength(1);
  });

  it('is long enough for who needs more, and nobody else sits there meanwhile', async () => {
    const { world, roundId, aigul, plan, needs } = await aRound();
    const panel = await panelKept(world, roundId);
    await plan('2022-10-24T04:00', { panel: panel.id });
    const long = await plan('2022-10-24T06:00', { panel: panel.id, longer: 50 });
    if (!long) throw new Error('No time.');
    const minutes = (Date.parse(long.endsAt) - Date.parse(long.startsAt)) / 60_000;
    const { file } = granted(await viewInterview(world, aigul));
    expect(minutes).toBe(file.interviews.minutes * 1.5);

    await needs(0, { needs: ['more-time-25'] });
    expect(granted(await viewInterview(world, aigul)).free.map(({ slot }) => slot.id)).toEqual([long.id]);
    const from = at('2022-10-24T06:31');
    expect(await planSlots(world, { by: secretary, roundId, from, count: 1, panel: panel.id })).toMatchObject(
      {
        error: { faults: [{ message: 'panel.fault.sits' }] },
      },
    );
  });

  it('gives each station of an interview more time', async () => {
    const { world, roundId, aigul, needs } = await aRound(1, twoAndThree());
    const stations = stationsOf(await twoAndThreeKept(world, roundId));
    const from = at('2022-10-24T04:00');
    const [slot] = granted(
      await planSlots(world, { by: secretary, roundId, from, count: 1, stations, longer: 25 }),
    );
    const { file } = granted(await viewInterview(world, aigul));
    const asked = file.interviews.stations?.map(({ minutes }) => Math.ceil(minutes * 1.25));

    expect(
      slot?.stations?.map(({ startsAt, endsAt }) => (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000),
    ).toEqual(asked);
    await needs(0, { needs: ['more-time-25'] });
    expect(granted(await viewInterview(world, aigul)).free).toHaveLength(1);
    await needs(0, { needs: ['more-time-50'] });
    expect(granted(await viewInterview(world, aigul)).left.lacks).toEqual(new Map([['more-time', 1]]));
  });
});

describe('the timetable', () => {
  it('gives everybody a time that provides what they need', async () => {
    const { world, roundId, candidates, plan, needs, draft } = await aRound(3);
    const panel = await panelKept(world, roundId);
    const [plain, signed, long] = [
      await plan('2022-10-24T04:00', { panel: panel.id }),
      await plan('2022-10-24T06:00', { panel: panel.id, provides: ['sign-ru'] }),
      await plan('2022-10-24T08:00', { panel: panel.id, longer: 50 }),
    ];
    await needs(0, { needs: ['more-time-50'] });
    await needs(1, { needs: ['sign-ru', 'large-print'] });

    const { digest } = await draft();
    expect(granted(await setTimetable(world, { by: secretary, roundId, digest }))).toEqual({ booked: 3 });

    const slots = await Promise.all(
      candidates.map(async ({ applicationId }) => {
        const found = await world.records.find(candidacyAggregate, applicationId);
        return found?.state.slotId;
      }),
    );
    expect(slots).toEqual([long?.id, signed?.id, plain?.id]);
  });

  it('that is not possible names the need, and what would help', async () => {
    const { world, roundId, candidates, plan, needs, draft } = await aRound(2);
    const panel = await panelKept(world, roundId);
    await plan('2022-10-24T04:00', { panel: panel.id });
    await plan('2022-10-24T06:00', { panel: panel.id });
    await needs(0, { needs: ['sign-kk', 'more-time-50'] });

    expect((await draft()).outcome).toMatchObject({
      ok: false,
      error: {
        missing: 1,
        bottlenecks: [
          {
            candidates: [nth(candidates, 0).applicationId],
            kept: ['sign-kk', 'more-time'],
            without: [['sign-kk', 'more-time']],
          },
        ],
      },
    });
    expect((await world.readLog.newest(5)).map(({ what }) => what)).toEqual(['adjustments']);

    await plan('2022-10-24T08:00', { panel: panel.id, provides: ['sign-kk'], longer: 50 });
    expect((await draft()).outcome.ok).toBe(true);
  });
});

describe('what a panel provides', () => {
  it('can gain something once times are planned for it, and lose nothing', async () => {
    const { world, roundId, plan } = await aRound();
    const panel = await panelKept(world, roundId, { provides: ['hearing-loop'] });
    await plan('2022-10-24T04:00', { panel: panel.id });
    const input = {
      members: threeOf,
      languages: ['kk' as const, 'ru' as const],
      stepFree: true,
      place: 'Кабинет 12',
    };
    const keep = (provides: ('hearing-loop' | 'quiet-room')[]) =>
      keepPanel(world, { by: secretary, roundId, panel: panel.id, input: { ...input, provides } });

    expect(granted(await keep(['quiet-room', 'hearing-loop'])).provides).toEqual([
      'hearing-loop',
      'quiet-room',
    ]);
    expect(await keep(['quiet-room'])).toMatchObject({
      error: { faults: [{ place: 'place', message: 'panel.fault.promised' }] },
    });
  });
});
