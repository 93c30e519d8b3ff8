import { describe, expect, it } from 'vitest';
import { callOffDay } from '#functions/commands/interview-day-off.ts';
import { viewDay } from '#functions/commands/interview-days.ts';
import { slotsIn } from '#functions/commands/interview-reading.ts';
import { planSlots, removeFreeSlot } from '#functions/commands/interview-slots.ts';
import { changed } from '#functions/commands/storing.ts';
import { writeDocument } from '#shared/domain/document.ts';
import { SlotId } from '#shared/domain/ids.ts';
import { panelsAggregate } from '#shared/domain/panel.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import { planSlot } from '#shared/domain/slot-decisions.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { seatingsIn } from '#test/builders/double-booked.ts';
import { anInterviewRoundIn, applicants, nth, secretary } from '#test/builders/interview-scenes.ts';
import { listsLag } from '#test/builders/lagging-lists.ts';
import { panelKept } from '#test/builders/panels.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const ten = at('2022-10-24T04:00');
const taken = { error: { faults: [{ place: 'from', message: 'interview.fault.planned' }] } };

/**
 * The whole committee at ten in two rooms at once, as it could be planned until 27 November 2026, when no record of the panels told of
 * it; one of them for an interview that was owed.
 */
const before = async ({ composed = false } = {}) => {
  const world = aWorld();
  const { roundId } = await anInterviewRoundIn(world, { people: applicants(1) });
  const panel = composed ? await panelKept(world, roundId, { place: 'Кабинет 14' }) : undefined;
  const ids = ['A', 'B'].map((id) => SlotId.parse(id.padEnd(20, '0')));
  for (const [index, id] of ids.entries()) {
    const owner = `round#${roundId}#${id}`;
    const place = writeDocument({ owner, kind: 'place', version: 1 }, { place: `Кабинет ${index}` }, 'salt');
    const times = { startsAt: ten, endsAt: addSeconds(ten, 1800) };
    const owed = index === 1 && { owed: true as const };
    const slot = { id, roundId, place: place.ref, ...times, ...owed };
    const { change } = changed(slotAggregate, id, undefined, planSlot(slot, world.clock.now()));
    granted(await world.records.commit({ by: secretary, changes: [change], documents: [place] }));
  }
  const by = { by: secretary, roundId };
  const plan = (minutes = 15) =>
    planSlots(world, { ...by, from: addSeconds(ten, minutes * 60), count: 1, place: 'Кабинет 12' });
  const remove = (index: number) => removeFreeSlot(world, { ...by, slotId: nth(ids, index) });
  const record = async () => (await world.records.find(panelsAggregate, roundId))?.state;
  return { world, roundId, by, panel, plan, remove, record };
};

describe.each([{ composed: false }, { composed: true }])(
  'times of before, panels composed: $composed',
  ({ composed }) => {
    it('are taken, and told by the record from the first plan on', async () => {
      const { world, roundId, plan, record } = await before({ composed });

      expect(await plan()).toMatchObject(taken);
      granted(await plan(30));

      expect(await record()).toMatchObject({
        committee: [
          { from: ten, until: addSeconds(ten, 1800), times: 2 },
          { from: addSeconds(ten, 1800), until: addSeconds(ten, 3600) },
        ],
      });
      expect(await slotsIn(world.records, roundId)).toHaveLength(2);
      expect(await plan()).toMatchObject(taken);
    });

    it('are free once the last of them has left the plan, though lists still show them', async () => {
      const { world, roundId, plan, remove } = await before({ composed });
      listsLag(world);
      expect(await plan()).toMatchObject(taken);

      granted(await remove(0));
      expect(await plan()).toMatchObject(taken);
      granted(await remove(1));
      granted(await plan());
      const { byRecord } = await seatingsIn(world.records, roundId);
      expect(byRecord['']).toEqual([{ from: addSeconds(ten, 900), until: addSeconds(ten, 2700) }]);
    });

    it('that leave the plan at the very moment of the first plan are not taken for ever', async () => {
      const { world, roundId, by, plan, remove } = await before({ composed });
      granted(await remove(1));
      const day = { ...by, day: '2022-10-24', holder: { kind: 'committee' } } as const;
      const { digest } = granted(await viewDay(world, day));
      world.records.interfere(() => callOffDay(world, { ...day, digest, reason: 'Су басты' }));

      granted(await plan(60));
      granted(await plan());
      const { bySlots, byRecord } = await seatingsIn(world.records, roundId);
      expect(byRecord).toEqual(bySlots);
    });
  },
);

it('a panel is planned beside no time of before', async () => {
  const { world, by, panel, record } = await before({ composed: true });
  const plan = { ...by, count: 1, panel: panel?.id };
  expect(await planSlots(world, { ...plan, from: ten })).toMatchObject({
    error: { faults: [{ message: 'panel.fault.committee', facts: { from: ten } }] },
  });

  granted(await planSlots(world, { ...plan, from: addSeconds(ten, 1800) }));
  expect((await record())?.committee).toMatchObject([{ from: ten, times: 2 }]);
});
