import { describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { callInterviewOff } from '#functions/commands/interview-calling-off.ts';
import { viewInterview } from '#functions/commands/interview-own.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { planSlots, removeFreeSlot } from '#functions/commands/interview-slots.ts';
import { viewInterviews } from '#functions/commands/interview-view.ts';
import { wishForInterview } from '#functions/commands/interview-wishes.ts';
import { keepPanel } from '#functions/commands/panels.ts';
import { panelsAggregate } from '#shared/domain/panel.ts';
import {
  allPoints,
  anInterviewRoundIn,
  applicants,
  chair,
  members,
  nth,
  secretary,
} from '#test/builders/interview-scenes.ts';
import { inConflictWith, panelKept, panelSlots, threeOf } from '#test/builders/panels.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const [m1, m3, m4] = [nth(members, 0), nth(members, 2), nth(members, 3)];
const ten = at('2022-10-24T04:00');

const aRound = async (people = 1) => {
  const world = aWorld();
  const scene = await anInterviewRoundIn(world, { people: applicants(people) });
  return { world, ...scene, aigul: nth(scene.candidates, 0) };
};

describe('times of a panel', () => {
  it('are at its place, and nobody sits on two panels at once', async () => {
    const { world, roundId, aigul } = await aRound();
    const panel = await panelKept(world, roundId);
    const other = await panelKept(world, roundId, { members: [m1.id, m3.id, m4.id] });
    await panelSlots(world, roundId, { panel, count: 2 });

    const { free } = granted(await viewInterview(world, aigul));
    expect(free.flatMap(({ parts }) => parts).map(({ where, panel: told }) => [where, told?.number])).toEqual(
      [
        ['Кабинет 12', 1],
        ['Кабинет 12', 1],
      ],
    );
    const plan = { by: secretary, roundId, count: 1, panel: other.id };
    expect(await planSlots(world, { ...plan, from: at('2022-10-24T04:30') })).toMatchObject({
      error: { faults: [{ message: 'panel.fault.elsewhere', facts: { number: 1 } }] },
    });
    expect((await planSlots(world, { ...plan, from: at('2022-10-24T05:00') })).ok).toBe(true);
  });

  it('of two panels with one member, planned at the same moment, are planned for one', async () => {
    const { world, roundId } = await aRound();
    const panel = await panelKept(world, roundId);
    const other = await panelKept(world, roundId, { place: 'Кабинет 13' });
    world.records.interfere(() =>
      planSlots(world, { by: secretary, roundId, from: ten, count: 3, panel: other.id }),
    );

    expect(
      await planSlots(world, { by: secretary, roundId, from: ten, count: 3, panel: panel.id }),
    ).toMatchObject({
      error: { faults: [{ message: 'panel.fault.elsewhere' }] },
    });
    const panels = await world.records.find(panelsAggregate, roundId);
    expect(panels?.state.panels.map(({ sittings }) => sittings.length)).toEqual([0, 1]);
  });

  it('pressed twice are planned once', async () => {
    const { world, roundId } = await aRound();
    const panel = await panelKept(world, roundId);
    await panelSlots(world, roundId, { panel, count: 2 });

    expect(
      await planSlots(world, { by: secretary, roundId, from: ten, count: 2, panel: panel.id }),
    ).toMatchObject({ error: { faults: [{ place: 'from', message: 'panel.fault.sits' }] } });
  });

  it('that are removed or called off leave its members free for others', async () => {
    const { world, roundId, aigul } = await aRound();
    const panel = await panelKept(world, roundId);
    const [first, second] = await panelSlots(world, roundId, { panel, count: 2 });
    if (!first || !second) throw new Error('No times.');
    granted(await bookInterview(world, { ...aigul, slotId: second.id }));

    granted(await removeFreeSlot(world, { by: secretary, roundId, slotId: first.id }));
    granted(await callInterviewOff(world, { by: secretary, roundId, slotId: second.id, reason: 'Сел.' }));

    const panels = await world.records.find(panelsAggregate, roundId);
    expect(panels?.state.panels).toMatchObject([{ sittings: [] }]);
    await panelSlots(world, roundId, { panel: await panelKept(world, roundId), count: 2 });
  });
});

describe('a panel', () => {
  it('is composed by the secretary alone, of members of this committee', async () => {
    const { world, roundId } = await aRound();
    const input = { members: threeOf, languages: ['kk' as const], stepFree: true, place: 'A' };

    expect(await keepPanel(world, { by: chair, roundId, input })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    expect(
      await keepPanel(world, {
        by: secretary,
        roundId,
        input: { ...input, members: [chair.id, secretary.id] },
      }),
    ).toMatchObject({ error: { faults: [{ message: 'panel.fault.seat' }, { message: 'panel.fault.few' }] } });
    expect(await keepPanel(world, { by: secretary, roundId, input: { ...input, place: ' ' } })).toMatchObject(
      { error: { faults: [{ place: 'place' }] } },
    );
  });

  it('is composed once from a double press, and from two at the same moment', async () => {
    const { world, roundId } = await aRound();
    const [first, second] = await Promise.all([panelKept(world, roundId), panelKept(world, roundId)]);
    const elsewhere = await panelKept(world, roundId, { place: 'Кабинет 13' });
    const again = await panelKept(world, roundId, { members: threeOf.toReversed() });

    expect([second.id, again.id]).toEqual([first.id, first.id]);
    expect(elsewhere.number).toBe(2);
    const panels = await world.records.find(panelsAggregate, roundId);
    expect(panels?.state.panels).toHaveLength(2);
  });

  it('changes its members while it sits, and keeps the place that was typed once', async () => {
    const { world, roundId } = await aRound();
    const panel = await panelKept(world, roundId);
    await panelSlots(world, roundId, { panel, count: 2 });
    const texts = world.records.documents.size;

    const after = await panelKept(world, roundId, { panel: panel.id, members: [m1.id, m3.id, m4.id] });

    expect(after.members).toEqual([m1.id, m3.id, m4.id]);
    expect(world.records.documents.size).toBe(texts);
  });
});

describe('booking a time of a panel', () => {
  it.for([
    ['does not speak the language that was asked for', { languages: ['ru'] as const }],
    ['sits where steps are in the way', { stepFree: false }],
  ] as const)('that %s is refused, and the time is not shown', async ([, of]) => {
    const { world, roundId, aigul } = await aRound();
    const panel = await panelKept(world, roundId, {
      ...('languages' in of ? { languages: [...of.languages] } : of),
    });
    const [slot] = await panelSlots(world, roundId, { panel, count: 1 });
    if (!slot) throw new Error('No time.');
    const wishes = { language: 'kk' as const, stepFree: true, days: [] };
    granted(await wishForInterview(world, { ...aigul, wishes }));

    expect(granted(await viewInterview(world, aigul)).free).toEqual([]);
    expect(await bookInterview(world, { ...aigul, slotId: slot.id })).toMatchObject({
      error: { kind: 'slot-unfit' },
    });
  });

  it('is refused where too few members are free of conflict, also when one declares it at that moment', async () => {
    const { world, roundId, aigul } = await aRound();
    const panel = await panelKept(world, roundId);
    const [slot] = await panelSlots(world, roundId, { panel, count: 1 });
    if (!slot) throw new Error('No time.');
    world.records.interfere(() => inConflictWith(world, roundId, aigul.applicationId, [m1.id]));

    expect(await bookInterview(world, { ...aigul, slotId: slot.id })).toMatchObject({
      error: { kind: 'slot-unfit' },
    });
  });

  it('says in the plan that too few are left once a conflict is declared after it', async () => {
    const { world, roundId, aigul } = await aRound();
    const panel = await panelKept(world, roundId);
    const [slot] = await panelSlots(world, roundId, { panel, count: 1 });
    if (!slot) throw new Error('No time.');
    granted(await bookInterview(world, { ...aigul, slotId: slot.id }));

    await inConflictWith(world, roundId, aigul.applicationId, [m1.id]);

    const { slots } = granted(await viewInterviews(world, { by: secretary, roundId }));
    expect(slots[0]?.line).toMatchObject({ short: true, needed: 2 });
  });
});

describe('what an applicant asks of the interview', () => {
  it('begins with what the form says, and lies in no event', async () => {
    const { world, aigul } = await aRound();
    expect(granted(await viewInterview(world, aigul)).asked).toEqual({
      stepFree: true,
      needs: ['other'],
      other: 'Баспалдақсыз кіру керек.',
      days: [],
    });

    const wishes = { language: 'kk' as const, stepFree: false, needs: [], days: ['2022-10-24'] };
    granted(await wishForInterview(world, { ...aigul, wishes }));
    granted(await wishForInterview(world, { ...aigul, wishes }));

    expect(granted(await viewInterview(world, aigul)).asked).toEqual(wishes);
    const events = (await world.records.history('candidacy', aigul.applicationId)).map(({ fact }) => fact);
    expect(events.filter(({ type }) => type === 'interview-wished')).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain('stepFree');
  });
});

describe('a scorecard of a panel’s interview', () => {
  it('is given by its members and by nobody else', async () => {
    const { world, roundId, aigul } = await aRound();
    const panel = await panelKept(world, roundId);
    const [slot] = await panelSlots(world, roundId, { panel, count: 1 });
    if (!slot) throw new Error('No time.');
    granted(await bookInterview(world, { ...aigul, slotId: slot.id }));
    world.clock.to(at('2022-10-24T04:10'));
    const card = { roundId, applicationId: aigul.applicationId, points: allPoints(2) };

    expect(await scoreInterview(world, { ...card, by: m4 })).toMatchObject({
      error: { kind: 'not-assigned' },
    });
    expect((await scoreInterview(world, { ...card, by: m1 })).ok).toBe(true);
  });
});
