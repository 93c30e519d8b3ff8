import { describe, expect, it } from 'vitest';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { keepPanel, type PanelInput } from '#functions/commands/panels.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { type Panel, PanelsEvent, panelsAggregate } from '#shared/domain/panel.ts';
import {
  anInterviewRoundIn,
  applicants,
  chair,
  members,
  nth,
  secretary,
} from '#test/builders/interview-scenes.ts';
import { panelKept, stationsOf, threeOf } from '#test/builders/panels.ts';
import { twoAndThree, withStations } from '#test/builders/round-file.ts';
import { aWorld, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const [m3, m4] = [nth(members, 2), nth(members, 3)];

const aRound = async () => {
  const world = aWorld();
  const { roundId } = await anInterviewRoundIn(world, { people: applicants(1), file: withStations() });
  return { world, roundId };
};

const keep = (world: World, roundId: RoundId, of: Partial<PanelInput>, panel?: Panel) =>
  keepPanel(world, {
    by: secretary,
    roundId,
    panel: panel?.id,
    input: { members: threeOf, languages: ['kk', 'ru'], stepFree: true, place: 'Кабинет 12', ...of },
  });

const plan = (world: World, roundId: RoundId, lesson: Panel, conversation: Panel) =>
  planSlots(world, {
    by: secretary,
    roundId,
    from: at('2022-10-24T04:00'),
    count: 1,
    stations: stationsOf({ lesson, conversation }),
  });

describe('a panel that sits at a station', () => {
  it('is planned for no other', async () => {
    const { world, roundId } = await aRound();
    const lesson = await panelKept(world, roundId, { stations: ['lesson', 'lesson'] });
    const anywhere = await panelKept(world, roundId, { members: [chair.id, m3.id, m4.id] });
    expect([lesson.stations, anywhere.stations]).toEqual([['lesson'], undefined]);

    expect(await plan(world, roundId, anywhere, lesson)).toMatchObject({
      error: { faults: [{ place: 'stations.conversation', message: 'station.fault.elsewhere' }] },
    });
    expect((await plan(world, roundId, lesson, anywhere)).ok).toBe(true);
  });

  it('that it is tied to while times are planned is planned for no other either', async () => {
    const { world, roundId } = await aRound();
    const panel = await panelKept(world, roundId);
    world.records.interfere(() => keep(world, roundId, { stations: ['lesson'] }, panel));

    expect(await plan(world, roundId, panel, panel)).toMatchObject({
      error: { faults: [{ place: 'stations.conversation', message: 'station.fault.elsewhere' }] },
    });
  });

  it('has as many members as that needs', async () => {
    const world = aWorld();
    const { roundId } = await anInterviewRoundIn(world, { file: twoAndThree() });
    const two = { members: threeOf.slice(1) };

    expect(await keep(world, roundId, { ...two, stations: ['lesson', 'conversation'] })).toMatchObject({
      error: { faults: [{ place: 'members', message: 'panel.fault.few', facts: { minimum: 3 } }] },
    });
    expect((await keep(world, roundId, { ...two, stations: ['lesson'] })).ok).toBe(true);
    expect((await keep(world, roundId, two)).ok).toBe(true);
  });

  it('sits at one that the interview has', async () => {
    const { world, roundId } = await aRound();
    const whole = aWorld();
    const scene = await anInterviewRoundIn(whole, { people: applicants(1) });

    expect(await keep(world, roundId, { stations: ['tour'] })).toMatchObject({
      error: { faults: [{ place: 'stations', message: 'panel.fault.station' }] },
    });
    expect(await keep(whole, scene.roundId, { stations: ['lesson'] })).toMatchObject({
      error: { faults: [{ place: 'stations', message: 'panel.fault.station' }] },
    });
  });

  it('stays there while times are planned for it, and may be planned for more', async () => {
    const { world, roundId } = await aRound();
    const panel = await panelKept(world, roundId);
    const other = await panelKept(world, roundId, { members: [chair.id, m3.id, m4.id] });
    expect((await plan(world, roundId, panel, other)).ok).toBe(true);

    expect(await keep(world, roundId, { stations: ['conversation'] }, panel)).toMatchObject({
      error: { faults: [{ place: 'stations', message: 'panel.fault.held' }] },
    });
    expect(await keep(world, roundId, { stations: ['lesson'] }, panel)).toMatchObject({
      value: { stations: ['lesson'] },
    });
  });
});

describe('a record from before panels could name stations', () => {
  it('is of a panel that may be planned for any', async () => {
    const { world, roundId } = await aRound();
    const { place } = await panelKept(world, roundId);
    const event = PanelsEvent.parse({
      type: 'panel-composed',
      at: world.clock.now(),
      roundId,
      panel: 'P1'.padEnd(20, '0'),
      number: 1,
      members: threeOf,
      languages: ['kk'],
      stepFree: true,
      place,
    });

    expect(panelsAggregate.evolve(undefined, event).panels[0]).not.toHaveProperty('stations');
  });
});
