import { describe, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { planOwedInterview } from '#functions/commands/owed-interview-planning.ts';
import { keepPanel, type PanelInput } from '#functions/commands/panels.ts';
import type { PanelId } from '#shared/domain/ids.ts';
import { type Panel, panelsAggregate } from '#shared/domain/panel.ts';
import { allPoints, chair, members, nth, secretary } from '#test/builders/interview-scenes.ts';
import { anOwedScene, grantedIn, type OwedScene, owedAt, shownIn } from '#test/builders/owed-interviews.ts';
import { panelKept, panelSlots, stationsOf, threeOf } from '#test/builders/panels.ts';
import { withStations } from '#test/builders/round-file.ts';
import { granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const [m1, m2, m3, m4] = [nth(members, 0), nth(members, 1), nth(members, 2), nth(members, 3)];
const others = [m2.id, m3.id, m4.id];

const plannedFor = ({ world, on }: OwedScene, { id: panel }: Panel) =>
  planOwedInterview(world, { ...on(secretary), from: owedAt, panel });

const panelsIn = async ({ world, roundId }: OwedScene): Promise<readonly Panel[]> =>
  (await world.records.find(panelsAggregate, roundId))?.state.panels ?? [];

const input = {
  members: others,
  languages: ['kk'],
  stepFree: true,
  place: 'Кабинет 14',
} as const satisfies PanelInput;

const kept = (
  { world, roundId }: OwedScene,
  { panel, ...over }: Partial<PanelInput> & { panel?: PanelId },
  by = secretary,
) => keepPanel(world, { by, roundId, panel, input: { ...input, ...over } });

const faultsIn = async (answer: ReturnType<typeof kept>): Promise<string[]> => {
  const { ok, error } = { error: undefined, ...(await answer) };
  return ok || error?.kind !== 'invalid' ? [] : error.faults.map(({ message }) => message);
};

describe('a panel that is composed for an interview that is owed', () => {
  it('holds it where every other one has too few members without a conflict of interest', async () => {
    const scene = await anOwedScene(undefined, (world, roundId) => panelKept(world, roundId));
    const { world, roundId, on } = scene;
    await grantedIn(scene);
    granted(await declareOwnConflict(world, on(m1)));
    const before = nth(await panelsIn(scene), 0);
    expect(await plannedFor(scene, before)).toMatchObject({ error: { kind: 'slot-unfit' } });

    const panel = await panelKept(world, roundId, { members: others });
    granted(await plannedFor(scene, panel));
    world.clock.to(at('2022-11-04T06:00'));
    const card = { owed: true, points: allPoints(4) } as const;
    const stranger = await scoreInterview(world, { ...on(chair), ...card });
    expect(stranger).toMatchObject({ error: { kind: 'not-assigned' } });
    for (const by of [m2, m3, m4]) granted(await scoreInterview(world, { ...on(by), ...card }));
    expect(nth(await shownIn(scene), 0)).toMatchObject({ step: 'scored', total: expect.any(Number) });
  });

  it('has members, languages and a place as any other, and is the secretary’s to compose', async () => {
    const scene = await anOwedScene();
    const few = kept(scene, { members: [m2.id, secretary.id], languages: [] });
    expect(await faultsIn(few)).toEqual(['panel.fault.seat', 'panel.fault.few', 'panel.fault.language']);
    expect(await faultsIn(kept(scene, { place: ' ' }))).toEqual(['interview.fault.place']);
    for (const by of [chair, m2]) {
      expect(await kept(scene, {}, by)).toMatchObject({ error: { kind: 'not-allowed' } });
    }
    expect(await panelsIn(scene)).toEqual([]);
  });

  it('holds the stations of its kit, and drops none that it is planned for', async () => {
    const scene = await anOwedScene(withStations());
    await grantedIn(scene);
    const lesson = granted(await kept(scene, { members: threeOf, stations: ['lesson'] }));
    const talk = granted(await kept(scene, { members: [...others, m1.id], stations: ['conversation'] }));
    const plan = { ...scene.on(secretary), from: owedAt };
    const swapped = stationsOf({ lesson: talk, conversation: lesson });
    expect(await planOwedInterview(scene.world, { ...plan, stations: swapped })).toMatchObject({
      error: { kind: 'invalid' },
    });
    const stations = stationsOf({ lesson, conversation: talk });
    granted(await planOwedInterview(scene.world, { ...plan, stations }));
    const place = 'Кабинет 14';
    const away = { panel: talk.id, members: others, place, stations: ['lesson'] };
    expect(await faultsIn(kept(scene, away))).toEqual(['panel.fault.held']);
    granted(await kept(scene, { ...away, stations: ['conversation'] }));
  });

  it('leaves alone those that held interviews of the stage', async () => {
    const scene = await anOwedScene(undefined, async (world, roundId) => {
      const panel = await panelKept(world, roundId);
      await panelSlots(world, roundId, { panel, count: 1 });
      await panelKept(world, roundId, { members: others });
    });
    const [held, free] = [nth(await panelsIn(scene), 0), nth(await panelsIn(scene), 1)];
    const same = { place: 'Кабинет 12', languages: held.languages };
    expect(await faultsIn(kept(scene, { panel: held.id, ...same }))).toEqual(['panel.fault.settled']);
    granted(await kept(scene, { panel: free.id, members: [...others, m1.id] }));
    expect((await panelsIn(scene)).map(({ members: seats }) => seats)).toEqual([threeOf, [...others, m1.id]]);
  });
});
